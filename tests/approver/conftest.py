"""An open office on a fixed Monday, and one request that waits for its approver."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from isso.tests import factories
from isso.tests.approver.links import address

MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture
def monday():
    """Stop the clock on Monday, October 5, 2026, ten in the morning, in the office's zone."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office(db, monday):
    """An office with hours and published guides."""
    factories.make_office()


@pytest.fixture
def waiting(office):
    """A CPT request with the approver."""
    return factories.make_request(type_key="cpt", state="approver_review")


@pytest.fixture
def link(waiting):
    """The address in the approver's mail."""
    return address(waiting.current_approval)

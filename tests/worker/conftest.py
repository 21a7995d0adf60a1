"""An open office on a fixed Monday."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from isso.tests import factories

ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=ZONE)


@pytest.fixture
def monday():
    """Stop the clock on Monday, October 5, 2026, ten in the morning, in the office's zone."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office(db, monday):
    """An office with hours and published guides."""
    factories.make_office()

"""What tests of the portal's pages share: an open office on a fixed Monday, a signed-in student."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from isso.tests import factories

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
def student(office):
    """A continuing F-1 student's record."""
    return factories.make_student()


@pytest.fixture
def portal(client, student):
    """A browser in which the student is signed in."""
    client.force_login(student.user)
    return client

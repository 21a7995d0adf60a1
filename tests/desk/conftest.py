"""What tests of the desk share: an open office on a fixed Monday, and its people signed in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from isso.requests.people.roles import Role
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
def staff(office):
    """One member of the office for each role at the admin's door."""
    return {
        role: factories.make_staff(role) for role in (Role.ADVISOR, Role.SUPERVISOR, Role.EDITOR)
    }


@pytest.fixture
def sign_in():
    """Return a browser in which a user is signed in, or nobody."""

    def _sign_in(user=None):
        client = Client()
        if user:
            client.force_login(user)
        return client

    return _sign_in


@pytest.fixture
def advisor(staff, sign_in):
    """The advisor's browser."""
    return sign_in(staff[Role.ADVISOR])


@pytest.fixture
def supervisor(staff, sign_in):
    """The supervisor's browser."""
    return sign_in(staff[Role.SUPERVISOR])


@pytest.fixture
def editor(staff, sign_in):
    """The editor's browser."""
    return sign_in(staff[Role.EDITOR])

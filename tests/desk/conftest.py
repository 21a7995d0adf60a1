"""What tests of the desk share: an open office on a fixed Monday, and its people signed in."""

import pytest
from django.test import Client

from isso.requests.people.roles import Role
from isso.tests import factories


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


@pytest.fixture
def people(staff):
    """Four students who differ in stage, visa class and level."""
    return {
        "new": factories.make_newcomer("new@school.example"),
        "master": factories.make_student("master@school.example"),
        "doctor": factories.make_student("doctor@school.example", education_level="06"),
        "exchange": factories.make_student("exchange@school.example", visa_class="J-1"),
    }

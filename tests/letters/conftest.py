"""What tests of letters share: an office with a letterhead, a student, and an advisor who signs."""

from datetime import date

import pytest

from isso.home.models import OfficeSettings, StaffMember
from isso.requests.actor import Actor
from isso.tests import factories


@pytest.fixture
def office(office):
    """An office with everything a letterhead shows."""
    OfficeSettings.objects.update(
        office_name="Office of Visitors",
        institution_name="Lakeside University",
        institution_url="https://www.lakeside.example/",
        address="1 Harbor Walk\nLakeside, MA 02139",
        phone="617-555-0100",
        email="office@lakeside.example",
    )


@pytest.fixture
def advisor(office):
    """An advisor whom the staff list knows."""
    user = factories.make_staff()
    StaffMember.objects.create(
        name="Ines Carter", title="International Student Advisor", email=user.email.upper()
    )
    return user


@pytest.fixture
def actor(advisor):
    """The advisor as an actor."""
    return Actor.for_user(advisor)


@pytest.fixture
def student(office):
    """A student in the middle of a term."""
    return factories.make_student(
        birth_date=date(2001, 4, 17),
        citizenship_country="Nigeria",
        institution_id="900310044",
    )

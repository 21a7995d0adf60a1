"""Due dates in business days: they skip closures, rest with the student, and never start again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from isso.home.hours import office_calendar
from isso.home.models import HoursException
from isso.requests.actor import Actor
from isso.requests.clock import used_days
from isso.requests.models import Caseload, StudentRequest
from isso.requests.perform import perform
from isso.tests import factories

ZONE = ZoneInfo("America/New_York")


def at(day):
    """Ten in the morning of that day at the office."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


def test_the_due_date_counts_business_days_and_skips_a_closure(office):
    assert factories.make_request().due_on == date(2026, 10, 8)

    HoursException.objects.create(start=date(2026, 10, 7), end=date(2026, 10, 7), reason="Training")
    neighbor = factories.make_student("n@school.example", family_name="Ngo")

    assert factories.make_request(neighbor).due_on == date(2026, 10, 9)


def test_the_clock_rests_with_the_student_and_goes_on_where_it_stopped(office, monday):
    made = factories.make_request(type_key="cpt", state="in_review")
    advisor = Actor.for_user(made.assignee)
    assert made.due_on == date(2026, 10, 14)

    monday.move_to(at(date(2026, 10, 7)))
    made = perform(
        made,
        "ask_clarification",
        advisor,
        items=[{"name": "supervisor_phone", "sentence": "Wrong number."}],
    )
    assert (made.clock_used, made.clock_since, made.due_on) == (2, None, None)

    monday.move_to(at(date(2026, 10, 19)))
    made = perform(made, "recall", advisor)
    assert (made.clock_used, made.clock_since) == (2, date(2026, 10, 19))
    assert made.due_on == date(2026, 10, 26)
    monday.move_to(at(date(2026, 10, 21)))
    assert used_days(made, date(2026, 10, 21), office_calendar()) == 4


@pytest.mark.parametrize(
    ("family_name", "takes"),
    [("Abebe", "a"), ("Kaya", "a"), ("Lopez", "l"), ("Zhou", "l"), ("李", "l")],
)
def test_a_new_request_goes_to_the_letter_or_the_catch_all(office, family_name, takes):
    first, second = (factories.make_staff(email=f"{each}@staff.example") for each in "al")
    Caseload.objects.create(advisor=first, letters_from="A", letters_to="K")
    Caseload.objects.create(advisor=second, letters_from="L", letters_to="Z", is_catch_all=True)

    factories.make_request(factories.make_student(family_name=family_name))

    assert StudentRequest.objects.get().assignee.email == f"{takes}@staff.example"


def test_an_absent_advisor_s_letters_go_to_the_catch_all(office):
    first, second = (factories.make_staff(email=f"{each}@staff.example") for each in "al")
    Caseload.objects.create(advisor=first, letters_from="A", letters_to="Z")
    Caseload.objects.create(advisor=second, letters_from="Z", letters_to="Z", is_catch_all=True)
    first.is_active = False
    first.save()

    factories.make_request(factories.make_student())

    assert StudentRequest.objects.get().assignee == second

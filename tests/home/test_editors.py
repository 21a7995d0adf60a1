"""What the office's forms in the admin refuse, each in a sentence that names the field."""

import pytest
from wagtail.admin.panels import get_edit_handler
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from isso.home.models import HoursException, HoursSchedule, KeyDate

pytestmark = pytest.mark.django_db


def errors_of(model, data):
    form = get_edit_handler(model).get_form_class()(nested_form_data(data))
    assert not form.is_valid()
    found = {name: list(errors) for name, errors in form.errors.items()}
    for formset in form.formsets.values():
        for row in formset.errors:
            found |= {name: list(errors) for name, errors in row.items()}
    return found


def at_the_row(sentence):
    """Expect a sentence at the row it is about, and above the form."""
    return {"__all__": [sentence], "opens": [sentence]}


def schedule(*slots, **fields):
    rows = [
        {"weekday": day, "opens": opens, "closes": closes, "id": ""} for day, opens, closes in slots
    ]
    return {
        "kind": "office",
        "name": "Fall",
        "valid_from": "2026-09-01",
        "slots": inline_formset(rows),
    } | fields


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        (
            schedule((0, "16:00", "09:00")),
            {"closes": ["“Closes” must be later than “Opens”."]},
        ),
        (
            schedule((0, "09:00", "09:00")),
            {"closes": ["“Closes” must be later than “Opens”."]},
        ),
        (
            schedule((1, "09:00", "12:00"), (1, "11:30", "16:00")),
            at_the_row(
                "The slots of Tuesday overlap: one closes at 12:00 pm, the next opens at 11:30 am."
            ),
        ),
        (
            schedule((0, "09:00", "16:00"), valid_until="2026-08-31"),
            {"valid_until": ["“Valid until” must not be before “Valid from”."]},
        ),
    ],
)
def test_a_schedule_that_cannot_be(data, errors):
    assert errors_of(HoursSchedule, data) == errors


def test_a_deleted_slot_no_longer_overlaps():
    data = schedule((1, "09:00", "12:00"), (1, "11:30", "16:00"))
    data["slots"]["1"]["DELETE"] = "on"
    form = get_edit_handler(HoursSchedule).get_form_class()(nested_form_data(data))

    assert form.is_valid(), form.errors
    form.save()
    assert [str(slot) for slot in HoursSchedule.objects.get().slots.all()] == [
        "Tuesday 9:00 am - 12:00 pm"
    ]


def closure(*hours, **fields):
    rows = [{"opens": opens, "closes": closes, "id": ""} for opens, closes in hours]
    return {
        "start": "2026-11-26",
        "end": "2026-11-27",
        "applies_to": "all",
        "reason": "Thanksgiving",
        "hours": inline_formset(rows),
    } | fields


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        (
            closure(end="2026-11-25"),
            {"end": ["“Last day” must not be before “First day”."]},
        ),
        (
            closure(show_from="2026-11-28"),
            {"show_from": ["“Announce from” must not be after “Last day”."]},
        ),
        (
            closure(("12:00", "09:00")),
            {"closes": ["“Closes” must be later than “Opens”."]},
        ),
        (
            closure(("11:00", "14:00"), ("09:00", "12:00")),
            at_the_row(
                "These hours overlap: one span closes at 12:00 pm, the next opens at 11:00 am."
            ),
        ),
    ],
)
def test_days_that_cannot_be(data, errors):
    assert errors_of(HoursException, data) == errors


def test_a_key_date_that_ends_before_it_begins():
    data = {
        "title": "Spring break",
        "start": "2027-03-26",
        "end": "2027-03-22",
        "audience": "all",
        "category": "travel",
    }

    assert errors_of(KeyDate, data) == {"end": ["“Last day” must not be before “Date”."]}

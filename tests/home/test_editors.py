"""What the office's forms in the admin refuse, each in a sentence that names the field."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from wagtail.admin.panels import get_edit_handler
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from isso.home.models import Alert, HoursException, HoursSchedule, KeyDate

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


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (
            {"show_until": "2026-11-20 09:00"},
            {"show_until": ["“Show until” must be after “Show from”."]},
        ),
        (
            {"link": "/contact/"},
            {"link_text": ["Fill in “Link text”: the words to click on."]},
        ),
        (
            {"link": "javascript:alert(1)", "link_text": "Click"},
            {"link": ["Begin the link with “/” for a page of this site, or with “https://”."]},
        ),
    ],
)
def test_an_alert_that_cannot_be(fields, errors):
    data = {"tone": "warn", "title": "Snow", "show_from": "2026-11-21 09:00"} | fields

    assert errors_of(Alert, data) == errors


def alert(**fields):
    now = timezone.now()
    defaults = {
        "title": "Snow: the office closes at noon",
        "show_from": now - dt.timedelta(hours=1),
        "show_until": now + dt.timedelta(hours=1),
    }
    return Alert.objects.create(**defaults | fields)


@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [
        ({}, True),
        ({"show_until": None}, True),
        ({"live": False}, False),
        ({"show_from": dt.timedelta(minutes=1)}, False),
        ({"show_until": dt.timedelta(0)}, False),
        ({"live": False, "show_until": None}, False),
    ],
)
def test_an_alert_shows_in_its_time_and_never_as_a_draft(home, client, tuesday, changes, is_shown):
    now = timezone.now()
    alert(
        **{
            name: now + value if isinstance(value, dt.timedelta) else value
            for name, value in changes.items()
        }
    )

    assert ("Snow: the office closes at noon" in client.get("/").text) is is_shown


def test_a_page_is_kept_until_the_next_alert(home, client, tuesday):
    alert(show_from=timezone.now() + dt.timedelta(seconds=90))

    assert client.get("/")["Cache-Control"] == "max-age=90"


def test_an_editor_previews_the_strip(home, admin_client):
    draft = Alert(title="Flood", tone="bad", link="/contact/", link_text="Call us")

    html = draft.make_preview_request().rendered_content

    assert re.findall(r'<section class="alert-strip alert-strip--bad".*?</section>', html, re.S)
    assert html.count("<strong>Flood</strong>") == 1
    assert '<a href="/contact/">Call us</a>' in html

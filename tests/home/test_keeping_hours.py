"""What editors are told while they keep the hours, and which closures are suggested to them."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from isso.home.hours import office_calendar
from isso.home.models import HoursException, HoursSchedule, IgnoredSuggestion
from isso.home.next_days import next_days_table, warnings_ahead
from isso.home.suggestions import UnknownPlace, suggestions
from isso.requests.people.roles import Role, setup_roles
from isso.tests import factories

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
SUGGESTIONS = "/admin/office/closure-suggestions/"


@pytest.fixture
def editor(site, client, tuesday):
    """A signed-in editor's browser."""
    setup_roles()
    client.force_login(factories.make_staff(Role.EDITOR))
    return client


def address(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def schedule(kind, *slots, **fields):
    rows = [{"weekday": day, "opens": opens, "closes": closes} for day, opens, closes in slots]
    return nested_form_data(
        {"kind": kind, "name": "Winter", "valid_from": "2026-11-30", "slots": inline_formset(rows)}
        | fields
    )


def messages_of(response):
    return [html.unescape(str(message)).strip() for message in response.context["messages"]]


def test_the_next_days_show_each_service_and_why_a_day_differs(hours, tuesday):
    table = next_days_table(office_calendar(), TODAY)

    assert table["services"] == ["Office", "Walk-in advising"]
    assert len(table["days"]) == 14
    assert [(f"{day.date:%a %d}", day.times, day.reason) for day in table["days"][:7]] == [
        ("Tue 24", ["9:00 am – 10:00 am, 11:30 am – 4:00 pm", ""], ""),
        ("Wed 25", ["9:00 am – 12:00 pm", ""], "Short day"),
        ("Thu 26", ["", ""], "Thanksgiving"),
        ("Fri 27", ["", ""], "Thanksgiving"),
        ("Sat 28", ["", ""], ""),
        ("Sun 29", ["", ""], ""),
        ("Mon 30", ["9:00 am – 4:00 pm", "1:00 pm – 3:00 pm"], ""),
    ]


@pytest.mark.parametrize(
    ("kind", "slots", "sentences"),
    [
        ("walk_in", [(0, "09:00", "16:00")], []),
        (
            "walk_in",
            [(1, "09:30", "10:30"), (0, "15:00", "17:00")],
            [
                "Monday, November 30, 2026: Walk-in advising 3:00 pm – 5:00 pm "
                "lies outside office hours.",
                "Tuesday, December 1, 2026: Walk-in advising 9:30 am – 10:30 am "
                "lies outside office hours.",
            ],
        ),
        (
            "virtual",
            [(5, "09:00", "10:00")],
            [
                "Saturday, December 5, 2026: Virtual drop-in 9:00 am – 10:00 am "
                "lies outside office hours."
            ],
        ),
        # The phone may be answered elsewhere.
        ("phone", [(5, "09:00", "10:00")], []),
    ],
)
def test_hours_outside_the_office_are_saved_and_warned_of(editor, hours, kind, slots, sentences):
    response = editor.post(address(HoursSchedule, "add"), schedule(kind, *slots), follow=True)

    assert HoursSchedule.objects.filter(name="Winter", kind=kind).count() == 1
    assert messages_of(response)[1:] == sentences


def test_a_closure_that_cancels_walk_ins_is_no_mistake(hours, tuesday):
    assert warnings_ahead(office_calendar(), TODAY) == []


def test_the_form_shows_the_next_days_with_the_warning_in_words(editor, hours):
    editor.post(address(HoursSchedule, "add"), schedule("walk_in", (0, "08:00", "09:30")))

    for form in (
        address(HoursException, "add"),
        address(HoursSchedule, "edit", HoursSchedule.objects.first().pk),
        "/admin/",
    ):
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", editor.get(form).text))
        assert "Walk-in advising 8:00 am – 9:30 am lies outside office hours." in text, form
        assert "Thursday, November 26 – – Thanksgiving" in text, form


@pytest.mark.parametrize(
    ("model", "data", "sentence", "typed"),
    [
        (
            HoursSchedule,
            schedule("office", (0, "09:00", "12:15"), (0, "11:45", "16:00")),
            "The slots of Monday overlap: one closes at 12:15 pm, the next opens at 11:45 am.",
            ['value="Winter"', 'value="12:15"', 'value="11:45"'],
        ),
        (
            HoursSchedule,
            schedule("office", (0, "16:15", "09:45")),
            "“Closes” must be later than “Opens”.",
            ['value="Winter"', 'value="16:15"', 'value="09:45"'],
        ),
        (
            HoursException,
            nested_form_data(
                {
                    "start": "2026-12-27",
                    "end": "2026-12-26",
                    "applies_to": "all",
                    "reason": "Break <b>",
                    "hours": inline_formset([{"opens": "09:15", "closes": "10:15"}]),
                }
            ),
            "“Last day” must not be before “First day”.",
            ['value="Break &lt;b&gt;"', 'value="2026-12-27"', 'value="09:15"'],
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_lost(
    editor, model, data, sentence, typed
):
    response = editor.post(address(model, "add"), data)

    assert response.status_code == 200
    assert model.objects.count() == 0
    assert sentence in response.text
    assert [words for words in typed if words not in response.text] == []


def offered(today=TODAY, country="US", subdivision="MA"):
    return [
        (found.date.isoformat(), found.name)
        for found in suggestions(office_calendar(), today, country, subdivision)
    ]


def test_holidays_are_suggested_where_the_office_would_be_open(hours, tuesday):
    found = offered()

    # Thanksgiving is entered, and July 4, 2027 is a Sunday: its Monday is suggested.
    assert found[:4] == [
        ("2026-12-25", "Christmas Day"),
        ("2027-01-01", "New Year's Day"),
        ("2027-01-18", "Martin Luther King Jr. Day"),
        ("2027-02-15", "Washington's Birthday"),
    ]
    assert ("2027-04-19", "Patriots' Day") in found
    assert ("2027-07-05", "Independence Day (observed)") in found
    assert [date for date, _name in found if date == "2027-07-04"] == []
    assert max(found)[0] < "2028-05-27"
    assert "2027-04-19" not in dict(offered(subdivision=""))


def test_a_place_nobody_knows_is_named(hours, editor):
    with pytest.raises(UnknownPlace):
        suggestions(office_calendar(), TODAY, "XX")

    page = editor.get(SUGGESTIONS, {"country": "us", "subdivision": "<i>"})
    assert "No holidays are known for “US &lt;I&gt;”." in page.text


def press(editor, button, date, name):
    return editor.post(
        SUGGESTIONS,
        {"country": "US", "subdivision": "MA", "date": date, "name": name, button: "yes"},
        follow=True,
    )


def test_one_suggestion_is_accepted_and_another_ignored(editor, hours):
    accepted = press(editor, "accept", "2026-12-25", "Christmas Day")
    ignored = press(editor, "ignore", "2027-01-18", "Martin Luther King Jr. Day")

    closure = HoursException.objects.get(start=dt.date(2026, 12, 25))
    assert (closure.end, closure.applies_to, closure.reason, list(closure.hours.all())) == (
        dt.date(2026, 12, 25),
        "all",
        "Christmas Day",
        [],
    )
    assert [str(each) for each in IgnoredSuggestion.objects.all()] == [
        "Martin Luther King Jr. Day (2027-01-18)"
    ]
    assert messages_of(accepted) == [
        "The office is closed on Friday, December 25, 2026: Christmas Day."
    ]
    assert messages_of(ignored) == [
        "Martin Luther King Jr. Day on Monday, January 18, 2027 is not suggested again."
    ]
    assert {"2026-12-25", "2027-01-18"} & set(dict(offered())) == set()


@pytest.mark.parametrize(
    ("button", "date", "name"),
    [
        ("accept", "2026-12-25", "Festival of my own"),
        ("accept", "no date", "Christmas Day"),
        ("accept", "2026-11-26", "Thanksgiving Day"),
        ("neither", "2026-12-25", "Christmas Day"),
    ],
)
def test_only_what_is_offered_can_be_accepted(editor, hours, button, date, name):
    before = HoursException.objects.count()

    response = press(editor, button, date, name)

    assert messages_of(response) == ["This day is no longer suggested. Nothing was changed."]
    assert (HoursException.objects.count(), IgnoredSuggestion.objects.count()) == (before, 0)


def test_the_office_menu_leads_to_the_suggestions(editor):
    assert SUGGESTIONS in editor.get("/admin/").text

"""Reminders: written by editors, shown to exactly their audience in exactly their time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from isso.requests.models import Reminder
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.tests import factories

ADD = "/admin/snippets/requests/reminder/add/"
FORM = {
    "title": "Check in this week",
    "text": "The last day is Friday.",
    "severity": "warn",
    "link_url": "/key-dates/",
    "link_text": "All key dates",
    "stage": "check_in",
    "visa_class": "",
    "education_level": "",
    "program_ends_from": "",
    "program_ends_until": "",
    "show_from": "",
    "show_until": "",
}
NEW_YORK = ZoneInfo("America/New_York")


def edit_url(reminder, view="edit"):
    return f"/admin/snippets/requests/reminder/{view}/{reminder.pk}/"


def shown_to(record):
    return [str(each) for each in Reminder.objects.showing().for_record(record)]


def test_an_unapproved_draft_shows_to_nobody_whatever_its_time(people, editor, monday):
    editor.post(ADD, FORM | {"stage": "", "show_from": "2026-10-01 08:00"})
    reminder = Reminder.objects.get()

    assert not reminder.live
    for days in (0, 1, 100):
        monday.shift(timedelta(days=days))
        assert [shown_to(record) for record in people.values()] == [[], [], [], []]


def test_a_changed_draft_leaves_the_published_words_as_they_were(people, editor):
    editor.post(ADD, FORM | {"stage": "", "action-publish": "1"})
    reminder = Reminder.objects.get()

    editor.post(edit_url(reminder), FORM | {"stage": "", "title": "Not approved yet"})

    assert shown_to(people["master"]) == ["Check in this week"]


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        ({}, {"new", "master", "doctor", "exchange"}),
        ({"stage": "check_in"}, {"new"}),
        ({"visa_class": "F-1"}, {"new", "master", "doctor"}),
        ({"education_level": "06"}, {"doctor"}),
        ({"visa_class": "J-1", "stage": "continuing"}, {"exchange"}),
        ({"visa_class": "J-1", "stage": "check_in"}, set()),
    ],
)
def test_it_reaches_exactly_its_audience_and_says_how_many(audience, reached, people, editor):
    editor.post(ADD, FORM | {"stage": ""} | audience | {"action-publish": "1"})
    reminder = Reminder.objects.get()

    assert {name for name, record in people.items() if shown_to(record)} == reached
    assert reminder.audience().count() == len(reached)
    words = " ".join(editor.get(edit_url(reminder)).content.decode().split())
    noun = "person" if len(reached) == 1 else "people"
    assert f"reaches <strong>{len(reached)} {noun}</strong>" in words
    for record in people.values():
        assert record.family_name not in words
        assert record.email not in words


def test_it_shows_from_the_first_moment_to_the_last_without_any_worker(people, editor, monday):
    editor.post(
        ADD,
        FORM
        | {
            "show_from": "2026-10-07 09:00",
            "show_until": "2026-10-09 16:00",
            "action-publish": "1",
        },
    )

    def shown_at(*moment):
        monday.move_to(datetime(*moment, tzinfo=NEW_YORK))
        return bool(shown_to(people["new"]))

    assert [
        shown_at(2026, 10, 7, 8, 59, 59),
        shown_at(2026, 10, 7, 9, 0),
        shown_at(2026, 10, 9, 15, 59, 59),
        shown_at(2026, 10, 9, 16, 0),
    ] == [False, True, True, False]


def test_it_stands_on_the_welcome_tab_of_its_audience_until_its_end(
    people, editor, sign_in, monday
):
    editor.post(
        ADD,
        FORM | {"stage": "check_in", "show_until": "2026-10-09 16:00", "action-publish": "1"},
    )

    def readers():
        pages = {name: sign_in(each.user).get("/portal/") for name, each in people.items()}
        return [name for name, page in pages.items() if "Check in this week" in page.text]

    before = readers()
    monday.move_to(datetime(2026, 10, 9, 16, 0, tzinfo=NEW_YORK))

    assert (before, readers()) == (["new"], [])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"show_from": "2026-10-09 09:00", "show_until": "2026-10-07 09:00"}, "show_until"),
        (
            {"program_ends_from": "2026-12-31", "program_ends_until": "2026-12-01"},
            "program_ends_until",
        ),
        ({"title": "x" * 5000}, "title"),
        ({"text": "x" * 5000}, "text"),
        ({"link_text": ""}, "link_text"),
        ({"link_url": "javascript:alert(1)"}, "link_url"),
        ({"link_url": "//evil.example"}, "link_url"),
    ],
)
def test_a_mistake_is_said_at_its_field(typed, field, people, editor):
    answer = editor.post(ADD, FORM | typed | {"action-publish": "1"})

    assert list(answer.context["form"].errors) == [field]
    assert Reminder.objects.count() == 0


def test_the_preview_shows_the_words_as_students_will_read_them(editor):
    preview = "/admin/snippets/requests/reminder/preview/"
    editor.post(preview, FORM)

    words = editor.get(preview, {"mode": ""}).content.decode()

    for text in ("Check in this week", "The last day is Friday.", "All key dates"):
        assert text in words


def test_the_test_goes_to_the_editor_alone_with_the_newest_words(people, staff, editor, monday):
    editor.post(ADD, FORM | {"action-publish": "1"})
    reminder = Reminder.objects.get()
    editor.post(edit_url(reminder), FORM | {"title": "Newer words"})

    shown = editor.get(edit_url(reminder, "test"))
    editor.post(edit_url(reminder, "test"))
    editor.post(edit_url(reminder, "test"))
    once = Notice.objects.count()
    monday.shift(timedelta(minutes=1))
    editor.post(edit_url(reminder, "test"))

    assert (once, Notice.objects.count()) == (1, 2)
    test = Notice.objects.first()
    assert (test.key, test.recipient) == ("reminder_test", staff[Role.EDITOR].email)
    mail = test.redacted()
    assert "Newer words" in shown.content.decode()
    assert "Newer words" in mail.text
    assert "http://testserver/key-dates/" in mail.text


def test_looking_at_the_test_page_sends_nothing(staff, editor):
    reminder = Reminder.objects.create(title="Hello", text="Read this.", show_from=timezone.now())

    editor.get(edit_url(reminder, "test"))

    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("window", "reached"),
    [
        ({"program_ends_from": "2026-12-01", "program_ends_until": "2026-12-31"}, ["december"]),
        ({"program_ends_from": "2026-12-31"}, ["december", "june"]),
        ({"program_ends_until": "2026-12-31"}, ["december"]),
        ({"program_ends_from": "2027-01-01", "program_ends_until": "2027-05-31"}, []),
        ({}, ["december", "june", "unknown"]),
    ],
)
def test_it_reaches_those_whose_program_ends_in_its_window(staff, editor, window, reached):
    ends = {"december": date(2026, 12, 31), "june": date(2027, 6, 1), "unknown": None}
    records = {
        name: factories.make_student(f"{name}@school.example", program_end=day)
        for name, day in ends.items()
    }

    editor.post(ADD, FORM | {"stage": ""} | window | {"action-publish": "1"})

    assert [name for name, record in records.items() if shown_to(record)] == reached
    assert Reminder.objects.get().audience().count() == len(reached)

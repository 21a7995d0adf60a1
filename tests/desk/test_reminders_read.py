"""Reminders as their readers have them: the urgent on top, the others put away when read."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from isso.requests.models import Reminder, ReminderPutAway
from isso.tests.desk.test_reminders import ADD, FORM, NEW_YORK, edit_url


def put_away_url(reminder):
    return f"/portal/reminders/{reminder.pk}/put-away/"


def remind(**fields):
    return Reminder.objects.create(**{"title": "Read this", "text": "Please."} | fields)


def read_by(people, sign_in):
    """Return who reads the reminder on the Welcome tab."""
    pages = {name: sign_in(record.user).get("/portal/") for name, record in people.items()}
    return [name for name, page in pages.items() if "Please." in page.text]


def test_a_reader_puts_a_reminder_away_and_nobody_else_loses_it(people, sign_in):
    reminder = remind()
    browser = sign_in(people["master"].user)

    answer = browser.post(put_away_url(reminder), follow=True)
    browser.post(put_away_url(reminder))

    assert [str(each) for each in answer.context["messages"]] == ["“Read this” is put away."]
    assert read_by(people, sign_in) == ["new", "doctor", "exchange"]
    assert [each.user for each in ReminderPutAway.objects.all()] == [people["master"].user]


def test_it_comes_back_when_it_is_published_again(people, sign_in, editor, monday):
    editor.post(ADD, FORM | {"stage": "", "text": "Please.", "action-publish": "1"})
    reminder = Reminder.objects.get()
    sign_in(people["master"].user).post(put_away_url(reminder))
    monday.shift(timedelta(minutes=1))

    editor.post(edit_url(reminder), FORM | {"stage": "", "text": "Please. Draft"})
    draft = read_by(people, sign_in)
    editor.post(
        edit_url(reminder), FORM | {"stage": "", "text": "Please. New", "action-publish": "1"}
    )

    assert draft == ["new", "doctor", "exchange"]
    assert read_by(people, sign_in) == list(people)


def test_an_urgent_one_stays_and_says_so(people, sign_in):
    reminder = remind(severity="bad")
    browser = sign_in(people["master"].user)
    page = browser.get("/portal/").text

    answer = browser.post(put_away_url(reminder), follow=True)

    assert put_away_url(reminder) not in page
    assert [str(each) for each in answer.context["messages"]] == [
        "“Read this” has become urgent. It stays until its time is over."
    ]
    assert ReminderPutAway.objects.count() == 0


def test_one_that_was_put_away_and_becomes_urgent_shows(people, sign_in):
    reminder = remind()
    sign_in(people["master"].user).post(put_away_url(reminder))

    Reminder.objects.update(severity="bad")

    assert read_by(people, sign_in) == list(people)


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "check_in"},
        {"live": False},
        {"show_until": datetime(2026, 10, 5, tzinfo=NEW_YORK)},
    ],
)
def test_what_somebody_does_not_read_cannot_be_put_away(people, sign_in, fields):
    answer = sign_in(people["master"].user).post(put_away_url(remind(**fields)))

    assert (answer.status_code, ReminderPutAway.objects.count()) == (404, 0)


def test_only_the_button_of_the_page_puts_away(people, sign_in):
    reminder = remind()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people["master"].user)

    answers = [browser.get(put_away_url(reminder)), browser.post(put_away_url(reminder))]

    assert [each.status_code for each in answers] == [405, 403]
    assert ReminderPutAway.objects.count() == 0
    page = browser.get("/portal/").text
    token = re.search(
        r'action="/portal/reminders/.*?name="csrfmiddlewaretoken" value="(.*?)"', page
    )
    browser.post(put_away_url(reminder), {"csrfmiddlewaretoken": token[1]})
    assert ReminderPutAway.objects.count() == 1


def test_the_urgent_ones_stand_on_top(people, sign_in):
    for severity in ("info", "bad", "warn"):
        remind(title=severity, severity=severity)

    page = sign_in(people["master"].user).get("/portal/")

    assert [str(each) for each in page.context["reminders"]] == ["bad", "warn", "info"]


def test_markup_is_shown_as_typed(people, sign_in):
    bad = '<script>alert("x")</script>'
    remind(title=bad, text=bad, link_url="/contact/", link_text=bad)

    page = sign_in(people["master"].user).get("/portal/").text

    assert bad not in page
    # The title stands on its button, too.
    assert page.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;") == 4

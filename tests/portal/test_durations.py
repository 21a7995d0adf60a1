"""The honest estimate, when it is fair to ask, and what both clocks say on the pages."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from isso.home.hours import office_calendar
from isso.home.processing_times import processing_times
from isso.requests.actor import Actor
from isso.requests.asking import ask_about, asking_about
from isso.requests.conversation import send_message
from isso.requests.desk.flags import flags
from isso.requests.durations import LEAST, done_by, measure_durations, measured_of
from isso.requests.models import MeasuredDuration, Message, StudentRequest
from isso.requests.perform import perform
from isso.tests import factories

MONDAY = date(2026, 10, 5)


def finished(number, days):
    """So many denied reprints that the office had for so many business days."""
    person = factories.make_student(f"done{number}{days}@school.example")
    made = factories.make_request(person, "reprint", "in_review")
    perform(made, "deny", Actor.for_user(made.assignee), note="No.")
    StudentRequest.objects.filter(pk=made.pk).update(clock_used=days)


def test_the_worker_measures_and_says_nothing_of_few(office, monday):
    for number in range(LEAST - 1):
        finished(number, 2)
    assert (measure_durations(), measured_of("reprint")) == (1, None)
    finished(99, 9)

    assert (measure_durations(), measure_durations()) == (1, 0)
    found = measured_of("reprint")
    assert (found.finished, found.median, found.most) == (20, 2, 2)

    monday.shift(timedelta(days=366))
    assert measure_durations() == 1
    assert measured_of("reprint") is None
    assert MeasuredDuration.objects.get().finished == 0


@pytest.mark.parametrize(
    ("since", "used", "expected"),
    [
        (MONDAY, 0, date(2026, 10, 9)),
        (MONDAY, 3, date(2026, 10, 6)),
        # It has taken longer than most.
        (MONDAY, 4, MONDAY),
        (MONDAY, 9, MONDAY),
        (None, 0, None),
    ],
)
def test_the_day_by_which_most_are_done(since, used, expected, office):
    asked = SimpleNamespace(clock_since=since, clock_used=used)
    assert done_by(asked, 4, office_calendar()) == expected


def test_nothing_is_promised_where_nothing_was_measured(office):
    assert done_by(SimpleNamespace(clock_since=MONDAY, clock_used=0), None, None) is None


def test_the_public_page_says_what_was_measured(office):
    MeasuredDuration.objects.create(type_key="cpt", finished=214, median=3, most=6)
    MeasuredDuration.objects.create(type_key="reprint", finished=19, median=1, most=1)
    found = {line.title: line.estimate for line in processing_times()}
    assert found["Curricular Practical Training (CPT)"] == (
        "Half were done within 3, 8 of 10 within 6 business days (214 requests in 12 months)."
    )
    assert {each for title, each in found.items() if not title.startswith("Curricular")} == {""}


@pytest.fixture
def sign_in():
    """A function that returns a browser in which somebody is signed in."""

    def _sign_in(user):
        browser = Client()
        browser.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
        return browser

    return _sign_in


@pytest.mark.parametrize(
    ("state", "due_on", "asked_on", "today", "expected"),
    [
        ("submitted", date(2026, 10, 8), None, date(2026, 10, 8), (False, date(2026, 10, 9))),
        ("submitted", date(2026, 10, 8), None, date(2026, 10, 9), (True, date(2026, 10, 9))),
        # The day after a Friday is a Monday.
        ("in_review", date(2026, 10, 9), None, date(2026, 10, 11), (False, date(2026, 10, 12))),
        (
            "in_review",
            date(2026, 10, 8),
            date(2026, 10, 9),
            date(2026, 10, 15),
            (False, date(2026, 10, 16)),
        ),
        (
            "approved",
            date(2026, 10, 8),
            date(2026, 10, 9),
            date(2026, 10, 16),
            (True, date(2026, 10, 16)),
        ),
        ("clarification", None, None, date(2026, 10, 16), None),
        ("approver_review", None, None, date(2026, 10, 16), None),
        ("denied", None, None, date(2026, 10, 16), None),
    ],
)
def test_when_it_is_fair_to_ask(state, due_on, asked_on, today, expected, office):
    asked_at = None
    if asked_on:
        asked_at = factories.MONDAY + (asked_on - MONDAY)
    asked = SimpleNamespace(state=state, due_on=due_on, asked_about_at=asked_at)
    found = asking_about(asked, today, office_calendar())
    if expected is None:
        assert found is None
    else:
        assert (found.is_open, found.opens_on) == expected


def page_of(browser, made):
    words = browser.get(f"/portal/requests/{made.reference}/").content.decode()
    section = words.split("How long it takes</h3>")[1].split("</section>")[0]
    return " ".join(section.split())


def test_a_student_asks_once_it_is_fair_and_the_desk_sees_it(office, monday, sign_in):
    record = factories.make_student()
    made = factories.make_request(record, "reprint", "in_review")
    student, advisor = Actor.for_user(record.user), Actor.for_user(made.assignee)
    browser = sign_in(record.user)

    before = page_of(browser, made)
    assert "With the ISSO since October 5, 2026: 0 business days so far." in before
    assert "you can ask about it here from October 9, 2026 on" in before
    with pytest.raises(ValidationError, match="from October 9, 2026 on"):
        ask_about(made, "When?", student)

    monday.shift(timedelta(days=4))
    browser = sign_in(record.user)
    assert "4 business days so far" in page_of(browser, made)
    answer = browser.post(
        f"/portal/requests/{made.reference}/ask/", {"text": "When will it be done?"}
    )

    made.refresh_from_db()
    assert answer.status_code == 302
    assert Message.objects.get().text == "When will it be done?"
    assert [str(each) for each in flags(made, date(2026, 10, 9))] == ["Asks when it is done"]
    assert "You asked on October 9, 2026." in page_of(browser, made)
    with pytest.raises(ValidationError):
        ask_about(made, "And now?", student)
    send_message(made, "Tomorrow.", advisor)
    made.refresh_from_db()
    assert flags(made, date(2026, 10, 9)) == []
    # What is written after the answer is a message like others.
    monday.shift(timedelta(minutes=5))
    send_message(made, "Thank you.", student)
    made.refresh_from_db()
    assert [str(each) for each in flags(made, date(2026, 10, 9))] == ["New message"]


def test_a_question_too_early_stays_in_the_box(office, monday, sign_in):
    record = factories.make_student()
    made = factories.make_request(record, "reprint", "in_review")
    answer = sign_in(record.user).post(
        f"/portal/requests/{made.reference}/ask/", {"text": "When will it be done?"}
    )
    words = answer.content.decode()
    assert ("When will it be done?" in words, "You can ask from October 9" in words) == (True, True)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("clarification", "The clock of our office rests until you press Submit again."),
        ("approver_review", "With your approver since October 5, 2026: 0 business days so far."),
    ],
)
def test_whoever_has_it_is_named(state, sentence, office, monday, sign_in):
    record = factories.make_student()
    made = factories.make_request(record, "cpt", state)
    assert sentence in page_of(sign_in(record.user), made)


@pytest.mark.parametrize(
    ("most", "sentence"),
    [
        (4, "8 of 10 requests like this one are done by Friday, October 9, 2026."),
        (0, "Most requests like this one are done by now. Yours takes longer."),
    ],
)
def test_the_estimate_is_honest(most, sentence, office, monday, sign_in):
    record = factories.make_student()
    made = factories.make_request(record, "reprint", "in_review")
    MeasuredDuration.objects.create(type_key="reprint", finished=50, median=1, most=most)
    monday.shift(timedelta(days=1))
    assert sentence in page_of(sign_in(record.user), made)

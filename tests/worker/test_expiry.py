"""What ends by itself, on which day, and who is told how often."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from isso.requests.actor import Actor
from isso.requests.drafting import save_page
from isso.requests.expiry import _settle, expire_and_warn
from isso.requests.lifecycle import State
from isso.requests.lifetimes import end_of
from isso.requests.models import StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import perform
from isso.tests import factories

ZONE = ZoneInfo("America/New_York")
DAYS = {State.DRAFT: 60, State.APPROVER_REVIEW: 60, State.CLARIFICATION: 21}


def mails(key):
    """Return who got a mail of this key."""
    return list(Notice.objects.filter(key=key).values_list("recipient", flat=True))


@pytest.mark.parametrize("state", [str(each) for each in State if each not in DAYS])
def test_only_what_waits_for_somebody_else_ever_ends_by_itself(state):
    assert end_of(StudentRequest(type_key="reprint", state=state)) is None


@given(
    state=st.sampled_from(sorted(DAYS)),
    day=st.dates(date(2024, 1, 1), date(2032, 12, 31)),
    clock=st.times(),
)
@settings(max_examples=200, deadline=None)
def test_it_ends_so_many_calendar_days_later_whatever_the_clock_does(state, day, clock):
    moment = datetime.combine(day, clock, ZONE).astimezone(ZoneInfo("UTC"))
    made = StudentRequest(type_key="reprint", state=state, touched_at=moment, state_since=moment)

    # A wall time that the spring change skips is the real one after it: the same day.
    assert end_of(made).on == moment.astimezone(ZONE).date() + timedelta(days=DAYS[state])


@pytest.mark.parametrize(
    ("deadline", "end"),
    [
        (None, date(2026, 10, 26)),
        (date(2026, 10, 10), date(2026, 10, 11)),
        (date(2026, 10, 25), date(2026, 10, 26)),
        (date(2026, 12, 1), date(2026, 10, 26)),
    ],
)
def test_a_legal_deadline_ends_it_on_the_day_after_it(deadline, end):
    since = datetime(2026, 10, 5, 10, 0, tzinfo=ZONE)
    made = StudentRequest(
        type_key="reprint", state=State.CLARIFICATION, state_since=since, deadline=deadline
    )

    assert end_of(made).on == end


TURNS = [
    # Around the end of daylight saving, a leap day, and New Year.
    datetime(2026, 10, 12, 23, 30, tzinfo=ZONE),
    datetime(2027, 3, 1, 0, 15, tzinfo=ZONE),
    datetime(2028, 2, 20, 12, 0, tzinfo=ZONE),
    datetime(2026, 12, 20, 23, 59, tzinfo=ZONE),
]


@pytest.mark.parametrize("began", TURNS, ids=lambda moment: f"{moment:%Y-%m-%d %H:%M}")
def test_a_clarification_is_warned_once_and_ends_on_its_day(db, began):
    with time_machine.travel(began, tick=False):
        factories.make_office()
        made = factories.make_request(state="clarification")
    told = {}
    for day in range(23):
        moment = datetime.combine(began.date() + timedelta(days=day), time(8), ZONE)
        for hours in (0, 12):
            with time_machine.travel(moment + timedelta(hours=hours), tick=False):
                expire_and_warn()
                made.refresh_from_db()
                told[day] = (str(made.state), len(mails("expiring_soon")), len(mails("expired")))

    assert [day for day in told if told[day][1] == 0] == list(range(14))
    assert [day for day in told if told[day] == ("clarification", 1, 0)] == list(range(14, 21))
    assert told[21] == told[22] == ("expired", 1, 1)


def test_answering_in_time_keeps_it_alive_and_warns_again_next_time(office, monday):
    record = factories.make_student()
    draft = factories.make_draft(record)
    monday.shift(timedelta(days=54))
    assert expire_and_warn() == 1
    page = draft.type.pages[0]
    save_page(draft, page, {"reason": "lost"}, Actor.for_user(record.user))
    monday.shift(timedelta(days=10))

    assert expire_and_warn() == 0
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    monday.shift(timedelta(days=44))
    assert expire_and_warn() == 1
    assert len(mails("expiring_soon")) == 2


def test_an_expired_approval_tells_student_and_approver_and_frees_the_purpose(office, monday):
    made = factories.make_request(type_key="cpt", state="approver_review")
    monday.shift(timedelta(days=53))
    assert expire_and_warn() == 1
    monday.shift(timedelta(days=7))

    assert expire_and_warn() == 1

    made.refresh_from_db()
    assert (made.state, made.approvals.get().outcome) == ("expired", "ended")
    assert (mails("expired"), mails("approver_withdrawn")) == (
        ["student@school.example"],
        ["rivera@demo.example"],
    )
    start = made.answers["start_date"]
    assert factories.make_draft(made.student, "cpt", start_date=start).purpose == made.purpose


def test_a_worker_that_stood_still_warns_first_and_gives_the_seven_days(office, monday):
    made = factories.make_request(state="clarification")
    monday.shift(timedelta(days=40))

    assert (expire_and_warn(), expire_and_warn()) == (1, 0)
    made.refresh_from_db()
    assert (made.state, end_of(made).on) == ("clarification", date(2026, 11, 21))
    monday.shift(timedelta(days=7))
    assert expire_and_warn() == 1
    made.refresh_from_db()
    assert (made.state, mails("expiring_soon"), mails("expired")) == (
        "expired",
        ["student@school.example"],
        ["student@school.example"],
    )


def test_a_student_faster_than_the_warning_is_not_warned(office, monday):
    draft = factories.make_draft(factories.make_student())
    monday.shift(timedelta(days=54))
    read_by_the_worker = StudentRequest.objects.get(pk=draft.pk)
    page = draft.type.pages[0]
    save_page(draft, page, {"reason": "lost"}, Actor.for_user(draft.student.user))

    assert _settle(read_by_the_worker, timezone.localdate()) == 0
    draft.refresh_from_db()
    assert (draft.warned_at, mails("expiring_soon")) == (None, [])


def test_one_broken_request_keeps_no_other_from_its_turn(office, monday):
    broken = factories.make_request(state="clarification")
    StudentRequest.objects.filter(pk=broken.pk).update(type_key="gone")
    neighbor = factories.make_student("n@school.example", family_name="Ngo")
    whole = factories.make_request(neighbor, state="clarification")
    monday.shift(timedelta(days=14))

    assert expire_and_warn() == 1
    assert mails("expiring_soon") == [whole.student.user.email]


def test_a_student_faster_than_the_worker_wins(office, monday):
    made = factories.make_request(type_key="cpt", state="approver_review")
    monday.shift(timedelta(days=61))
    perform(made, "withdraw", Actor.for_user(made.student.user))

    assert expire_and_warn(timezone.localdate()) == 0
    made.refresh_from_db()
    assert made.state == "withdrawn"

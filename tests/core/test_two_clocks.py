"""Both clocks: which day an instant counts for, and that everybody's days add up."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.home.calendar import OfficeCalendar
from isso.home.plan import OFFICE, ExceptionalDays, Schedule, Slot
from isso.requests.clock import (
    APPROVER,
    STUDENT,
    Clocks,
    clocks_of,
    counted_day,
    holder_in,
    moves_of,
    set_clock,
    used_days,
)
from isso.requests.clock import OFFICE as WITH_OFFICE
from isso.requests.lifecycle import State

ZONE = ZoneInfo("America/New_York")
THREE = SimpleNamespace(cut_off=time(15))
WEEKDAYS = tuple(Slot(day, time(9), time(17), day) for day in range(5))
TRAINING = ExceptionalDays(date(2026, 10, 7), date(2026, 10, 7), OFFICE, (), "Training", None)


def calendar_of(*closures, slots=WEEKDAYS):
    schedule = Schedule(OFFICE, date(2020, 1, 1), None, slots)
    return OfficeCalendar((schedule,), closures, ZONE)


def at(day, hour=10, minute=0):
    """An instant at the office in October 2026."""
    return datetime(2026, 10, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("instant", "counts_for"),
    [
        (at(5, 10), 5),
        (at(5, 14, 59), 5),
        (at(5, 15), 6),
        (at(5, 23, 59), 6),
        (at(6, 0, 0), 6),
        # October 7 is closed.
        (at(6, 15), 8),
        (at(7, 10), 8),
        # A Friday afternoon, a Saturday and a Sunday are Monday's.
        (at(9, 15), 12),
        (at(10, 10), 12),
        (at(11, 23), 12),
        (at(12, 14), 12),
    ],
)
def test_the_day_an_instant_counts_for(instant, counts_for):
    assert counted_day(instant, THREE, calendar_of(TRAINING)) == date(2026, 10, counts_for)


def test_without_settings_the_usual_hour_holds():
    assert counted_day(at(5, 15), None, calendar_of()) == date(2026, 10, 6)
    assert counted_day(at(5, 14), None, calendar_of()) == date(2026, 10, 5)


def test_a_clock_change_makes_no_day_longer():
    # November 1, 2026: clocks go back an hour in the night.
    before = datetime(2026, 10, 30, 14, tzinfo=ZONE)
    after = datetime(2026, 11, 2, 14, tzinfo=ZONE)
    assert counted_day(before, THREE, calendar_of()) == date(2026, 10, 30)
    assert counted_day(after, THREE, calendar_of()) == date(2026, 11, 2)


SENT = [
    (State.APPROVER_REVIEW, at(5)),
    (State.SUBMITTED, at(7)),
    (State.IN_REVIEW, at(8)),
    (State.CLARIFICATION, at(9)),
    (State.IN_REVIEW, at(13)),
]


@pytest.mark.parametrize(
    ("moves", "now", "expected"),
    [
        (SENT[:1], at(6), Clocks(0, 1, 0, APPROVER, date(2026, 10, 5))),
        (SENT[:2], at(7, 11), Clocks(0, 2, 0, WITH_OFFICE, date(2026, 10, 7))),
        # Who has begun to read it has not had it anew.
        (SENT[:3], at(9), Clocks(2, 2, 0, WITH_OFFICE, date(2026, 10, 7))),
        (SENT[:4], at(12), Clocks(2, 2, 1, STUDENT, date(2026, 10, 9))),
        (SENT, at(14), Clocks(3, 2, 2, WITH_OFFICE, date(2026, 10, 13))),
        ([*SENT, (State.DENIED, at(14))], at(30), Clocks(3, 2, 2)),
        ([], at(5), Clocks()),
    ],
)
def test_both_clocks(moves, now, expected):
    today = now.astimezone(ZONE).date()
    assert clocks_of(moves, today, THREE, calendar_of()) == expected


def test_only_moves_count():
    entries = [
        SimpleNamespace(from_state="", to_state=State.DRAFT, at=at(1)),
        SimpleNamespace(from_state=State.DRAFT, to_state=State.SUBMITTED, at=at(2)),
        SimpleNamespace(from_state=State.SUBMITTED, to_state=State.SUBMITTED, at=at(3)),
        SimpleNamespace(from_state="", to_state="", at=at(4)),
        SimpleNamespace(from_state=State.SUBMITTED, to_state=State.IN_REVIEW, at=at(5)),
    ]
    assert moves_of(entries) == [(State.SUBMITTED, at(2)), (State.IN_REVIEW, at(5))]


closures = st.lists(
    st.builds(
        lambda start, days: ExceptionalDays(
            date(2026, 9, 1) + timedelta(days=start),
            date(2026, 9, 1) + timedelta(days=start + days),
            OFFICE,
            (),
            "Closed",
            None,
        ),
        st.integers(0, 120),
        st.integers(0, 9),
    ),
    max_size=5,
)
working_days = st.sets(st.integers(0, 6), min_size=1).map(
    lambda days: tuple(Slot(day, time(9), time(17), day) for day in sorted(days))
)
hours = st.lists(st.integers(0, 24 * 14), min_size=1, max_size=12)
states = st.sampled_from(
    [State.APPROVER_REVIEW, State.SUBMITTED, State.IN_REVIEW, State.CLARIFICATION, State.APPROVED]
)


@st.composite
def stories(draw):
    """Moves of one request with the hours between them, and an instant after the last."""
    gaps = draw(hours)
    moment, moves = datetime(2026, 9, 1, 8, tzinfo=ZONE), []
    for gap in gaps:
        moves.append((draw(states), moment))
        moment += timedelta(hours=gap)
    return moves, moment


@given(stories(), closures, working_days, st.times())
def test_both_clocks_and_the_pauses_are_all_the_business_time_that_passed(
    story, closed, days, cut_off
):
    moves, now = story
    office, calendar = SimpleNamespace(cut_off=cut_off), calendar_of(*closed, slots=days)
    today = now.astimezone(ZONE).date()
    found = clocks_of(moves, today, office, calendar)

    handed_over = [
        moment
        for (before, _at), (state, moment) in pairwise([("", None), *moves])
        if holder_in(before) != holder_in(state)
    ]
    counted = [counted_day(each, office, calendar) for each in handed_over]
    elapsed = calendar.business_days_between(counted[0], max(today, counted[-1]))
    assert found.with_office + found.with_approver + found.with_student == elapsed
    assert elapsed >= 0


@given(stories(), closures, working_days, st.times())
def test_no_clock_ever_runs_back(story, closed, days, cut_off):
    moves, now = story
    office, calendar = SimpleNamespace(cut_off=cut_off), calendar_of(*closed, slots=days)
    moments = [*(each for _state, each in moves[1:]), now]
    seen = [
        clocks_of(moves[: number + 1], moment.astimezone(ZONE).date(), office, calendar)
        for number, moment in enumerate(moments)
    ]
    for before, after in pairwise(seen):
        assert after.with_office >= before.with_office
        assert after.with_approver >= before.with_approver
        assert after.with_student >= before.with_student


@given(stories(), closures, working_days, st.times())
def test_the_columns_of_a_request_say_the_same_as_its_history(story, closed, days, cut_off):
    moves, now = story
    office, calendar = SimpleNamespace(cut_off=cut_off), calendar_of(*closed, slots=days)
    student_request = SimpleNamespace(clock_used=0, clock_since=None, due_on=None, state="")
    for state, moment in moves:
        student_request.state = state
        set_clock(student_request, 5, counted_day(moment, office, calendar), calendar)

    today = now.astimezone(ZONE).date()
    used = used_days(student_request, today, calendar)
    assert used == clocks_of(moves, today, office, calendar).with_office

"""The clocks of a request in business days: the office's rests while somebody else has it.

They count by the office's calendar, so closures and weekends are skipped; a rest never resets one.
What happens after the office's cut-off hour, or on a day it is closed, counts for the next day of
work: so the days of everybody who has had a request add up to all that have passed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

from isso.home.calendar import OfficeCalendar

from .lifecycle import COUNTED_BY_CLOCK, WITH_APPROVER, WITH_STUDENT, State

# Where no office says otherwise: after 3 pm counts for the next day.
USUAL_CUT_OFF = time(15)
OFFICE, APPROVER, STUDENT = "office", "approver", "student"


def counted_day(at, office, calendar: OfficeCalendar) -> date:
    """Return the business day for which an instant counts.

    ``office`` knows the cut-off hour; None stands for the usual one.
    """
    local = at.astimezone(calendar.zone)
    cut_off = office.cut_off if office else USUAL_CUT_OFF
    before = local.date() - timedelta(days=local.time() < cut_off)
    return calendar.add_business_days(before, 1)


def used_days(student_request, today, calendar):
    """Return the business days the office has had it, up to today."""
    used = student_request.clock_used
    # What came after the cut-off hour counts from a day that is still to come.
    if student_request.clock_since is not None and student_request.clock_since < today:
        used += calendar.business_days_between(student_request.clock_since, today)
    return used


@dataclass(frozen=True)
class Clocks:
    """The business days everybody has had a sent request, and who has it since which day."""

    with_office: int = 0
    with_approver: int = 0
    with_student: int = 0
    # OFFICE, APPROVER or STUDENT; "" once it has ended.
    holder: str = ""
    since: date | None = None

    @property
    def days_of_holder(self):
        """The business days of whoever has it now, all spells together."""
        return getattr(self, f"with_{self.holder}") if self.holder else 0


def holder_in(state):
    """Return who has a request in this state, or "" for nobody."""
    groups = {OFFICE: COUNTED_BY_CLOCK, APPROVER: WITH_APPROVER, STUDENT: WITH_STUDENT}
    return next((holder for holder, states in groups.items() if state in states), "")


def clocks_of(moves, today, office, calendar):
    """Return the clocks of a request on a day.

    ``moves`` are (state, instant) in the order they happened, from the first time it was sent.
    """
    days, spells = Counter(), []
    for state, at in moves:
        holder = holder_in(state)
        # Who goes on with it has not got it anew.
        if not spells or holder != spells[-1][0]:
            spells.append((holder, counted_day(at, office, calendar), at))
    # What came after the cut-off hour counts from a day that is still to come.
    until = max([today, *(day for _holder, day, _at in spells[-1:])])
    for (holder, first, _at), (_next, last, _then) in pairwise([*spells, ("", until, None)]):
        days[holder] += calendar.business_days_between(first, last)
    holder, _day, at = spells[-1] if spells else ("", None, None)
    since = at.astimezone(calendar.zone).date() if holder else None
    return Clocks(days[OFFICE], days[APPROVER], days[STUDENT], holder, since)


def moves_of(entries):
    """Return the moves in these entries of a request's history, which are in their order."""
    return [
        (each.to_state, each.at)
        for each in entries
        if each.to_state not in ("", State.DRAFT) and each.to_state != each.from_state
    ]


def set_clock(student_request, target_days, today, calendar):
    """Start, keep or rest the clock according to the state, and set the due date.

    ``target_days`` are business days; ``today`` is the day for which this moment counts.
    """
    counts = student_request.state in COUNTED_BY_CLOCK
    if counts and student_request.clock_since is None:
        student_request.clock_since = today
    if not counts and student_request.clock_since is not None:
        student_request.clock_used = used_days(student_request, today, calendar)
        student_request.clock_since = None
    student_request.due_on = expected_by(student_request, target_days, calendar)


def expected_by(student_request, target_days, calendar):
    """Return the date the office aims at, or None while the clock rests."""
    if student_request.clock_since is None:
        return None
    left = target_days - student_request.clock_used
    if left <= 0:
        return student_request.clock_since
    return calendar.add_business_days(student_request.clock_since, left)


# Business days after the question on which the worker reminds an approver by itself.
REMINDER_DAYS = (3, 7, 14)


def reminders_due(asked_on, today, calendar):
    """Return how many of the worker's reminders have fallen due since an approver was asked."""
    passed = calendar.business_days_between(asked_on, today)
    return sum(passed >= each for each in REMINDER_DAYS)


def may_remind_again(last, today, calendar, pause_days=3):
    """Return whether ``pause_days`` business days have passed since the last reminder."""
    return last is None or calendar.business_days_between(last, today) >= pause_days

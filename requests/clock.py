"""The clock of a request in business days: it runs while the office has it, and rests otherwise.

It counts by the office's calendar, so closures and weekends are skipped; a rest never resets it.
"""

from dataclasses import dataclass
from itertools import pairwise

from .lifecycle import COUNTED_BY_CLOCK, WITH_APPROVER, WITH_STUDENT


def used_days(student_request, today, calendar):
    """Return the business days the office has had it, up to today."""
    used = student_request.clock_used
    if student_request.clock_since is not None:
        used += calendar.business_days_between(student_request.clock_since, today)
    return used


@dataclass(frozen=True)
class Elsewhere:
    """The business days a sent request has spent outside the office."""

    with_student: int
    with_approver: int


def days_with_others(moves, today, calendar):
    """Return the business days student and approvers have had it, up to today.

    ``moves`` are (state, date) in the order they happened, beginning when it was first sent.
    """
    days = {WITH_STUDENT: 0, WITH_APPROVER: 0}
    for (state, since), (_next, until) in pairwise([*moves, ("", today)]):
        for group in days:
            if state in group:
                days[group] += calendar.business_days_between(since, until)
    return Elsewhere(days[WITH_STUDENT], days[WITH_APPROVER])


def set_clock(student_request, target_days, today, calendar):
    """Start, keep or rest the clock according to the state, and set the due date.

    ``target_days`` are business days; ``today`` is a date in the office's time zone.
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

"""The way of a department's request: who agrees, what the office does, how far the scholar is."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.home.naming import short_name

from ..lifecycle import WITH_APPROVER, WITH_OFFICE, WITH_STUDENT, State
from ..models import Approval
from ..steps import steps_asked
from .journey import Stop

DECIDED = frozenset({State.APPROVED, State.PROCESSING, State.COMPLETED})
BEGUN = WITH_OFFICE | DECIDED


def way_of(student_request, approvals, half):
    """Return the stops from the department to the scholar's arrival.

    ``approvals`` are all of this request, ``half`` is what the scholar completes, or None. An
    ended request keeps the stops that were reached; its history says how it ended.
    """
    stops = [_sent(student_request), *_steps(student_request, approvals), _office(student_request)]
    if student_request.type.followed_by:
        stops += _scholar(student_request, half)
    elif student_request.promise:
        is_done = student_request.state == State.COMPLETED
        stops.append(_stop(student_request.promise, is_done, student_request.completed_at))
    if student_request.is_open or student_request.state == State.COMPLETED:
        return stops
    return [stop for stop in stops if stop.state == "done"]


def _stop(title, is_done, moment=None, *, is_now=False, text=""):
    state = "done" if is_done else "now" if is_now else "todo"
    return Stop(title, state, meta=_day(moment) if moment and state != "todo" else "", text=text)


def _day(moment):
    return date_format(timezone.localtime(moment), "F j, Y")


def _sent(student_request):
    is_ours = student_request.state in WITH_STUDENT
    text = _("Something is to be changed.") if student_request.submitted_at and is_ours else ""
    return _stop(
        _("Your department sends it"),
        student_request.submitted_at is not None and not is_ours,
        student_request.submitted_at,
        is_now=is_ours,
        text=text,
    )


def _steps(student_request, approvals):
    """Return a stop for each that is asked; what was agreed to before a change counts no more."""
    endorsed = {each.step: each for each in approvals if each.outcome == Approval.Outcome.ENDORSED}
    asked = steps_asked(student_request) if student_request.asks_approver else []
    for number in asked:
        step, approval = student_request.type.approval_steps[number], endorsed.get(number)
        is_done = _is_behind(student_request, number, approval)
        current = student_request.current_approval
        is_now = student_request.step is step
        moment = current and current.asked_at if is_now else approval and approval.decided_at
        yield _stop(step.label, is_done, moment, is_now=is_now)


def _is_behind(student_request, number, approval):
    state = student_request.state
    if state in WITH_APPROVER:
        return number < student_request.approval_step
    if state in BEGUN:
        return True
    asked_by_office = state == State.CLARIFICATION and student_request.return_to != (
        State.APPROVER_REVIEW
    )
    ended = not student_request.is_open
    return approval is not None and (asked_by_office or ended)


def _office(student_request):
    is_done = student_request.state in DECIDED
    is_now = student_request.state in WITH_OFFICE and not is_done
    moment = student_request.decided_at if is_done else student_request.state_since
    return _stop(
        _("%(office)s reviews it") % {"office": short_name()}, is_done, moment, is_now=is_now
    )


def _scholar(student_request, half):
    """Return how far the scholar is: invited, sent, form released, arrived."""
    is_invited = half is not None
    is_sent = is_invited and half.submitted_at is not None
    is_released = student_request.state == State.COMPLETED
    waits = is_invited and half.state in WITH_STUDENT
    begun = is_invited and half.touched_at > half.created_at
    arrived_on = student_request.student.check_in_completed_on if is_released else None
    completes = ""
    if waits and not is_sent:
        completes = _("The own part is begun.") if begun else _("Not begun yet.")
    return [
        _stop(_("The scholar is invited"), is_invited, half and half.created_at),
        _stop(
            _("The scholar sends the own part"),
            is_sent and not waits,
            half and half.submitted_at,
            is_now=waits,
            text=completes,
        ),
        _stop(
            _("The DS-2019 is released to the scholar"),
            is_released,
            student_request.completed_at,
            is_now=is_sent and not waits and half.is_open,
        ),
        Stop(
            _("The scholar has arrived and checked in"),
            "done" if arrived_on else "todo",
            meta=date_format(arrived_on, "F j, Y") if arrived_on else "",
        ),
    ]

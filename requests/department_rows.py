"""What departments asked of the office, as lines: where each request stands, and who acts next.

Of the scholar's own half only its state is read here, never an answer or a file.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from isso.home.naming import short_name

from .lifecycle import WITH_APPROVER, WITH_OFFICE, WITH_STUDENT, State
from .models import StudentRequest
from .queues import needs_a_name
from .words import STAMPS


@dataclass(frozen=True)
class AskedRow:
    """One request of a department: for whom, what, where it stands, and whose turn it is."""

    scholar: str
    title: Any
    reference: str
    href: str
    department: str
    label: Any
    tone: str
    icon: str
    turn: str
    updated: datetime
    is_open: bool


def asked_rows(requests, you):
    """Return a department's requests as rows; ``you`` is what its own turn is called.

    The caller selects ``student`` and ``current_approval`` along; one more query reads how far the
    scholars' halves are.
    """
    requests = list(requests)
    halves = newest_halves(requests)
    return [_row(each, halves.get(each.pk), you) for each in requests]


def newest_halves(requests):
    """Return {pk of a request: what its scholar completes}, of several the newest."""
    waiting = [each.pk for each in requests if each.state == State.APPROVED]
    if not waiting:
        return {}
    found = StudentRequest.objects.filter(follows__in=waiting).order_by("created_at", "pk")
    return {each.follows_id: each for each in found.only("follows", "state", "submitted_at")}


def _row(student_request, half, you):
    tone, icon = STAMPS[State(student_request.state)]
    return AskedRow(
        scholar=student_request.student.full_name,
        title=student_request.type.title,
        reference=student_request.reference,
        href=student_request.get_absolute_url(),
        department=student_request.department,
        label=student_request.student_label,
        tone=tone,
        icon=icon,
        turn=turn_of(student_request, half, you),
        updated=student_request.touched_at,
        is_open=student_request.is_open,
    )


def turn_of(student_request, half, you):
    """Return who acts next, by the name under which a department knows them; "" for nobody."""
    state = student_request.state
    if state in WITH_STUDENT or needs_a_name(student_request):
        return you
    if state in WITH_APPROVER:
        return _who_is_asked(student_request)
    if half is not None and half.state in WITH_STUDENT:
        return student_request.student.full_name
    return short_name() if state in WITH_OFFICE else ""


def _who_is_asked(student_request):
    approval = student_request.current_approval
    if student_request.office_asked:
        return str(student_request.step.label)
    return approval.name if approval else short_name()

"""What ends by itself: drafts, unanswered approvals and clarifications, passed legal deadlines.

Day counts are calendar days in the office's time zone; the office sets them in its settings.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from .actor import Actor
from .lifecycle import State
from .mails import recipient_of_student_mail
from .models import StudentRequest
from .perform import NotPossible, perform

DAYS = {
    State.DRAFT: ("DRAFT_EXPIRES_AFTER_DAYS", 60),
    State.APPROVER_REVIEW: ("APPROVAL_EXPIRES_AFTER_DAYS", 60),
    State.CLARIFICATION: ("CLARIFICATION_EXPIRES_AFTER_DAYS", 21),
}
WARN_BEFORE = timedelta(days=7)


@dataclass(frozen=True)
class End:
    """The day a request ends by itself, and why."""

    on: date
    reason: str


def end_of(student_request):
    """Return when this request will expire, or None where it never does."""
    state = State(student_request.state)
    if state not in DAYS:
        return None
    setting, default = DAYS[state]
    since = student_request.touched_at if state == State.DRAFT else student_request.state_since
    days = getattr(settings, setting, default)
    end = End(
        timezone.localdate(since) + timedelta(days=days),
        _("Nothing happened for %(days)d days. Start a new request if you still need it.")
        % {"days": days},
    )
    deadline = student_request.deadline
    if deadline and deadline + timedelta(days=1) < end.on:
        return End(
            deadline + timedelta(days=1),
            _("The legal deadline has passed. Contact an ISSO advisor today."),
        )
    return end


def expire_and_warn(today=None, limit=200):
    """End what is over and warn seven days before; return how many of both."""
    today = today or timezone.localdate()
    done = 0
    waiting = (
        StudentRequest.objects.filter(state__in=list(DAYS))
        .select_related("student__user")
        .order_by("touched_at")
    )
    for student_request in waiting.iterator(chunk_size=limit):
        end = end_of(student_request)
        if end.on <= today:
            try:
                perform(
                    student_request,
                    "expire",
                    Actor.system(),
                    expected_version=student_request.version,
                    note=end.reason,
                )
            except NotPossible:
                continue  # The student was faster than the worker: it lives on.
            done += 1
        elif end.on - WARN_BEFORE <= today and student_request.warned_at is None:
            done += _warn(student_request, end)
    return done


def _warn(student_request, end):
    reader = recipient_of_student_mail(student_request)
    StudentRequest.objects.filter(pk=student_request.pk).update(warned_at=timezone.now())
    if reader is None:
        return 0
    notify(
        "expiring_soon",
        to=reader.email,
        name=reader.name,
        about=student_request.reference,
        dedupe=f"{student_request.reference}:expiring:{end.on.isoformat()}",
        context=office_context()
        | {
            "name": reader.name,
            "reference": student_request.reference,
            "request_title": str(student_request.type.title),
            "status": str(student_request.student_label),
            "expires_on": end.on.isoformat(),
        },
        links=reader.links,
        audience=reader.audience,
    )
    return 1

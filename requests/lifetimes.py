"""When a request ends by itself: drafts, unanswered approvals and questions, legal deadlines.

Day counts are calendar days in the office's time zone; the office sets them in its settings.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from .lifecycle import State

DAYS = {
    State.DRAFT: ("DRAFT_EXPIRES_AFTER_DAYS", 60),
    State.APPROVER_REVIEW: ("APPROVAL_EXPIRES_AFTER_DAYS", 60),
    State.CLARIFICATION: ("CLARIFICATION_EXPIRES_AFTER_DAYS", 21),
}


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

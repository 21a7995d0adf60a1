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
WARN_BEFORE = timedelta(days=7)


@dataclass(frozen=True)
class End:
    """The day a request ends by itself, and why."""

    on: date
    reason: str
    # The law's own last day waits for no warning.
    is_legal: bool = False


def end_of(student_request):
    """Return when this request will expire, or None where it never does.

    Whoever was warned late, because the worker had stood still, gets the same seven days.
    """
    state = State(student_request.state)
    if state not in DAYS:
        return None
    setting, default = DAYS[state]
    since = student_request.touched_at if state == State.DRAFT else student_request.state_since
    days = getattr(settings, setting, default)
    on = timezone.localdate(since) + timedelta(days=days)
    if student_request.warned_at:
        on = max(on, timezone.localdate(student_request.warned_at) + WARN_BEFORE)
    end = End(
        on,
        _("Nothing happened for %(days)d days. Start a new request if you still need it.")
        % {"days": days},
    )
    deadline = student_request.deadline
    if deadline and deadline + timedelta(days=1) < end.on:
        return End(
            deadline + timedelta(days=1),
            _("The legal deadline has passed. Contact our office today."),
            is_legal=True,
        )
    return end

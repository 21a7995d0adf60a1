"""Whom the request waits for outside the office, and when a reminder may leave again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ..clock import may_remind_again

REMINDER_PAUSE = 3


@dataclass(frozen=True)
class ApproverBlock:
    """The person asked; ``remind_from`` is None when a reminder may leave now."""

    name: str
    email: str
    asked_at: datetime
    reminded_at: datetime | None
    remind_from: date | None


def approver_block(student_request, today, calendar):
    """Return who is asked now, or None when nobody is."""
    approval = student_request.current_approval
    if approval is None:
        return None
    last = timezone.localdate(approval.reminded_at or approval.asked_at)
    may_remind = may_remind_again(last, today, calendar, REMINDER_PAUSE)
    return ApproverBlock(
        name=approval.name,
        email=approval.email,
        asked_at=approval.asked_at,
        reminded_at=approval.reminded_at,
        remind_from=None if may_remind else calendar.add_business_days(last, REMINDER_PAUSE),
    )

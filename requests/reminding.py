"""Reminds approvers by itself on business days 3, 7 and 14 after the question."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from isso.home.hours import office_calendar

from .actor import Actor
from .clock import REMINDER_DAYS, reminders_due
from .lifecycle import WITH_APPROVER
from .models import Approval, StudentRequest
from .perform import NotPossible, perform

logger = logging.getLogger(__name__)


def remind_approvers():
    """Send every reminder that has fallen due and return how many left; none on a day off."""
    today, calendar = timezone.localdate(), office_calendar()
    if not calendar.business_days_between(today - timedelta(days=1), today):
        return 0
    waiting = StudentRequest.objects.filter(
        state__in=WITH_APPROVER,
        current_approval__outcome=Approval.Outcome.WAITING,
        current_approval__reminders_sent__lt=len(REMINDER_DAYS),
    ).select_related("current_approval")
    return sum(_remind(each, today, calendar) for each in waiting.iterator(chunk_size=200))


def _remind(student_request, today, calendar):
    """Send one that is due; a broken request is noted and keeps no other from its turn."""
    approval = student_request.current_approval
    due = reminders_due(timezone.localdate(approval.asked_at), today, calendar)
    reminded_at = approval.reminded_at
    was_today = reminded_at is not None and timezone.localdate(reminded_at) == today
    if approval.reminders_sent >= due or was_today:
        return 0
    try:
        perform(
            student_request,
            "remind_on_time",
            Actor.system(),
            expected_version=student_request.version,
        )
    except (NotPossible, ValidationError):
        return 0  # Decided meanwhile, or another worker was faster.
    except Exception:
        logger.exception("The approver of request %s was not reminded.", student_request.pk)
        return 0
    return 1

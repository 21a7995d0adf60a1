"""What the portal's room puts before editors: its reminders in the schedule, and the worker."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.home.dashboard import QuickLink
from isso.home.schedule import PublisherState, changes_of_timed

from .models import Reminder, WorkerRun
from .models.worker_run import PUBLISHING

STANDS_STILL_AFTER = timedelta(minutes=10)

ADD_REMINDER = QuickLink(
    _("Add a reminder"),
    "requests.add_reminder",
    lambda: reverse("wagtailsnippets_requests_reminder:add"),
    order=15,
)


def reminders(user, start, end):
    """List when reminders appear and go away."""
    if not user.has_perm("requests.change_reminder"):
        return []
    return changes_of_timed(Reminder.objects.all(), start, end)


def publisher():
    """Tell when scheduled pages were last published, and whether that is overdue."""
    run = WorkerRun.objects.filter(job=PUBLISHING).first()
    return PublisherState(
        ran_at=run and run.ran_at,
        is_late=run is None or timezone.now() - run.due_at > STANDS_STILL_AFTER,
    )

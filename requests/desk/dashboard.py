"""What the office sees first in the admin: its work, and whether the worker runs."""

from datetime import timedelta

from django.db.models import Min
from django.utils import timezone
from wagtail.admin.ui.components import Component

from isso.requests.notices.models import Notice, NoticeState

from ..models import WorkerRun
from ..queues import VIEWS, view_counts
from .queue import ViewLink, view_url

SHOWN = ("mine", "unassigned", "late")
WORKER_STANDS_STILL_AFTER = timedelta(minutes=10)


class WorkPanel(Component):
    """How many requests are mine, nobody's and late, as links."""

    name = "desk_work"
    order = 50
    template_name = "desk/panel_work.html"

    def get_context_data(self, parent_context):
        """Count, in one query."""
        counts = view_counts(parent_context["request"].user)
        return {
            "links": [
                ViewLink(VIEWS[key][0], view_url(key), counts[key], is_current=False)
                for key in SHOWN
            ]
        }


class MachineryPanel(Component):
    """When the worker last ran, and how many mails could not be sent."""

    name = "desk_machinery"
    order = 60
    template_name = "desk/panel_machinery.html"

    def get_context_data(self, parent_context):
        """Read the oldest of the last runs: one job standing still is enough to say so."""
        ran_at = WorkerRun.objects.aggregate(oldest=Min("ran_at"))["oldest"]
        return {
            "ran_at": ran_at,
            "stands_still": ran_at is None or timezone.now() - ran_at > WORKER_STANDS_STILL_AFTER,
            "failed": Notice.objects.filter(state=NoticeState.FAILED).count(),
        }

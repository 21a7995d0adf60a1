"""What the office sees first in the admin: its work, and whether the worker runs."""

from django.db.models import Max, Min
from django.utils import timezone
from wagtail.admin.ui.components import Component

from isso.requests.notices.models import Notice, NoticeState

from ..failures.inbox import Stuck
from ..models import WorkerRun
from ..saved_views import view_counts
from ..scheduled import STANDS_STILL_AFTER
from ..sevis_work import count_to_record
from .alerts import alert_numbers
from .inbox import waiting
from .queue import links_to
from .waiting_messages import waiting_numbers

SHOWN = ("mine", "unassigned", "late", "second")


class WorkPanel(Component):
    """How many requests are mine, nobody's and late, what SEVIS is owed and the inbox: as links."""

    name = "desk_work"
    order = 50
    template_name = "desk/panel_work.html"

    def get_context_data(self, parent_context):
        """Count, in one query for each list."""
        user = parent_context["request"].user
        return {
            "links": links_to(view_counts(user, SHOWN)),
            "owed": count_to_record(user),
            "inbox": waiting(user).count(),
            "alerts": alert_numbers(user),
            "messages": waiting_numbers(user),
        }


class MachineryPanel(Component):
    """When the worker last ran, how many mails could not be sent, and how much is stuck."""

    name = "desk_machinery"
    order = 60
    template_name = "desk/panel_machinery.html"

    def get_context_data(self, parent_context):
        """Read which job is longest overdue: one standing still is enough to say so."""
        runs = WorkerRun.objects.aggregate(ran_at=Max("ran_at"), due_at=Min("due_at"))
        overdue_since, ran_at = runs["due_at"], runs["ran_at"]
        return {
            "ran_at": ran_at,
            "stands_still": ran_at is None or timezone.now() - overdue_since > STANDS_STILL_AFTER,
            "failed": Notice.objects.filter(state=NoticeState.FAILED).count(),
            "stuck": Stuck(parent_context["request"].user).count(),
        }

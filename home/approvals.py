"""What waits for approval: pages and snippets, from the versions that were submitted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from wagtail.models import GroupApprovalTask, TaskState

from .models import OfficeApproval
from .models.approval import may_decide
from .schedule import edit_url


@dataclass(frozen=True)
class Waiting:
    """One submitted version: what it is, who asks since when, and where to look at it."""

    title: str
    kind: Any
    url: str
    by: str
    since: datetime


def waiting_around(user) -> tuple[list[Waiting], list[Waiting]]:
    """List what this user may approve, and what this user has submitted; the oldest first.

    Wagtail's own reviewable_by() asks every task by itself; all of ours are approvals by a group,
    or Wagtail's own where an office has put its workflow together itself.
    """
    member = {} if user.is_superuser else {"groups__user": user}
    by_a_group, by_the_office = (
        Exists(kind.objects.filter(pk=OuterRef("task"), **member))
        for kind in (GroupApprovalTask, OfficeApproval)
    )
    states = (
        TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        .annotate(may_approve=Q(by_a_group) | Q(by_the_office) & may_decide(user))
        .filter(Q(may_approve=True) | Q(workflow_state__requested_by=user))
        .select_related("revision__content_type", "workflow_state__requested_by")
        .order_by("started_at", "pk")
    )
    for_me, by_me = [], []
    for state in states:
        (for_me if state.may_approve else by_me).append(_waiting(state))
    return for_me, by_me


def _waiting(state):
    # The version knows its own name, so none of the things themselves is read.
    model = state.revision.content_type.model_class()
    return Waiting(
        title=state.revision.object_str,
        kind=model._meta.verbose_name,
        url=edit_url(model, state.revision.object_id),
        by=str(state.workflow_state.requested_by or ""),
        since=state.started_at,
    )

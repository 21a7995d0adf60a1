"""Approval by the office: always by somebody else, as far as there is somebody else."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class OfficeApproval(AbstractGroupApprovalTask):
    """Approval by one member of a group, other than who submitted it."""

    class Meta:
        verbose_name = _("approval by somebody else")
        verbose_name_plural = _("approvals by somebody else")

    @classmethod
    def get_description(cls):
        """Say what it does, for who puts a workflow together."""
        return _(
            "Members of the chosen groups approve, but nobody what they submitted themselves. "
            "Where nobody else could approve it, they may."
        )

    def get_actions(self, obj, user):
        """Offer to decide, as far as this user may."""
        state = obj.current_workflow_task_state
        mine = self.get_task_states_user_can_moderate(user)
        if state and not mine.filter(pk=state.pk).exists():
            return []
        return super().get_actions(obj, user)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Leave out what this user submitted."""
        return super().get_task_states_user_can_moderate(user, **kwargs).filter(may_decide(user))


def may_decide(user) -> Q:
    """Match what somebody else submitted, and one's own where nobody else could approve it.

    An office with a single editor must not wait for ever. A superuser counts as somebody else.
    """
    in_the_group = Q(groups__officeapproval=OuterRef("task"))
    colleagues = get_user_model().objects.filter(in_the_group | Q(is_superuser=True))
    others = colleagues.filter(is_active=True).exclude(pk=user.pk)
    return ~Q(workflow_state__requested_by=user) | ~Exists(others)

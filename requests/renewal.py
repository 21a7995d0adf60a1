"""A new link for an approver whose own has run out: to the same address, once for each link."""

from django.db import transaction
from django.utils.translation import gettext as _

from .actor import Actor
from .approvals import open_token
from .lifecycle import Action, Mail, To
from .mails import send_mails
from .models import HistoryEntry, StudentRequest

NEW_LINK = Action(
    _("New link sent to the approver"), mails=(Mail("approver_request", To.APPROVER),)
)


@transaction.atomic
def send_new_link(token):
    """Mail a new link to the person whose link this was; the old one stops for good.

    Raises LinkProblem where the approval is no longer waited for, or a newer link was sent.
    """
    approval = open_token(token, max_age=None)
    student_request = (
        StudentRequest.objects.select_for_update(of=("self",))
        .select_related("student__user", "current_approval", "assignee")
        .get(pk=approval.student_request_id)
    )
    # Read again under the lock: two presses at once send one link.
    approval = open_token(token, max_age=None)
    approval.link_number += 1
    approval.save(update_fields=["link_number"])
    entry = HistoryEntry.objects.note(
        student_request, "new_link", NEW_LINK.label, Actor.for_approval(approval)
    )
    send_mails(NEW_LINK, student_request, entry, {}, approval)

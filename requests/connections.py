"""What this room tells the lower rooms through their registries, called once at start-up."""

from django.urls import reverse

from isso.requests.notices.links import DeadLink, register_link

from .approvals import make_token
from .models import Approval


def connect():
    """Register every provider."""
    register_link("request", lambda reference: reverse("portal_request", args=[reference]))
    register_link("case", lambda pk: reverse("desk_case", args=[pk]))
    register_link("approval", _approval_link)


def _approval_link(approval_id):
    approval = Approval.objects.get(pk=approval_id)
    if approval.outcome != Approval.Outcome.WAITING:
        raise DeadLink("The approval is no longer waited for.")
    return reverse("portal_approval", args=[make_token(approval)])

"""The address in an invitation's mail, built while the mail leaves."""

from django.urls import reverse

from isso.requests.notices.links import DeadLink
from isso.requests.notices.tokens import LinkProblem

from .invitations import invitation_at, make_token


def invitation_link(key: int, number: int) -> str:
    """Return the path of one link; raises DeadLink when nothing would open by it any more."""
    try:
        invitation = invitation_at(key, number)
    except LinkProblem as problem:
        raise DeadLink(f"The invitation is {problem.reason}.") from None
    return reverse("invitation", args=[make_token(invitation)])

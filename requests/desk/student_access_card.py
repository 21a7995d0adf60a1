"""The card “Portal access” of the student page: how far the person is, and what can be done."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from isso.requests.notices.models import Notice
from isso.requests.people.models import Invitation, InvitationState, User
from isso.requests.records.inviting import Access, access_of

from .delivery import in_words

OF_THE_INVITATION = (
    *("id", "user_id", "purpose", "email", "created_at", "expires_at", "link_number"),
    *("accepted_at", "revoked_at"),
)
OF_THE_MAIL = ("state", "delivery", "created_at")
OF_THOSE_WHO_ACTED = ("created_by", "revoked_by")


@dataclass(frozen=True)
class AccessCard:
    """What the card shows."""

    access: Access
    invitation: Invitation | None = None
    delivery: str = ""
    is_in_trouble: bool = False
    # The record's address, where it is not the one the person signs in with.
    other_address: str = ""

    @property
    def may_invite(self):
        """Whether a first or another invitation can be asked for here."""
        return self.access in (Access.NOT_INVITED, Access.REVOKED)

    @property
    def may_resend(self):
        """Whether the newest invitation can be sent again, or taken back."""
        return bool(self.invitation) and self.invitation.state in (
            InvitationState.OPEN,
            InvitationState.EXPIRED,
        )


def with_invitations(records):
    """Read each record once for every invitation, the newest first: one query for both."""
    invitation = "user__invitations__"
    columns = {f"invitation_{name}": F(invitation + name) for name in OF_THE_INVITATION}
    columns |= {f"mail_{name}": F(f"{invitation}notice__{name}") for name in OF_THE_MAIL}
    columns |= {
        f"invitation_{name}_name": F(f"{invitation}{name}__full_name")
        for name in OF_THOSE_WHO_ACTED
    }
    accepted = Invitation.objects.filter(user=OuterRef("user"), accepted_at__isnull=False)
    return records.annotate(**columns, has_accepted=Exists(accepted)).order_by(
        "-invitation_created_at", "-invitation_id"
    )


def access_card(record) -> AccessCard:
    """Return the card of a record that was read ``with_invitations``."""
    user = record.user
    if user is None:
        return AccessCard(Access.NOT_INVITED)
    invitation = _newest(record)
    delivery, is_in_trouble = in_words(invitation.notice) if invitation else ("", False)
    email = record.email.strip().lower()
    return AccessCard(
        access_of(user, invitation, record.has_accepted),
        invitation,
        delivery,
        is_in_trouble,
        email if email and email != user.email else "",
    )


def _newest(record):
    """Return the newest invitation as far as the card shows it."""
    if record.invitation_id is None:
        return None
    said = {name: getattr(record, f"invitation_{name}") for name in OF_THE_INVITATION}
    for name in OF_THOSE_WHO_ACTED:
        full_name = getattr(record, f"invitation_{name}_name")
        said[name] = User(full_name=full_name) if full_name else None
    if record.mail_state:
        said["notice"] = Notice(**{name: getattr(record, f"mail_{name}") for name in OF_THE_MAIL})
    return Invitation(**said)

"""Inviting people of the record: makes the account, binds the record to it, and sends the mail.

The binding is made here, when the office invites, and nowhere else. An address that could be
somebody else's is refused with what to do about it; two people are never merged.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.people import invitations
from isso.requests.people.accounts import address_is_taken, make_account
from isso.requests.people.addresses import login_address
from isso.requests.people.models import Invitation, InvitationState, Purpose, User
from isso.requests.people.roles import Role

from .choices import Stage
from .models import ScholarDetails, StudentRecord

# How many records are looked at with one set of queries.
AT_ONCE = 500


class Access(models.TextChoices):
    """How far a person is on the way into the portal."""

    NOT_INVITED = "not_invited", gettext_lazy("Not invited")
    INVITED = "invited", gettext_lazy("Invited")
    EXPIRED = "expired", gettext_lazy("Invitation expired")
    REVOKED = "revoked", gettext_lazy("Invitation taken back")
    SIGNS_IN = "signs_in", gettext_lazy("Signs in")
    CLOSED = "closed", gettext_lazy("Account closed")


_BY_INVITATION = {
    InvitationState.OPEN: Access.INVITED,
    InvitationState.EXPIRED: Access.EXPIRED,
    InvitationState.REVOKED: Access.REVOKED,
    InvitationState.ACCEPTED: Access.SIGNS_IN,
}


def access_of(user, newest: Invitation | None, has_accepted: bool) -> Access:
    """Say how far a person is, by the account, the newest invitation and whether one was taken."""
    if user is None:
        return Access.NOT_INVITED
    if not user.is_active:
        return Access.CLOSED
    if user.last_login or has_accepted:
        return Access.SIGNS_IN
    return _BY_INVITATION[newest.state] if newest else Access.NOT_INVITED


class CannotInvite(Exception):
    """Somebody who is not invited as the record stands; the sentence says what to do."""


@dataclass(frozen=True)
class Prospect:
    """One person who may be invited: how far he is, and what stands in the way."""

    record: StudentRecord
    access: Access
    purpose: Purpose
    # His newest invitation.
    invitation: Invitation | None = None
    # Why he cannot be invited, with what to do; empty for whom it is possible.
    obstacle: str = ""


@transaction.atomic
def invite_person(record, *, by=None, purpose=None, occasion="") -> tuple[Invitation, bool]:
    """Invite the person of a record; return the invitation and whether a mail was written.

    Raises CannotInvite with the sentence. However often and by however many it is called, one
    person has one account and one open invitation.
    """
    # Without a join: who waited for the lock would find the account of before the wait there.
    locked = StudentRecord.objects.select_for_update().get(pk=record.pk)
    prospect = prospects_of([locked])[0]
    if prospect.obstacle:
        raise CannotInvite(prospect.obstacle)
    if locked.user is None:
        locked.user = _make_account(locked, prospect.purpose)
        locked.save(update_fields=["user"])
        record.user = locked.user
    return invitations.invite(locked.user, purpose or prospect.purpose, by=by, occasion=occasion)


def _make_account(record, purpose):
    try:
        return make_account(
            record.email,
            full_name=record.full_name[:160],
            preferred_name=record.preferred_name,
            role=Role.SCHOLAR if purpose == Purpose.SCHOLAR else Role.STUDENT,
        )
    except ValidationError as error:
        raise CannotInvite(" ".join(error.messages)) from None


def prospects_of(records) -> list[Prospect]:
    """Say of each record how far its person is and whether he can be invited now.

    The records come with their users read along; the queries are those of one record for every
    five hundred.
    """
    records = list(records)
    return [
        prospect
        for start in range(0, len(records), AT_ONCE)
        for prospect in _Surroundings(records[start : start + AT_ONCE]).prospects()
    ]


class _Surroundings:
    """What of the office decides whether a batch of people can be invited, read together."""

    def __init__(self, records):
        self.records = records
        users = [record.user_id for record in records if record.user_id]
        made = list(Invitation.objects.filter(user__in=users).order_by("created_at", "pk"))
        self.newest = {each.user_id: each for each in made}
        self.accepted = {each.user_id for each in made if each.accepted_at}
        self.scholars = set(
            ScholarDetails.objects.filter(record__in=records).values_list("record_id", flat=True)
        )
        addresses = {_plain(record.email) for record in records} - {""}
        self.holders, self.owners = Counter(), defaultdict(set)
        for address, user_id in _who_has(addresses):
            if user_id is None:
                self.holders[address] += 1
            else:
                self.owners[address].add(user_id)

    def prospects(self):
        """Yield what is known of each, in the order of the records."""
        for record in self.records:
            invitation = self.newest.get(record.user_id)
            yield Prospect(
                record,
                access_of(record.user, invitation, record.user_id in self.accepted),
                self._purpose(record),
                invitation,
                self._obstacle(record),
            )

    def _purpose(self, record):
        if record.pk in self.scholars:
            return Purpose.SCHOLAR
        if record.stage == Stage.PRE_ARRIVAL and record.deposit_paid_on:
            return Purpose.ADMITTED
        return Purpose.STUDENT

    def _obstacle(self, record):
        if record.stage == Stage.PROPOSED:
            return _("A department has proposed this person. The invitation follows our approval.")
        if record.stage == Stage.ARCHIVED:
            return _("The record is archived. Change its stage first, if the person is back.")
        if record.user and not record.user.is_active:
            return _("The account is closed. Somebody who looks after users can open it again.")
        try:
            address = login_address(record.email)
        except ValidationError as error:
            return " ".join(error.messages)
        if record.user and record.user.email != address:
            return _(
                "The record says %(record)s, but the person signs in with %(login)s. Confirm the "
                "new address on the student’s page, or correct the record."
            ) % {"record": address, "login": record.user.email}
        if self.holders[address] > 1:
            return _(
                "Another record has the address %(email)s, too. Correct the one it does not "
                "belong to."
            ) % {"email": address}
        if self.owners[address] - {record.user_id}:
            return " ".join(address_is_taken(address).messages)
        return ""


def _plain(email):
    return email.strip().lower()


def _who_has(addresses):
    """Return (address, key of the user who has it, or nothing for each record that has it)."""
    verified = EmailAddress.objects.filter(verified=True)
    return _having(User.objects, addresses, models.F("pk")).union(
        _having(verified, addresses, models.F("user_id")),
        _having(
            StudentRecord.objects.known(), addresses, models.Value(None, models.BigIntegerField())
        ),
        all=True,
    )


def _having(found, addresses, user_id):
    found = found.annotate(plain_email=Lower("email"), owned_by=user_id).order_by()
    return found.filter(plain_email__in=addresses).values_list("plain_email", "owned_by")

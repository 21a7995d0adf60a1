"""A new address to sign in with: it counts once somebody of the office has confirmed it.

Whoever can change an address takes over what belongs to it. So an import or a correction of the
record changes the login of nobody; the desk shows the difference, and a person decides.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from isso.requests.people.accounts import address_is_taken, change_login
from isso.requests.people.addresses import is_anothers, login_address

from .models import RecordChange, StudentRecord


class CannotConfirm(Exception):
    """The login stays as it is; the sentence says why."""


@transaction.atomic
def confirm_address(record, *, seen: str, by) -> str:
    """Let a person sign in with the address of the record from now on; return it.

    ``seen`` is the address that was on the screen. The old address is told by mail, every session
    ends, and open invitations to the old address are taken back. Raises CannotConfirm.
    """
    # Without a join: who waited for the lock would find the account of before the wait there.
    locked = StudentRecord.objects.select_for_update().get(pk=record.pk)
    try:
        address = login_address(locked.email)
        if address != seen:
            raise ValidationError(
                _("The record has changed meanwhile. Look at the addresses again.")
            )
        others = StudentRecord.objects.known().filter(email__iexact=address).exclude(pk=locked.pk)
        if others.exists() or is_anothers(address, locked.user):
            raise address_is_taken(address)
        before = change_login(locked.user, address, by=by)
    except ValidationError as error:
        raise CannotConfirm(" ".join(error.messages)) from None
    if before != address:
        RecordChange.objects.create(
            record=locked,
            field="user",
            old=before,
            new=address,
            by=by,
            source=_("Sign-in address confirmed by the office"),
        )
    return address

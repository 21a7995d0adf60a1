"""How an account comes about: for somebody invited, at one address, with one role."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import campus
from .addresses import is_anothers, login_address
from .invitation_mails import tell_old_address
from .invitations import revoke
from .models import User
from .roles import Role


def make_account(
    email: str, *, full_name: str, preferred_name: str = "", role: Role | None = None
) -> User:
    """Make the account of somebody who is invited next; nobody has a password at first.

    Raises ValidationError for an address that cannot be a login or belongs to somebody already.
    """
    address = login_address(email)
    if is_anothers(address):
        raise address_is_taken(address)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                address, full_name=full_name, preferred_name=preferred_name
            )
    except IntegrityError:
        # Somebody else was invited at the same address a moment ago.
        raise address_is_taken(address) from None
    if role:
        group, _is_new = Group.objects.get_or_create(name=role)
        user.groups.add(group)
    return user


@transaction.atomic
def change_login(user: User, address: str, *, by: User | None, tell=tell_old_address) -> str:
    """Let a person sign in with another address from now on; return the one before.

    ``address`` is a checked one (addresses.py). The old one opens nothing any more: its sessions
    end, its open invitation is taken back, and ``tell`` writes it a mail. Where the campus account
    has ended, its binding goes, too. Raises ValidationError where another account has the address.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    before = locked.email
    if before == address:
        return before
    locked.email = address
    if locked.campus_ended_at and not locked.campus_email:
        locked.campus_email = before
        campus.unbind(locked)
    try:
        with transaction.atomic():
            locked.save(update_fields=["email", "campus_email"])
    except IntegrityError:
        raise address_is_taken(address) from None
    user.email = address
    # A sign-in code would still go to an address that is kept here.
    EmailAddress.objects.filter(user=locked).filter(
        Q(primary=True) | Q(email__iexact=before)
    ).delete()
    for invitation in locked.invitations.unanswered():
        revoke(invitation, by=by)
    locked.browser_sessions.end()
    tell(locked, before)
    return before


def address_is_taken(address: str) -> ValidationError:
    """Return the refusal of an address of somebody else, with what to do."""
    return ValidationError(
        _(
            "%(email)s is the address of another account. Ask the person for another address, or "
            "for which of the two it is, and correct the record."
        )
        % {"email": address}
    )

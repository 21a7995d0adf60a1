"""How an account comes about: for somebody invited, at one address, with one role."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .addresses import is_anothers, login_address
from .models import User
from .roles import Role


def make_account(email: str, *, full_name: str, preferred_name: str = "", role: Role) -> User:
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
    group, _is_new = Group.objects.get_or_create(name=role)
    user.groups.add(group)
    return user


def address_is_taken(address: str) -> ValidationError:
    """Return the refusal of an address of somebody else, with what to do."""
    return ValidationError(
        _(
            "%(email)s is the address of another account. Ask the person for another address, or "
            "for which of the two it is, and correct the record."
        )
        % {"email": address}
    )

"""Finds what the office knows of an address that cannot sign in.

This room knows no records; the one that does registers who says what stands in them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import campus
from .invitations import has_entered
from .models import User
from .roles import may_enter_admin
from .sign_in_answers import Facts, OnFile


@dataclass(frozen=True)
class RecordOfAddress:
    """What the records say of one address, and the key of the one record it leads to."""

    on_file: OnFile | None = None
    key: int | None = None


@dataclass(frozen=True)
class Found:
    """The facts of an address, and whose it is as far as that is known."""

    facts: Facts
    user: User | None = None
    record_key: int | None = None


# Asked with an address and the person who signs in with it, if there is one.
_providers: list[Callable[[str, User | None], RecordOfAddress]] = []


def register_records(provider: Callable[[str, User | None], RecordOfAddress]):
    """Name the function that looks an address up in the records."""
    _providers.append(provider)


def find(email: str) -> Found:
    """Return what is known of an address, written as logins are (addresses.py)."""
    user = User.objects.filter(email__iexact=email).first()
    record = _in_the_records(email, user)
    if user is not None:
        return Found(_of_account(user, email), user, record.key)
    for column, fact in (("personal_email", "is_personal"), ("campus_email", "is_former")):
        person = User.objects.filter(**{f"{column}__iexact": email}).first()
        if person is not None:
            facts = Facts(is_active=person.is_active, **{fact: True})
            return Found(facts, person, _in_the_records("", person).key)
    return Found(Facts(on_file=record.on_file), None, record.key)


def _in_the_records(email, user):
    for provider in _providers:
        return provider(email, user)
    return RecordOfAddress()


def _of_account(user, email):
    newest = user.invitations.first()
    return Facts(
        has_account=True,
        is_active=user.is_active,
        is_staff=may_enter_admin(user),
        has_entered=has_entered(user),
        invitation=newest.state if newest else None,
        is_bound=campus.is_bound(user),
        is_campus_address=campus.is_campus_address(email),
    )

"""The personal e-mail address: proven while the campus account lasts, and the login afterwards.

It is proven by a code out of a mail and opens nothing as long as the campus account does. Two
things move a person to it, that account's end and this proof, whichever comes second (decision 25).
The person is known by the account; nobody is looked for by an address.
"""

from collections.abc import Callable
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from . import campus
from .accounts import change_login
from .addresses import is_anothers, verify_address
from .models import User
from .roles import PARTNER_ROLES, may_enter_admin
from .sign_in_mails import send_code

# Told of everybody who has moved: the person, the address of before, and who ended the account.
_followers: list[Callable[[User, str, User | None], None]] = []


def register_follower(follower: Callable[[User, str, User | None], None]):
    """Name what keeps a login elsewhere, and has to hear when it has moved."""
    _followers.append(follower)


def may_have_one(user) -> bool:
    """Tell whether this person's login may move: not that of staff and partners, who work here."""
    return not may_enter_admin(user) and not user.roles & PARTNER_ROLES


def is_asked_of(user) -> bool:
    """Tell whether this person's login ends with the studies, and nothing would take its place.

    Without a campus sign-in nobody knows which addresses end, so everybody is asked.
    """
    if user.personal_email_verified_at or user.campus_email or not may_have_one(user):
        return False
    return not campus.is_on() or campus.is_campus_address(user.email) or campus.is_bound(user)


def has_moved(user) -> bool:
    """Tell whether the campus account is over for this login: another address needs the office."""
    return bool(user.campus_email or (user.campus_ended_at and user.personal_email_verified_at))


def send_proof(user, email) -> list[str]:
    """Mail a code to an address, and return what ``open_code`` takes, for the person's session.

    The address of somebody else gets a mail without a code, so that no page tells whose it is.
    """
    if not is_anothers(email, user):
        return send_code(email, get_adapter().generate_login_code(), "personal_email_code")
    _tell("personal_email_taken", email)
    return []


@transaction.atomic
def confirm(user, email):
    """Note that this person reads the mail of a personal address.

    The one before, if there was another, and the login are told. Raises ValidationError where the
    address has become somebody else's meanwhile, or the login has moved.
    """
    locked = _locked(user)
    if has_moved(locked) or is_anothers(email, locked):
        raise _impossible()
    before = locked.personal_email
    locked.personal_email, locked.personal_email_verified_at = email, timezone.now()
    try:
        with transaction.atomic():
            locked.save(update_fields=["personal_email", "personal_email_verified_at"])
    except IntegrityError:
        # Somebody else has confirmed it a moment ago.
        raise _impossible() from None
    if before and before != email:
        _tell("personal_email_replaced", before)
    if locked.campus_ended_at:
        _move(locked, by=None)
    elif locked.email != email:
        _tell("personal_email_confirmed", locked.email, locked, email=email)


@transaction.atomic
def end_campus_account(user, *, by: User | None = None):
    """Note, once, that a campus account has ended; a confirmed personal address takes over.

    Without one everything stays as it was, and the office sees it (``stranded``).
    """
    locked = _locked(user)
    if locked.campus_ended_at is None:
        locked.campus_ended_at = timezone.now()
        locked.save(update_fields=["campus_ended_at"])
        _move(locked, by)


def stranded():
    """Return the people whose campus account has ended while they had no address to move to."""
    return User.objects.filter(
        campus_ended_at__isnull=False,
        campus_email="",
        personal_email_verified_at=None,
        is_active=True,
    )


def _move(user, by):
    """Let the personal address open the portal, and the campus account no more."""
    before, address = user.email, user.personal_email
    if not user.personal_email_verified_at or not may_have_one(user):
        return
    if is_anothers(address, user):
        _forget(user)
        return
    if address == before:
        campus.unbind(user)
        return
    change_login(user, address, by=by, tell=lambda _user, old: _tell("campus_login_ended", old))
    _forget(user)
    verify_address(user, address)
    _tell("personal_email_in_use", address, user, email=address)
    for follower in _followers:
        follower(user, before, by)


def _forget(user):
    user.personal_email, user.personal_email_verified_at = "", None
    user.save(update_fields=["personal_email", "personal_email_verified_at"])


def _impossible():
    return ValidationError(_("This address cannot be used for your account. Type another one."))


def _locked(user):
    return User.objects.select_for_update().get(pk=user.pk)


def _tell(key, address, user=None, **words):
    """Write a mail; without ``user`` it names nobody, as its reader may be a stranger."""
    name = user.get_short_name() if user else ""
    notify(
        key,
        to=address,
        name=name,
        dedupe=f"{key}:{uuid4()}",
        context=office_context() | {"name": name} | words,
        links={"link": ["sign_in"]} if key == "personal_email_in_use" else {},
        audience="student",
    )

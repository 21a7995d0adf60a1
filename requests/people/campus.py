"""Who is who at the campus sign-in: bound by the provider's number, never by an e-mail address.

A person is bound once, by an invitation or while signed in another way; afterwards this number
(issuer and ``sub``) and nothing else finds the person.
"""

from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction

from .models import User
from .roles import may_enter_admin


class CannotBind(Exception):
    """This campus account or this person belongs to somebody else already."""


def is_on() -> bool:
    """Tell whether the office has a campus sign-in."""
    return bool(settings.OIDC_ISSUER)


def form_origins() -> list[str]:
    """Return the sites a form may end on, for the Content-Security-Policy of the sign-in page.

    Chromium holds every redirect after a form against it, so further sites on the provider's way
    are named in OIDC_ORIGINS.
    """
    if not is_on():
        return []
    parts = urlsplit(settings.OIDC_ISSUER)
    return [f"{parts.scheme}://{parts.netloc}", *settings.OIDC_ORIGINS]


def is_campus_address(email) -> bool:
    """Tell whether people with such an address have a campus account: only its domain is asked."""
    return is_on() and email.rpartition("@")[2].lower() in settings.OIDC_EMAIL_DOMAINS


def is_bound(user) -> bool:
    """Tell whether this person signs in at the campus sign-in."""
    return is_on() and _accounts().filter(user=user).exists()


def may_be_connected(user) -> bool:
    """Tell whether a campus account may still come to this person: none is bound, nor has ended."""
    return is_on() and not user.campus_ended_at and not is_bound(user)


def takes_codes(user) -> bool:
    """Tell whether this person may sign in with a mailed code: neither staff nor who is bound."""
    return not may_enter_admin(user) and not is_bound(user)


def person_of(subject) -> User | None:
    """Return who is bound to this number of the provider, a closed account, too."""
    account = _accounts().filter(uid=subject).select_related("user").first()
    return account.user if account else None


def bind(user, subject):
    """Bind a person to a number of the provider for good; raises CannotBind."""
    try:
        with transaction.atomic():
            # One person has one campus account: a second one would be a second person's key.
            User.objects.select_for_update().get(pk=user.pk)
            if _accounts().filter(user=user).exclude(uid=subject).exists():
                raise CannotBind
            account, _is_new = SocialAccount.objects.get_or_create(
                provider=settings.OIDC_ISSUER, uid=subject, defaults={"user": user}
            )
    except IntegrityError as error:
        raise CannotBind from error
    if account.user_id != user.pk:
        raise CannotBind


def unbind(user) -> bool:
    """Take a person's binding away; he signs in with codes until bound anew. Tell if he had one."""
    deleted, _of_which = _accounts().filter(user=user).delete()
    return bool(deleted)


def _accounts():
    return SocialAccount.objects.filter(provider=settings.OIDC_ISSUER)

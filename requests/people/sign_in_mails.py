"""The mails of signing in. A code is sealed in the outbox and opened when its mail leaves.

For every address the same is done, so that nobody can tell by the clock who is known here.
"""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import uuid4

from allauth.account.internal.userkit import filter_users_by_email
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from isso.requests.notices.links import DeadLink
from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from . import campus
from .invitations import is_taken_back

SALT = "isso.requests.people.sign_in_mails"


def send_code(email, code, key="sign_in_code"):
    """Put the mail with a code into the outbox, which cannot read it.

    Return what ``open_code`` takes: the sealed code, and until when it counts.
    """
    until = timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    sealed = [_seal().encrypt(code.encode()).decode(), until.isoformat()]
    _write(key, email, {"code": ["sign_in_code", *sealed]})
    return sealed


def send_no_code(email):
    """Answer who asked for a code and gets none: the staff and people with a campus account.

    For a stranger the same row is written and taken back: strangers get no mail of ours.
    """
    person = next(iter(filter_users_by_email(email, is_active=True)), None)
    with transaction.atomic():
        notice = _write(
            "sign_in_elsewhere",
            email,
            {"link": ["sign_in"]},
            campus_name=settings.OIDC_NAME if campus.is_on() else "",
        )
        if person is None or is_taken_back(person):
            notice.delete()


def tell_connected(user):
    """Tell a person that a campus account opens the portal from now on, in case it is not his."""
    _write("campus_connected", user.email, {"link": ["sign_in"]}, campus_name=settings.OIDC_NAME)


def open_code(sealed, until):
    """Return a code that is needed now; raises DeadLink when it has run out."""
    if timezone.now() >= datetime.fromisoformat(until):
        raise DeadLink("The code has run out.")
    return _seal().decrypt(sealed.encode()).decode()


def _write(key, email, links, **words):
    return notify(
        key,
        to=email,
        dedupe=f"{key}:{uuid4()}",
        context=office_context() | words,
        links=links,
        audience="visitor",
    )


def _seal():
    key = salted_hmac(SALT, "code", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))

"""The code that opens the list of requests that wait for one address.

A code is made from a random number with the office's secret, at the moment it is mailed and again
when it is typed: neither the outbox nor the session holds it, not even hashed.
"""

import secrets
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from isso.requests.notices.links import DeadLink
from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from .waiting_offices import waiting

SALT = "isso.requests.waiting_codes"
CODE_LIFETIME = timedelta(minutes=10)
LIST_LIFETIME = timedelta(minutes=30)
DIGITS = 8


def waiting_for(email):
    """Return the approvals that wait for an address now, in every step, the oldest first."""
    return waiting().filter(email__iexact=email)


def new_number():
    """Return the random number from which one code is made."""
    return secrets.token_urlsafe(24)


def code_of(number):
    """Return the digits that belong to a number; without the office's secret nobody can."""
    digest = salted_hmac(SALT, number, algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}d}"


def is_code(number, typed):
    """Return whether these are the digits of a number, however they are grouped."""
    digits = "".join(typed.split()).replace("-", "")
    return constant_time_compare(code_of(number), digits)


def send_code(email, number):
    """Put the mail with the code into the outbox, if anything waits for this address."""
    first = waiting_for(email).first()
    if first is None:
        return
    until = timezone.now() + CODE_LIFETIME
    notify(
        "approver_code",
        to=first.email,
        name=first.name,
        dedupe=f"approver_code:{number}",
        context=office_context(),
        links={"code": ["approver_code", number, until.isoformat()]},
        audience="approver",
    )


def code_for_mail(number, until):
    """Return the code for a mail that leaves now; raises DeadLink when it has run out."""
    if timezone.now() >= datetime.fromisoformat(until):
        raise DeadLink("The code has run out.")
    return f"{code_of(number)[:4]} {code_of(number)[4:]}"

"""A department begins with somebody whom the office does not know yet: a record and its request."""

from django.db import transaction

from isso.requests.records.proposing import propose_scholar

from .drafting import start
from .models import StudentRequest
from .registry import all_types
from .request_type import AskedBy


def departments_ask_for():
    """Return the types that departments ask for, by their key."""
    return {key: each for key, each in all_types().items() if each.asked_by == AskedBy.DEPARTMENT}


def first_key():
    """Return the key of what a department asks for about somebody new, or None.

    It is the one that the scholar completes.
    """
    return next((key for key, each in departments_ask_for().items() if each.followed_by), None)


@transaction.atomic
def start_for_newcomer(department, person, actor, *, by, start_key, override=""):
    """Return a draft about somebody new; pressing twice leads to the same one.

    ``person`` holds given_name, family_name and email. Raises NotOffered and NotAllowed; then no
    record is left behind.
    """
    key = start_key.replace("\x00", "")[:40]
    begun = StudentRequest.objects.own(by).filter(started_by=by, department__iexact=department)
    if key and (earlier := begun.filter(start_key__endswith=f":{key}").first()):
        return earlier
    record = propose_scholar(department=department, by=by, **person)
    return start(
        record, first_key(), actor, start_key=key, department=department, override=override
    )

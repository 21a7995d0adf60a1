"""A department begins with somebody whom the office does not know: the record and the draft."""

from uuid import uuid4

from django.db import IntegrityError, transaction

from isso.requests.people.models import User
from isso.requests.records.proposing import propose_scholar

from .beginning import new_draft
from .drafting import NotOffered, refuse_wrong_asker
from .models import StudentRequest
from .registry import all_types, get_type
from .request_type import AskedBy
from .standing import standing_of


def departments_ask_for():
    """Return the types that departments ask for, by their key."""
    return {key: each for key, each in all_types().items() if each.asked_by == AskedBy.DEPARTMENT}


def first_key():
    """Return the key of what a department asks for about somebody new, or None.

    It is the one that the scholar completes.
    """
    return next((key for key, each in departments_ask_for().items() if each.followed_by), None)


def propose(type_key, actor, *, department, start_key, person, override=""):
    """Return the draft about a new person; a second press of the button leads to the same one.

    ``person`` holds given_name, family_name and email. Raises NotAllowed, NotOffered unless a
    member of the office gives a reason to override it, and ValidationError for a name or address
    that cannot be; then no record is left behind.
    """
    refuse_wrong_asker(None, get_type(type_key), actor, department)
    pressed = start_key.replace("\x00", "") or uuid4()
    key = f"new:{actor.user_id}:{department.casefold()[:12]}:{pressed}"[:64]
    try:
        with transaction.atomic():
            if made := StudentRequest.objects.filter(start_key=key).first():
                return made
            by = User.objects.get(pk=actor.user_id)
            record = propose_scholar(department=department, by=by, **person)
            offer = standing_of(record, type_key)
            if not offer.verdict.is_open and not (actor.enters_for_departments and override):
                raise NotOffered(offer.verdict)
            return new_draft(
                record, offer.type, actor, key, override=override, department=department
            )
    except IntegrityError:
        # Two presses at the same instant: the record of the second went with its draft.
        return StudentRequest.objects.get(start_key=key)

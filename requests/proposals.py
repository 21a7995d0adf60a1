"""A department asks about somebody whom the office does not know: the record and the draft."""

from django.db import IntegrityError, transaction

from isso.requests.people.models import User
from isso.requests.records.proposing import propose_scholar

from .beginning import new_draft
from .drafting import NotOffered, refuse_wrong_asker
from .models import StudentRequest
from .registry import get_type
from .standing import standing_of


def propose(type_key, actor, *, department, start_key, family_name, given_name, email):
    """Return the draft about a new person; a second press of the button leads to the same one.

    Raises NotAllowed, NotOffered, and ValidationError for a name or address that cannot be.
    """
    refuse_wrong_asker(None, get_type(type_key), actor, department)
    key = f"proposal:{actor.user_id}:{start_key}"[:64]
    try:
        with transaction.atomic():
            if made := StudentRequest.objects.filter(start_key=key).first():
                return made
            record = propose_scholar(
                department=department,
                family_name=family_name,
                given_name=given_name,
                email=email,
                by=User.objects.get(pk=actor.user_id),
            )
            offer = standing_of(record, type_key)
            if not offer.verdict.is_open:
                raise NotOffered(offer.verdict)
            return new_draft(record, offer.type, actor, key, department=department)
    except IntegrityError:
        # Two presses at the same instant: the record of the second went with its draft.
        return StudentRequest.objects.get(start_key=key)

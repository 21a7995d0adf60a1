"""What the records say of an address that cannot sign in, for the room that mails the answer."""

from django.db.models import Q

from isso.requests.people.models import User
from isso.requests.people.sign_in_answers import OnFile
from isso.requests.people.sign_in_facts import RecordOfAddress

from .choices import Stage
from .models import StudentRecord


def record_of_address(email: str, user: User | None) -> RecordOfAddress:
    """Return the record of a person, or the one an address without an account leads to."""
    if user is not None:
        record = StudentRecord.objects.filter(user=user).only("pk").first()
        return RecordOfAddress(key=record.pk if record else None)
    if not email:
        return RecordOfAddress()
    known = StudentRecord.objects.known()
    found = known.filter(Q(email__iexact=email) | Q(personal_email__iexact=email))
    # Two are enough to know that there is more than one.
    records = list(found.exclude(stage=Stage.ARCHIVED).select_related("user")[:2])
    if not records:
        return RecordOfAddress()
    if len(records) > 1:
        return RecordOfAddress(OnFile.SEVERAL)
    [record] = records
    return RecordOfAddress(_standing(record), record.pk)


def _standing(record):
    if record.user is not None:
        return OnFile.UNVERIFIED
    if record.stage == Stage.PRE_ARRIVAL and record.deposit_paid_on is None:
        return OnFile.NO_DEPOSIT
    return OnFile.READY

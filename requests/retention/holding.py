"""Legal holds: nothing of a person, or of one request, is deleted before somebody lifts them."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.models import StudentRecord

from ..models import RetentionEntry, RetentionHold, StudentRequest


def hold(record, why, by, student_request=None):
    """Hold everything of a person, or one request; the hold that is there already stays.

    It waits for a worker that is at this very object, and thus either comes in time or not at
    all. Raises ``ValidationError`` without a reason and for a person who is anonymous already.
    """
    if not why.strip():
        raise ValidationError({"why": _("Write the reason.")})
    of_whom = {"record": record, "student_request": student_request, "lifted_at": None}
    try:
        with transaction.atomic():
            if student_request is not None:
                StudentRequest.objects.select_for_update(of=("self",)).get(pk=student_request.pk)
            locked = StudentRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
            if locked.anonymized_at:
                raise ValidationError({"why": _("This person has been made anonymous already.")})
            found, _new = RetentionHold.objects.get_or_create(
                **of_whom, defaults={"why": why.strip(), "by": by}
            )
    except IntegrityError:
        found = RetentionHold.objects.get(**of_whom)
    return found


@transaction.atomic
def lift(held, by):
    """End a hold; returns whether it was still in force. What it kept is announced anew."""
    still = RetentionHold.objects.in_force().filter(pk=held.pk)
    if not still.update(lifted_at=timezone.now(), lifted_by=by):
        return False
    kept = RetentionEntry.objects.planned().filter(record=held.record_id)
    if held.student_request:
        kept = kept.filter(reference=held.student_request.reference)
    kept.update(told_at=None)
    return True


def held_people():
    """Return the keys of the records of which everything is held, as a query."""
    in_force = RetentionHold.objects.in_force().filter(student_request__isnull=True)
    return in_force.values("record")


def people_with_a_hold():
    """Return the keys of the records of which anything is held, as a query."""
    return RetentionHold.objects.in_force().values("record")


def held_requests():
    """Return the keys of the requests that are held, by themselves or with their person."""
    alone = RetentionHold.objects.in_force().filter(student_request__isnull=False)
    held = Q(pk__in=alone.values("student_request")) | Q(student__in=held_people())
    return StudentRequest.objects.filter(held).values("pk")

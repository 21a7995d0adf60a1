"""What “recorded in SEVIS” says: a day that can be, and the SEVIS ID of a new record."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.requests.people.models import User
from isso.requests.records.changing import add_to_record, change_record
from isso.requests.records.models import FormerSevisId, StudentRecord

from .answers import situation_of, typed_answers
from .form_fields import SevisId


def may_be_recorded(student_request, actor, data):
    """Refuse a day on which it cannot have been keyed, and an ID that cannot be this person's.

    Returns the ID as it is kept, where these answers make a record in SEVIS.
    """
    if data.get("recorded_on") is not None:
        _check_day(student_request, data["recorded_on"])
    request_type, answers = student_request.type, student_request.answers
    if kept := request_type.sevis_id_kept(answers):
        # It is written with the completion; that it cannot be is better known before the form.
        _refuse_a_strangers(student_request, SevisId().to_python(kept))
    if not request_type.makes_sevis_id(answers):
        return {}
    sevis_id = _read_id(data.get("sevis_id", ""))
    _refuse_a_strangers(student_request, sevis_id)
    return {"sevis_id": sevis_id}


def keep_sevis_id(student_request, actor, data, approval_before):
    """Write the ID into the record, with its history; two at once never get the same one."""
    if not (sevis_id := data.get("sevis_id")):
        return
    record, earlier = student_request.student, student_request.student.sevis_id
    told = {
        "by": User.objects.filter(pk=actor.user_id).first(),
        "source": f"{student_request.type.title} {student_request.reference}",
    }
    try:
        with transaction.atomic():
            change_record(record, {"sevis_id": sevis_id}, **told)
    except IntegrityError as error:
        raise ValidationError({"sevis_id": _stands_elsewhere()}) from error
    except ValidationError:
        # Somebody else's record may have got it since it was looked at.
        _refuse_a_strangers(student_request, sevis_id)
        raise
    # Recorded again, it corrects what was noted wrong: that was never anybody's.
    is_first = student_request.history.filter(action="record").count() == 1
    if earlier and earlier != sevis_id and is_first:
        former = {"sevis_id": earlier, "until": timezone.localdate()}
        add_to_record(record, FormerSevisId, former, **told)


def _check_day(student_request, day):
    """What stands in SEVIS was keyed after the office agreed, and not in the future."""
    if day > timezone.localdate():
        raise ValidationError({"recorded_on": _("Choose today or an earlier day.")})
    approved_on = timezone.localdate(student_request.decided_at)
    if day < approved_on:
        raise ValidationError(
            {
                "recorded_on": _("We approved it on %(day)s. Choose that day or a later one.")
                % {"day": date_format(approved_on, "F j, Y")}
            }
        )
    first = student_request.type.record_from(_typed(student_request))
    if first and day < first:
        raise ValidationError(
            {
                "recorded_on": _("It can be recorded from %(day)s on, not before.")
                % {"day": date_format(first, "F j, Y")}
            }
        )


def _typed(student_request):
    values, _errors = typed_answers(student_request, situation_of(student_request))
    return values


def _read_id(typed):
    try:
        return SevisId(
            error_messages={"required": _("Enter the SEVIS ID that SEVIS gave the new record.")}
        ).clean(typed)
    except ValidationError as error:
        raise ValidationError({"sevis_id": error.messages}) from error


def _refuse_a_strangers(student_request, sevis_id):
    others = StudentRecord.objects.exclude(pk=student_request.student_id)
    is_theirs = Q(sevis_id=sevis_id) | Q(former_sevis_ids__sevis_id=sevis_id)
    if others.filter(is_theirs).exists():
        raise ValidationError({"sevis_id": _stands_elsewhere()})


def _stands_elsewhere():
    return _("This SEVIS ID stands on another record. Compare it with SEVIS.")

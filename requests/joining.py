"""“This is somebody we know”: a department's proposal moves to the record the person has already.

An advisor says so, never a comparison of names. What was made for the proposal goes.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from isso.requests.people.models import User
from isso.requests.records.changing import change_record
from isso.requests.records.choices import Stage
from isso.requests.records.models import StudentRecord

from .models import Document, GeneralThread, HistoryEntry, StudentRequest
from .perform import NotAllowed, NotPossible
from .permissions import advisor
from .retention.anonymizing import make_anonymous


def may_be_joined(student_request):
    """Tell whether it is about somebody of whom only its department has spoken so far."""
    return bool(
        student_request.department
        and student_request.is_open
        and student_request.student.stage == Stage.PROPOSED
    )


@transaction.atomic
def join(student_request, record, actor):
    """Let a proposal be about this known person from now on, and return the request.

    Raises NotAllowed, NotPossible, and ValidationError where the two do not come together cleanly.
    """
    locked = (
        StudentRequest.objects.select_for_update(of=("self",))
        .select_related("student__user")
        .get(pk=student_request.pk)
    )
    proposed = StudentRecord.objects.select_for_update(of=("self",)).get(pk=locked.student_id)
    known = StudentRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if not advisor(locked, actor) or known.user_id == actor.user_id:
        raise NotAllowed
    if not may_be_joined(locked):
        raise NotPossible(_("This request is about somebody the office knows already."))
    _refuse_unclean(locked, proposed, known)
    locked.student = known
    locked.version += 1
    locked.save(update_fields=["student", "version"])
    Document.objects.filter(student_request=locked).update(student=known)
    HistoryEntry.objects.note(
        locked, "join_record", _("Joined to a known record"), actor, note=known.full_name
    )
    # The person's own address must not be taken from the mails of the known record.
    by = User.objects.get(pk=actor.user_id)
    change_record(proposed, {"email": ""}, by=by, source=f"Joined, {locked.reference}")
    make_anonymous(proposed)
    return locked


def _refuse_unclean(locked, proposed, known):
    if known.stage in (Stage.PROPOSED, Stage.ARCHIVED):
        raise ValidationError(_("Choose somebody whom the office knows and has not archived."))
    asked = StudentRequest.objects.open_for(known, locked.type_key, locked.department)
    if asked.filter(purpose=locked.purpose).exists():
        raise ValidationError(
            _("The department %(department)s has an open request of this kind about %(name)s.")
            % {"department": locked.department, "name": known.full_name}
        )
    others = proposed.requests.exclude(pk=locked.pk).exists()
    files = proposed.documents.exclude(student_request=locked).exists()
    talk = GeneralThread.objects.filter(record=proposed).exists()
    if proposed.user_id or others or files or talk:
        raise ValidationError(
            _("More belongs to the proposal than this request. Settle that first.")
        )

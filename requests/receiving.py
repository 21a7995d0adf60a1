"""What a student sends without a request: received with a receipt, settled by an advisor."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import checked_upload
from isso.requests.records.models import StudentRecord

from .assignment import advisor_for
from .models import Document
from .perform import NotAllowed, NotPossible
from .record_mails import write_record_mail


def receive_document(record, uploaded, *, kind, dated_on=None, note=""):
    """Keep a file the student sends and hand it to the student's advisor; return the document.

    The same file again, before anybody has dealt with it, is the one that is there. Raises
    ``ValidationError`` at ``file`` for one that cannot be kept.
    """
    try:
        checked = checked_upload(uploaded)
    except ValidationError as error:
        raise ValidationError({"file": error}) from error
    with transaction.atomic():
        # Of two presses at once the second one waits here and then finds the first one's file.
        StudentRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
        sent = Document.objects.inbox().filter(student=record, sha256=checked.sha256, kind=kind)
        if (existing := sent.first()) is not None:
            return existing
        return Document.objects.keep(
            checked,
            student=record,
            origin=Document.Origin.STUDENT,
            title=Document.Kind(kind).label,
            kind=kind,
            dated_on=dated_on,
            note=note.replace("\x00", "").strip(),
            added_by=record.user,
            assignee=advisor_for(record),
        )


@transaction.atomic
def settle_document(document, actor, *, answer="", filed_with=None):
    """Note that an advisor has dealt with a document; the student reads the ``answer``.

    Raises NotAllowed for anybody but the office and for one's own document, NotPossible when
    somebody was faster, ValidationError for an answer or request that does not fit.
    """
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    record = locked.student
    if not actor.is_staff or record.user_id == actor.user_id:
        raise NotAllowed
    if locked.settled_at is not None:
        raise NotPossible(_("Somebody has dealt with this document meanwhile."))
    if locked.removed_at is not None or locked.student_request_id is not None:
        raise NotPossible(_("This document is not in the inbox any more."))
    if filed_with is not None and filed_with.student_id != record.pk:
        raise ValidationError({"filed_with": _("Choose a request of the same student.")})
    locked.answer = answer.replace("\x00", "").strip()
    locked.filed_with = filed_with
    locked.settled_at, locked.settled_by_id = timezone.now(), actor.user_id
    locked.save(update_fields=["answer", "filed_with", "settled_at", "settled_by"])
    if locked.answer:
        write_record_mail(
            "document_settled",
            record,
            f"document:{locked.pk}",
            link=("sent_documents",),
            document=locked.title,
        )
    return locked

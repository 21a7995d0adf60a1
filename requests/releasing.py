"""Files from the office: released to a student, with a request or without one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import checked_upload
from isso.requests.records.models import StudentRecord

from .issued_documents import RELEASED_KINDS, is_for, kind_promised, tie_to_issued_form
from .lifecycle import State
from .mails import tell_owner
from .models import Document, HistoryEntry, StudentRequest
from .perform import NotAllowed, NotPossible
from .permissions import advisor
from .record_mails import write_record_mail

RELEASABLE = (State.APPROVED, State.PROCESSING, State.COMPLETED)


def release_document(student_request, uploaded, title, actor, kind=""):
    """Add a file of the office to a request and show it to the student; return the document.

    Without a ``kind`` it is the one the type promises. The mail “document released” leaves when
    the request is completed, and at once for a document that follows later. Raises NotAllowed,
    NotPossible before approval, and ValidationError for a file, title or kind that does not fit.
    """
    if not advisor(student_request, actor):
        raise NotAllowed
    _refuse_before_approval(student_request)
    kind = kind or kind_promised(student_request)
    title = checked_title(title)
    check_kind(kind, student_request.student)
    if uploaded is None:
        raise ValidationError({"file": _("Choose the file to release.")})
    # Reading a file takes its time; nobody waits for the row meanwhile.
    checked = checked_upload(uploaded)
    with transaction.atomic():
        locked = (
            StudentRequest.objects.select_for_update(of=("self",))
            .select_related("student__user")
            .get(pk=student_request.pk)
        )
        # It may have been reopened or withdrawn since the page was opened.
        _refuse_before_approval(locked)
        return release_checked(locked, checked, title, kind, actor)


def _refuse_before_approval(student_request):
    if student_request.state not in RELEASABLE:
        raise NotPossible(_("Approve the request before you release its document."))


def release_checked(locked, checked, title, kind, actor):
    """Show a checked file to the student of a locked request, with a line in its history."""
    document = _keep(checked, locked.student, title, kind, actor, student_request=locked)
    tie_to_issued_form(locked)
    entry = HistoryEntry.objects.note(
        locked,
        "release_document",
        _("Document released"),
        actor,
        note=document.title,
        note_is_shown=True,
    )
    if locked.department:
        # The department reads of it when the request is completed, and never gets the document.
        _tell_person(locked.student, document)
    elif locked.state == State.COMPLETED:
        tell_owner("document_released", locked, entry.pk, document=document.title)
    return document


@transaction.atomic
def release_to_record(record, checked, title, kind, actor):
    """Release a checked file to a student without a request, with mail.

    The same file a second time changes nothing: returns (document, whether it is new). Raises
    NotAllowed, and ValidationError for a title or kind that does not fit.
    """
    if not actor.is_staff or record.user_id == actor.user_id:
        raise NotAllowed
    title = checked_title(title)
    check_kind(kind, record)
    # Two colleagues with the same file come one after the other.
    locked = StudentRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    existing = Document.objects.released().filter(student=locked, sha256=checked.sha256).first()
    if existing is not None:
        return existing, False
    document = _keep(checked, locked, title, kind, actor)
    _tell_person(locked, document)
    return document, True


def _tell_person(record, document):
    write_record_mail(
        "document_released",
        record,
        f"document:{document.pk}",
        request_title=document.title,
        document=document.title,
    )


def _keep(checked, record, title, kind, actor, **fields):
    return Document.objects.keep(
        checked,
        student=record,
        origin=Document.Origin.OFFICE,
        title=title,
        kind=kind,
        added_by_id=actor.user_id,
        released_at=timezone.now(),
        **fields,
    )


def checked_title(title):
    """Return a title as it is shown, or raise ``ValidationError``."""
    title = " ".join(str(title).split())[:160]
    if not title:
        raise ValidationError({"title": _("Name the document, for example “I-20 with CPT”.")})
    return title


def check_kind(kind, record):
    """Raise ``ValidationError`` for a form that this person's status does not go with."""
    if kind not in RELEASED_KINDS:
        raise ValidationError({"kind": _("Choose I-20, DS-2019 or letter.")})
    if not is_for(kind, record):
        raise ValidationError(
            {
                "kind": _("%(form)s does not go with the status on the record, %(status)s.")
                % {
                    "form": Document.Kind(kind).label,
                    "status": record.get_visa_class_display() or _("none"),
                }
            }
        )

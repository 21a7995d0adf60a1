"""What the office begins for a student: a request he completes, a document he did not ask for."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import checked_upload

from .drafting import start
from .mails import tell_owner
from .models import Document, HistoryEntry, StudentRequest
from .perform import NotAllowed
from .record_mails import write_record_mail


@transaction.atomic
def start_for(record, type_key, actor, *, start_key, reason="", note=""):
    """Start a request that its student completes and sends; return (request, whether it is new).

    ``reason`` is for the office and needed where the type is not open; ``note`` goes to the
    student by mail and into the history. What is open already is returned, and nobody is told.
    Raises NotAllowed, and NotOffered without a reason.
    """
    _refuse_own(record, actor)
    before = set(StudentRequest.objects.filter(student=record).values_list("pk", flat=True))
    draft = start(record, type_key, actor, start_key=start_key, override=reason.strip())
    if draft.pk in before:
        return draft, False
    if note:
        HistoryEntry.objects.note(
            draft, "note_at_start", _("Note to the student"), actor, note=note, note_is_shown=True
        )
    tell_owner("request_started", draft, "started", note=note)
    return draft, True


@transaction.atomic
def give_document(record, uploaded, actor, *, title, kind, is_released, **fields):
    """Keep a file for a student without a request and return it; tell him when he may open it.

    ``fields`` are further columns: ``issued_form``, ``dated_on``, ``note``. Raises NotAllowed, and
    ValidationError for a file or title that does not fit.
    """
    _refuse_own(record, actor)
    title = " ".join(title.replace("\x00", "").split())[:160]
    if not title:
        raise ValidationError({"title": _("Name the document, for example “Travel letter”.")})
    form = fields.get("issued_form")
    if form is not None and form.record_id != record.pk:
        raise NotAllowed
    try:
        checked = checked_upload(uploaded)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    document = Document.objects.keep(
        checked,
        student=record,
        origin=Document.Origin.OFFICE,
        title=title,
        kind=kind,
        added_by_id=actor.user_id,
        released_at=timezone.now() if is_released else None,
        **fields,
    )
    if is_released:
        write_record_mail(
            "document_released",
            record,
            f"document:{document.pk}",
            request_title=document.title,
            document=document.title,
        )
    return document


def _refuse_own(record, actor):
    """Nobody of the office works on a record of one's own."""
    if not actor.is_staff or actor.user_id == record.user_id:
        raise NotAllowed

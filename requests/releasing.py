"""Files from the office: added to a case by an advisor and released to the student."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import checked_upload

from .lifecycle import State
from .mails import recipient_of_student_mail, write_mail
from .models import Document, HistoryEntry
from .perform import NotAllowed, NotPossible
from .permissions import advisor

RELEASABLE = (State.APPROVED, State.PROCESSING, State.COMPLETED)


@transaction.atomic
def release_document(student_request, uploaded, title, actor):
    """Add a file of the office to a request and show it to the student; return the document.

    The mail “document released” leaves when the request is completed, and at once for a document
    that follows later. Raises NotAllowed, NotPossible before approval, and ValidationError for a
    file or title that does not fit.
    """
    if not advisor(student_request, actor):
        raise NotAllowed
    if student_request.state not in RELEASABLE:
        raise NotPossible(_("Approve the request before you release its document."))
    title = " ".join(title.split())
    if not title:
        raise ValidationError({"title": _("Name the document, for example “I-20 with CPT”.")})
    if uploaded is None:
        raise ValidationError({"file": _("Choose the file to release.")})
    checked = checked_upload(uploaded)
    document = Document.objects.keep(
        checked,
        student=student_request.student,
        student_request=student_request,
        origin=Document.Origin.OFFICE,
        title=title[:160],
        added_by_id=actor.user_id,
        released_at=timezone.now(),
    )
    entry = HistoryEntry.objects.note(
        student_request,
        "release_document",
        _("Document released"),
        actor,
        note=document.title,
        note_is_shown=True,
    )
    reader = recipient_of_student_mail(student_request)
    if student_request.state == State.COMPLETED and reader:
        write_mail("document_released", student_request, reader, entry.pk, document=document.title)
    return document

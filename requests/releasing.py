"""Files from the office: added to a case by an advisor and released to the student."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import checked_upload

from .lifecycle import State
from .models import Document, HistoryEntry
from .perform import NotAllowed, NotPossible
from .permissions import advisor

RELEASABLE = (State.APPROVED, State.PROCESSING, State.COMPLETED)


@transaction.atomic
def release_document(student_request, uploaded, title, actor):
    """Add a file of the office to a request and show it to the student; return the document.

    The mail “document released” leaves when the request is completed. Raises NotAllowed,
    NotPossible before approval, and ValidationError for a file or title that does not fit.
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
    document = Document(
        student=student_request.student,
        student_request=student_request,
        origin=Document.Origin.OFFICE,
        title=title[:160],
        original_name=checked.original_name,
        content_type=checked.content_type,
        extension=checked.extension,
        size=checked.size,
        sha256=checked.sha256,
        added_by_id=actor.user_id,
        released_at=timezone.now(),
    )
    document.file.save(checked.original_name, checked.content, save=False)
    document.save()
    HistoryEntry.objects.create(
        student_request=student_request,
        action="release_document",
        label=_("Document released"),
        from_state=student_request.state,
        to_state=student_request.state,
        actor_kind=actor.kind,
        actor_user_id=actor.user_id,
        actor_label=actor.label,
        note=document.title,
        note_is_shown=True,
    )
    return document

"""The only door through which a file leaves private storage."""

from django.views.decorators.http import require_safe

from isso.requests.records.access import log_read

from ..file_answer import file_answer
from ..models import Document
from ..opening import note_opened
from .access import refuse, signed_in


@require_safe
@signed_in
def document(request, document_id):
    """Hand out a file to whom it may concern, as a download that runs nothing."""
    allowed = Document.objects.visible_to(request.user)
    found = allowed.filter(pk=document_id).select_related("student").first()
    if found is None:
        refuse(request.user, "document", document_id)
    log_read(request.user, "document", document_id, record=found.student_id)
    answer = file_answer(found)
    if answer.streaming and request.method == "GET":
        note_opened(found, request.user)
    return answer

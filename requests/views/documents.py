"""A student's documents: what the office released, and what the student uploaded or sent."""

from dataclasses import dataclass, replace

from ..issued_documents import form_kind_for
from ..models import Document
from ..models.document import of_the_person
from .rows import FileRow, file_row


@dataclass(frozen=True)
class OwnDocuments:
    """Rows to show: released ones with the form in force on top, and one's own files."""

    released: list[FileRow]
    uploads: list[FileRow]


def documents_of(record):
    """Return every file of one person that may be shown to this person, in one query."""
    found = (
        Document.objects.filter(of_the_person(), student=record, removed_at__isnull=True)
        .with_letters()
        .select_related("student_request")
        .order_by("-released_at", "-added_at")
    )
    released = [each for each in found if each.origin == Document.Origin.OFFICE]
    uploads = [each for each in found if each.origin == Document.Origin.STUDENT]
    kind = form_kind_for(record)
    newest_form = next((each for each in released if kind and each.kind == kind), None)
    if newest_form is not None:
        released.remove(newest_form)
        released.insert(0, newest_form)
    return OwnDocuments([_row(each) for each in released], [_row(each) for each in uploads])


def _row(document):
    if document.student_request is None or document.student_request.department:
        return file_row(document)
    return replace(file_row(document), about=str(document.student_request.type.title))

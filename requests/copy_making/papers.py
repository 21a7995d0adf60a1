"""The files a person sent and got, under names that are safe in every folder."""

import logging
from shutil import copyfileobj
from zipfile import ZIP_STORED, ZipInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import clean_name

from ..lifecycle import CloseReason
from ..models import Document
from .parts import Entry, Part, columns, said

logger = logging.getLogger(__name__)

DOCUMENT = (
    *("title", "kind", "dated_on", "note", "answer", "added_at", "released_at"),
    *("size", "sha256"),
)


def papers_part(record, archive, going_on) -> Part:
    """Write every file the person may open into the archive and return what they are.

    ``going_on`` is called before each file. A file that is held back or missing is named with the
    reason, and the copy goes on.
    """
    found = (
        Document.objects.visible_to(record.user)
        .filter(student=record)
        .exclude(student_request__close_reason=CloseReason.DISCARDED)
        .select_related("student_request", "message")
        .order_by("added_at", "pk")
    )
    entries = []
    for number, document in enumerate(found, 1):
        going_on()
        entries.append(_entry(document, *_write(document, number, archive)))
    return Part("documents", _("Your files"), entries)


def _write(document, number, archive):
    """Return (name in the archive, "") or ("", why the file is not in it)."""
    if not document.may_be_opened:
        return "", str(document.scan_shown)
    if not document.file:
        return "", _("We kept it for its time and deleted it.")
    name = f"files/{number:03d} {clean_name(document.original_name, document.extension)}"
    try:
        source = document.file.open("rb")
    except FileNotFoundError:
        # ``manage.py check_files`` names them all.
        logger.error("The file of document %s is missing.", document.pk)
        return "", _("The file is missing. Please tell us.")
    with source:
        # PDFs and images are packed already. Large ones are declared so that they fit.
        info = ZipInfo(name, timezone.localtime(document.added_at).timetuple()[:6])
        info.compress_type, info.file_size = ZIP_STORED, document.size
        with archive.open(info, "w") as target:
            copyfileobj(source, target)
    return name, ""


def _entry(document, name, why_not):
    by_office = document.origin == Document.Origin.OFFICE
    if document.message is not None:
        by_office = document.message.from_office
    request = document.student_request
    return Entry(
        [
            said("file", _("File in this copy"), name),
            said("why_not", _("Why it is not in this copy"), why_not),
            said("name", _("Name"), document.name_shown),
            said("from", _("From"), _("The office") if by_office else _("You")),
            said("request", _("Request"), request.reference if request else ""),
            *columns(document, DOCUMENT),
        ]
    )

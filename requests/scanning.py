"""The worker's look for viruses: an upload can be opened by nobody before it is found clean.

A request may be sent while its files wait: the scan takes seconds, a legal deadline may not.
"""

import logging

from django.conf import settings
from django.db import transaction

from isso.requests.records.clamd import ScanFailed, ScannerAway, is_clean

from .lifecycle import CLOSED, State
from .mails import tell_owner
from .models import Document
from .record_mails import write_record_mail

logger = logging.getLogger(__name__)


def scan_waiting() -> int:
    """Have every waiting file scanned; return how many were decided.

    What the scanner does not answer, or answers unclearly, goes on waiting and is tried again.
    """
    if not settings.CLAMD_SOCKET:
        # A worker started without the setting may not open what the web servers hold back.
        return 0
    waiting = Document.objects.filter(scan=Document.Scan.WAITING)
    decided = 0
    with_people = waiting.select_related(
        "student__user", "student_request__student__user", "message"
    )
    # In any order: a file on which the scanner hangs must not stand before all others for good.
    for document in with_people.order_by("?").iterator():
        try:
            with document.file.open("rb") as file:
                clean = is_clean(file, settings.CLAMD_SOCKET)
        except ScannerAway as problem:
            logger.warning("The virus scanner does not answer (%s).", problem)
            return decided
        except (ScanFailed, FileNotFoundError) as problem:
            logger.warning("Document %s cannot be scanned (%s).", document.pk, problem)
            continue
        decided += _decide(document, clean)
    return decided


def open_unscanned() -> int:
    """Open every file that still waits, for an office that gives up its scanner; return how many.

    Raises ValueError while a scanner is set: it would have scanned them.
    """
    if settings.CLAMD_SOCKET:
        raise ValueError("CLAMD_SOCKET is set, so the worker scans what waits.")
    waiting = Document.objects.filter(scan=Document.Scan.WAITING)
    return waiting.update(scan=Document.Scan.NOT_SCANNED)


@transaction.atomic
def _decide(document, clean):
    """Note what the scanner found, once; return how many files that decided."""
    found = Document.Scan.CLEAN if clean else Document.Scan.INFECTED
    waiting = Document.objects.filter(pk=document.pk, scan=Document.Scan.WAITING)
    decided = waiting.update(scan=found)
    if decided and not clean:
        _tell_student(document)
    return decided


def _tell_student(document):
    """Write to who has left the page: a draft says it in place, an end needs no file."""
    if document.origin == Document.Origin.MESSAGE:
        _tell_writer(document)
        return
    if document.origin != Document.Origin.STUDENT or document.removed_at is not None:
        return
    student_request, occasion = document.student_request, f"document:{document.pk}"
    if student_request is None:
        write_record_mail(
            "file_refused",
            document.student,
            occasion,
            link=("sent_documents",),
            document=document.title,
        )
    elif student_request.state not in CLOSED | {State.DRAFT}:
        tell_owner("file_refused", student_request, occasion, document=document.title)


def _tell_writer(document):
    """Write to the student's side; a colleague sees at the message that its file is refused."""
    if document.message.from_office:
        return
    occasion = f"document:{document.pk}"
    if document.student_request is not None:
        tell_owner("file_refused", document.student_request, occasion, document=document.title)
        return
    write_record_mail(
        "file_refused", document.student, occasion, link=("messages",), document=document.title
    )

"""The worker's look for viruses: an upload can be opened by nobody before it is found clean.

A request may be sent while its files wait: the scan takes seconds, a legal deadline may not.
"""

import logging

from django.conf import settings

from isso.requests.records.clamd import ScanFailed, ScannerAway, is_clean

from .models import Document

logger = logging.getLogger(__name__)


def scan_waiting() -> int:
    """Have every waiting file scanned, the oldest first; return how many were decided.

    What the scanner does not answer, or answers unclearly, goes on waiting and is tried again.
    """
    waiting = Document.objects.filter(scan=Document.Scan.WAITING)
    if not settings.CLAMD_SOCKET:
        # Nobody will ever scan what waits from a time when somebody did.
        return waiting.update(scan=Document.Scan.NOT_SCANNED)
    decided = 0
    for document in waiting.order_by("added_at").iterator():
        try:
            with document.file.open("rb") as file:
                clean = is_clean(file, settings.CLAMD_SOCKET)
        except ScannerAway as problem:
            logger.warning("The virus scanner does not answer (%s).", problem)
            return decided
        except (ScanFailed, FileNotFoundError) as problem:
            logger.warning("Document %s cannot be scanned (%s).", document.pk, problem)
            continue
        found = Document.Scan.CLEAN if clean else Document.Scan.INFECTED
        decided += waiting.filter(pk=document.pk).update(scan=found)
    return decided

"""How a private file leaves: as a download, or shown within a page of the desk.

No browser runs it, guesses at what it is, or keeps it.
"""

import logging

from django.http import FileResponse, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

DOWNLOADED = "default-src 'none'; sandbox"
# Content type → policy of what is shown in a frame of our own pages. No browser's viewer of PDFs
# works in a sandbox; ours were written anew without scripts, links and forms (records/pdfs.py).
SHOWN = {
    "application/pdf": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "image/jpeg": "default-src 'none'; sandbox; frame-ancestors 'self'",
    "image/png": "default-src 'none'; sandbox; frame-ancestors 'self'",
}


def file_answer(document, *, is_shown=False):
    """Return the file of a document that the caller has already found to be allowed.

    With ``is_shown`` a picture or a PDF opens within the page; whatever else is downloaded.
    """
    policy = SHOWN.get(document.content_type) if is_shown else None
    if not document.may_be_opened:
        page = render_to_string("portal/file_held_back.html", {"document": document})
        return HttpResponse(page, status=409)
    if not document.file:
        # Retention has deleted it; the row tells that there was one.
        return HttpResponse(render_to_string("portal/file_missing.html"), status=404)
    try:
        file = document.file.open("rb")
    except FileNotFoundError:
        # ``manage.py check_files`` names them all.
        logger.error("The file of document %s is missing.", document.pk)
        return HttpResponse(render_to_string("portal/file_missing.html"), status=404)
    response = FileResponse(
        file,
        as_attachment=policy is None,
        filename=document.original_name,
        content_type=document.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = policy or DOWNLOADED
    return response

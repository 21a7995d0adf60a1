"""How a private file leaves: as a download that no browser runs, guesses at or keeps."""

import logging

from django.http import FileResponse, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def file_answer(document):
    """Return the file of a document that the caller has already found to be allowed."""
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
        as_attachment=True,
        filename=document.original_name,
        content_type=document.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

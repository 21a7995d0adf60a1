"""A letter's preview for its student and the office, and the public page that confirms it."""

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from isso.requests.records.access import log_read

from ..letters.confirming import letter_with, note_asked
from ..letters.issuing import preview_of
from ..letters.typesetting import CannotBeSet
from ..models import StudentRequest
from .access import refuse, signed_in
from .throttle import too_many

# A bank or a consulate shares one network address and reads many letters.
FROM_A_CLIENT = {"limit": 60, "seconds": 3600}


@require_safe
@signed_in
def letter_preview(request, reference):
    """Hand out the letter of an open request as it would be printed now, marked as a preview."""
    found = (
        StudentRequest.objects.visible_to(request.user)
        .open()
        .filter(reference=reference)
        .select_related("student", "assignee")
        .first()
    )
    try:
        pdf = preview_of(found) if found else None
    except CannotBeSet:
        page = {"is_own": found.student.user_id == request.user.pk}
        return HttpResponse(render_to_string("portal/letter_not_set.html", page), status=409)
    if pdf is None:
        refuse(request.user, "letter preview", reference)
    log_read(request.user, "letter preview", reference, record=found.student_id)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="preview-{reference}.pdf"'},
    )


@require_safe
@never_cache
def letter_check(request, code):
    """Confirm the facts of a letter to whoever holds its code, and tell everybody else nothing."""
    if too_many("letter", str(get_adapter().get_client_ip(request)), **FROM_A_CLIENT):
        return _page(request, "too_often", 429)
    letter = letter_with(code)
    if letter is None:
        return _page(request, "unknown", 404)
    if request.method == "GET":
        note_asked(letter)
    if not letter.is_valid:
        return _page(request, "not_valid", 410)
    return _page(request, "valid", 200, letter=letter)


def _page(request, outcome, status, **context):
    """Answer without telling search engines, or the next address, of the code."""
    answer = render(
        request, "portal/letter_check.html", {"outcome": outcome} | context, status=status
    )
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer

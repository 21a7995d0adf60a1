"""A tab that cannot be changed now: its answers and files, to read."""

from django.shortcuts import redirect, render

from ...answers import readable_pages, situation_of
from ...before_arrival import is_before_arrival
from ...lifecycle import EDITABLE
from ..answer_rows import answer_sections
from ..journey import pages_to_fill
from .tabs import HOME, tabs_for


def is_tab_to_read(student_request, slug):
    """Tell whether this is a tab of somebody who has not arrived, with nothing to fill in now."""
    page = student_request.type.page(slug)
    if page is None or not student_request.type.is_first_form:
        return False
    if not is_before_arrival(student_request.student):
        return False
    return student_request.state not in EDITABLE or page not in pages_to_fill(student_request)


def read_tab(request, student_request, slug):
    """Show what was answered on one tab; Home shows its own answers."""
    if slug == HOME:
        return redirect("portal_welcome")
    page, situation = student_request.type.page(slug), situation_of(student_request)
    told = readable_pages(student_request.type, student_request.answers, situation, only=page)
    documents = list(student_request.documents.uploaded().order_by("added_at"))
    context = {
        "tab": "requests",
        "first_form": tabs_for(
            request.user,
            student_request.student,
            student_request,
            situation=situation,
            current=slug,
        ),
        "student_request": student_request,
        "page_title": page.title,
        "sections": answer_sections(student_request, told, documents, only=page),
    }
    return render(request, "portal/before_arrival/tab.html", context)

"""Files of a request: kept one by one, taken away again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import drafting
from ..actor import Actor
from .access import own_request
from .journey import address_of
from .wizard import page_to_edit, save, saved_at, show


@require_POST
@own_request
def upload(request, student_request, slug):
    """Keep the page with its files and come back to the place where the button was pressed."""
    page = page_to_edit(student_request, slug)
    student_request, saved = save(request, student_request, page)
    if saved.problems:
        return show(request, student_request, page, saved)
    messages.success(request, saved_at())
    at = request.POST.get("at", "")
    place = f"#id_{at}" if student_request.type.page_of(at) is page else ""
    return redirect(address_of(student_request, page) + place)


@require_POST
@own_request
def remove_upload(request, student_request, document_id):
    """Take one file away and come back to its page."""
    document = student_request.documents.filter(pk=document_id).first()
    drafting.remove(student_request, document_id, Actor.for_student(request.user))
    messages.success(request, _("“%(name)s” is removed.") % {"name": document.original_name})
    return redirect(address_of(student_request, student_request.type.page_of(document.slot)))

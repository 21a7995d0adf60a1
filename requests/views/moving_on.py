"""Moving a draft to a newer version of its form, and what its pages say about that."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..actor import Actor
from ..lifecycle import State
from ..upgrading import move_to_newest, newer_version, set_aside
from .access import own_request
from .rows import file_row


@dataclass(frozen=True)
class FormChange:
    """Whether there is a newer form, and what the present one has left behind."""

    is_newer: bool = False
    answers: list[Any] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)


def form_change(student_request, documents):
    """Return what the pages of a draft say about its form; ``documents`` are its uploads."""
    if student_request.state != State.DRAFT:
        return FormChange()
    slots = {slot.name for slot in student_request.type.slots}
    return FormChange(
        newer_version(student_request) is not None,
        set_aside(student_request),
        [file_row(each) for each in documents if each.slot not in slots],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@own_request
def move_on(request, student_request):
    """Move the answers to the new form; who only looks comes back to the request."""
    if request.method == "POST":
        moved = move_to_newest(student_request, Actor.for_student(request.user))
        messages.success(
            request,
            _("Your answers are in the new form now. Look at what it did not take.")
            if set_aside(moved)
            else _("Your answers are in the new form now."),
        )
    return redirect("portal_request", reference=student_request.reference)

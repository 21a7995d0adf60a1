"""Requests and files as lines of a list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.naming import short_name

from ..lifecycle import WITH_APPROVER, WITH_OFFICE, WITH_STUDENT, State
from ..models import Document
from ..queues import needs_a_name
from ..words import STAMPS

HELD_BACK = {
    Document.Scan.WAITING: gettext_lazy("Being checked for viruses; it opens in a minute or two."),
    Document.Scan.INFECTED: gettext_lazy(
        "Refused: it may hold a virus. Upload a clean copy of this document."
    ),
}


@dataclass(frozen=True)
class RequestRow:
    """One request: what, where it stands, and whose turn it is."""

    title: Any
    reference: str
    href: str
    label: Any
    tone: str
    icon: str
    updated: datetime
    turn: str
    is_open: bool
    # Who has it, for how long, and by when it is done; where the list was asked to say so.
    clock: str = ""


def request_rows(requests, clocks=None):
    """Return requests as rows; the caller selects ``current_approval`` along.

    ``clocks`` is what clock_lines.py says about them.
    """
    clocks = clocks or {}
    return [_request_row(each, clocks.get(each.pk, "")) for each in requests]


def _request_row(student_request, clock):
    tone, icon = STAMPS[State(student_request.state)]
    return RequestRow(
        title=student_request.type.title,
        reference=student_request.reference,
        href=student_request.get_absolute_url(),
        label=student_request.student_label,
        tone=tone,
        icon=icon,
        updated=student_request.touched_at,
        turn=whose_turn(student_request),
        is_open=student_request.is_open,
        clock=clock,
    )


def whose_turn(student_request):
    """Return who acts next, in the student's words; "" when nothing is left to do."""
    state = student_request.state
    if state in WITH_STUDENT or needs_a_name(student_request):
        return _("You")
    if state in WITH_APPROVER:
        approval = student_request.current_approval
        return approval.name if approval else _("Academic/program advisor")
    return short_name() if state in WITH_OFFICE else ""


@dataclass(frozen=True)
class FileRow:
    """One file: its name, what it is, and where to open it."""

    id: Any
    title: str
    name: str
    kind: str
    size: str
    at: datetime
    href: str
    is_new: bool = False
    about: str = ""
    # Why it cannot be opened, where the virus scanner keeps it back.
    held_back: Any = ""
    # A letter whose code confirms nothing any more; where ``with_letters`` was asked.
    is_taken_back: bool = False


def file_row(document):
    """Return a document as a row of a list."""
    return FileRow(
        id=document.pk,
        title=document.title,
        name=document.name_shown,
        kind=document.extension.upper(),
        size=filesizeformat(document.size),
        at=document.released_at or document.added_at,
        href=document.get_absolute_url(),
        is_new=document.released_at is not None and document.seen_at is None,
        held_back=HELD_BACK.get(document.scan, ""),
        is_taken_back=getattr(document, "is_taken_back", False),
    )

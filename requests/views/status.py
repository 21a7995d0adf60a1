"""One request: where it stands, what happens now, and what was said and done."""

from django.shortcuts import render
from django.utils import timezone

from isso.home.hours import calendar_for

from ..actor import Actor
from ..answers import readable_pages, situation_of
from ..assignment import own_advisor
from ..conversation import newest_of
from ..follow_ups import newest_follow_up
from ..lifecycle import EDITABLE, WITH_APPROVER, WITH_OFFICE, State
from ..lifetimes import end_of
from ..message_form import MessageForm
from ..models import Document
from ..queues import needs_an_address
from ..reading_messages import is_looked_at, note_read_by_student
from ..words import STAMPS, what_happens_now
from .access import own_request
from .acting import choices_for
from .answer_rows import answer_sections
from .approver_block import approver_block
from .asked import questions_asked
from .before_arrival.tabs import tabs_for
from .clock_block import clock_block
from .department_way import way_of
from .history import last_shown_note, rail
from .journey import address_of, first_unfinished, list_of, pages_to_fill
from .moving_on import form_change
from .rows import file_row
from .thread_rows import thread_rows


@own_request
def status_page(request, student_request):
    """Show the status page of one request; its messages are read with it."""
    answer = show(request, student_request)
    if is_looked_at(request):
        note_read_by_student(student_request, Actor.for_student(request.user))
    return answer


def show(request, student_request, message_form=None):
    """Render the status page; a refused message stays in its box."""
    situation = situation_of(student_request)
    documents = list(student_request.documents.with_letters().filter(removed_at__isnull=True))
    uploaded = [each for each in documents if each.origin == Document.Origin.STUDENT]
    # What is released with a department's request is its scholar's.
    is_personal = not student_request.department
    released = [each for each in documents if each.released_at and is_personal]
    attached = [each for each in documents if each.origin == Document.Origin.MESSAGE]
    thread = thread_rows(student_request, attached)
    form = message_form or (MessageForm() if student_request.submitted_at else None)
    entries = list(student_request.history.all())
    tone, icon = STAMPS[State(student_request.state)]
    end = end_of(student_request)
    context = {
        "tab": "requests",
        "first_form": tabs_for(
            request.user, student_request.student, student_request, situation=situation
        ),
        "student_request": student_request,
        "tone": tone,
        "icon": icon,
        "sentence": what_happens_now(student_request),
        "form_change": form_change(student_request, uploaded),
        "ends_on": end.on if end else None,
        "questions": questions_asked(student_request),
        "asked": last_shown_note(student_request, entries),
        "go_on": _go_on(student_request, situation, uploaded),
        "stops": rail(student_request, entries),
        "is_unreached": needs_an_address(student_request),
        "clock": clock_block(student_request, entries, calendar_for(request)),
        "approver": (
            approver_block(student_request, timezone.localdate(), calendar_for(request))
            if student_request.state in WITH_APPROVER
            else None
        ),
        "thread": thread,
        "form": form.shown_below(newest_of(thread)) if form else None,
        "released": [file_row(each) for each in released],
        "sections": answer_sections(
            student_request,
            readable_pages(student_request.type, student_request.answers, situation),
            uploaded,
        ),
        "choices": choices_for(student_request, Actor.for_student(request.user)),
    }
    if student_request.state in WITH_OFFICE and student_request.assignee:
        context["works_on_it"] = student_request.assignee
        if is_personal:
            context["own_advisor"] = own_advisor(student_request.student)
    if is_personal:
        return render(request, "portal/request.html", context)
    half = newest_follow_up(student_request)
    context["list_address"] = list_of(student_request, request.user)
    context["way"] = way_of(student_request, student_request.approvals.all(), half)
    return render(request, "portal/department/request.html", context)


def _go_on(student_request, situation, uploaded):
    """Return the address where the student goes on filling in, or ""."""
    if student_request.state not in EDITABLE:
        return ""
    if student_request.state == State.CLARIFICATION:
        return address_of(student_request, next(iter(pages_to_fill(student_request)), None))
    filled = {each.slot for each in uploaded if not each.is_infected}
    return address_of(student_request, first_unfinished(student_request, situation, filled))

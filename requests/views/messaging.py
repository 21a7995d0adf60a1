"""Messages from a student to the office, about a request and in general."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..actor import Actor
from ..asking import ask_about
from ..assignment import advisor_for
from ..conversation import general_thread_of, newest_of, send_message
from ..message_form import MessageForm
from ..perform import NotPossible
from ..queues import own_requests
from ..reading_messages import is_looked_at, note_read_by_student
from .access import own_request, with_record
from .before_arrival.tabs import tabs_for
from .status import show
from .thread_rows import thread_rows
from .throttle import too_many

A_DAY = {"limit": 100, "seconds": 86_400}


@dataclass(frozen=True)
class ThreadLine:
    """The thread of one request in the list of all."""

    title: Any
    reference: str
    href: str
    last_at: datetime
    is_new: bool


@require_POST
@own_request
def message(request, student_request):
    """Add a message to the thread; a refused text stays in its box."""
    if student_request.submitted_at is None:
        raise NotPossible(_("We cannot see a draft. Send it first, or write us an e-mail."))
    form = MessageForm(request.POST, request.FILES)
    if not _is_sent(request, student_request, form):
        return show(request, student_request, form)
    return redirect("portal_request", reference=student_request.reference)


@require_POST
@own_request
def ask_when(request, student_request):
    """Send the question when it will be done; too early, it stays in the box of messages."""
    text = request.POST.get("text", "")
    try:
        ask_about(student_request, text, Actor.for_student(request.user))
    except ValidationError as problem:
        form = MessageForm({"text": text, "seen": request.POST.get("seen", "")})
        form.full_clean()
        form.add_error(None, problem.messages)
        return show(request, student_request, form)
    messages.success(request, _("Your question is sent. You get an e-mail when we answer."))
    return redirect("portal_request", reference=student_request.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@with_record
def own_messages(request, record):
    """Show the general thread and the way to all others; take a message."""
    thread = general_thread_of(record)
    if request.method != "POST":
        answer = _page(request, record, thread, MessageForm())
        if is_looked_at(request):
            note_read_by_student(thread, Actor.for_student(request.user))
        return answer
    form = MessageForm(request.POST, request.FILES)
    if not _is_sent(request, thread, form):
        return _page(request, record, general_thread_of(record), form, status=422)
    return redirect(reverse("portal_messages") + "#messages")


def _is_sent(request, thread, form):
    """Send what was written and tell whether that was done; else the form says why not."""
    if not form.is_valid():
        return False
    if too_many("message", str(request.user.pk), **A_DAY):
        form.add_error(None, _("You have sent very many messages today. Write again tomorrow."))
        return False
    try:
        send_message(thread, actor=Actor.for_student(request.user), **form.cleaned_data)
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Your message is sent. You get an e-mail when we answer."))
    return True


def _page(request, record, thread, form, status=200):
    rows = thread_rows(thread)
    context = {
        "tab": "messages",
        "first_form": tabs_for(request.user, record),
        "thread": rows,
        "form": form.shown_below(newest_of(rows)),
        "advisor": advisor_for(record),
        "lines": [
            ThreadLine(
                each.type.title,
                each.reference,
                each.get_absolute_url() + "#messages",
                each.last_message_at,
                each.new_for_student_since is not None,
            )
            for each in own_requests(record)
            if each.last_message_at is not None
        ],
    }
    return render(request, "portal/messages.html", context, status=status)

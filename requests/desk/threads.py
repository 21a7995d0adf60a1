"""A thread as the office reads it, wherever at the desk it stands."""

from dataclasses import dataclass, field
from datetime import datetime

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..models import Document
from ..reading_messages import is_looked_at, note_no_answer_needed, note_read_by_office


@dataclass(frozen=True)
class DeskMessage:
    """One message with its files."""

    pk: int
    who: str
    at: datetime
    text: str
    from_office: bool
    files: list = field(default_factory=list)


class ThreadRead:
    """A page on which somebody of the office reads ``thread`` as ``actor``."""

    def get(self, request, *args, **kwargs):
        """Show the page; its messages are read with it."""
        answer = super().get(request, *args, **kwargs)
        if is_looked_at(request):
            note_read_by_office(self.thread, self.actor)
        return answer


class ThreadSettled:
    """A form below ``thread`` with a second button: that there is nothing to answer."""

    def post(self, request, *args, **kwargs):
        """Take the thread off the list of those that wait, or do what the form is for."""
        if "no_answer" not in request.POST:
            return super().post(request, *args, **kwargs)
        seen = request.POST.get("message-seen", "")
        if note_no_answer_needed(self.thread, self.actor, int(seen) if seen.isdecimal() else 0):
            messages.success(request, _("Noted: the messages so far need no answer."))
        else:
            messages.warning(request, _("A message came meanwhile. Read it first, please."))
        return redirect(request.get_full_path())


def messages_of(events, documents):
    """Return the messages among the events of a case, with those of its files they brought."""
    brought = {}
    for each in documents:
        if each.origin == Document.Origin.MESSAGE and each.removed_at is None:
            brought.setdefault(each.message_id, []).append(each)
    return [
        DeskMessage(
            int(event.pk),
            event.who,
            event.at,
            event.text,
            event.is_shown,
            brought.get(int(event.pk), []),
        )
        for event in events
    ]


def messages_in(general_thread):
    """Return the messages of a general thread, the oldest first."""
    if general_thread.pk is None:
        return []
    return [
        DeskMessage(
            each.pk,
            each.author.full_name,
            each.sent_at,
            each.text,
            each.from_office,
            [file for file in each.attachments.all() if file.removed_at is None],
        )
        for each in general_thread.messages.select_related("author").prefetch_related("attachments")
    ]

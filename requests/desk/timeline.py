"""What happened around one request, read from five tables in one query."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast

from isso.requests.notices.catalog import mail_choices
from isso.requests.notices.models import Delivery, Notice, NoticeState

from ..lifecycle import State
from ..models import RecordNote

HISTORY, MESSAGE, NOTE, MAIL = "history", "message", "note", "mail"


@dataclass(frozen=True)
class Event:
    """One line: ``before`` and ``after`` are statuses, or a mail's state and delivery."""

    kind: str
    pk: str
    at: datetime
    who: str
    title: str
    text: str
    before: str
    after: str
    action: str
    data: str
    is_shown: bool

    @property
    def change(self):
        """The two statuses of an action that moved the request, in words."""
        if not self.before or self.before == self.after:
            return ()
        return State(self.before).label, State(self.after).label

    @property
    def overridden(self):
        """What was open in the checklist and approved all the same, each with its reason."""
        return json.loads(self.data).get("open_points", []) if self.data else []

    @property
    def mail_name(self):
        """What a mail is called."""
        return dict(mail_choices()).get(self.title, self.title)

    @property
    def mail_states(self):
        """Where a mail stands, and what its provider reported."""
        reported = [Delivery(self.after).label] if self.after else []
        return [NoticeState(self.before).label, *reported]


def timeline(student_request):
    """Return everything that happened, the oldest first."""
    history = event_rows(
        student_request.history,
        HISTORY,
        "at",
        who=F("actor_label"),
        title=F("label"),
        text=F("note"),
        before=F("from_state"),
        after=F("to_state"),
        action=F("action"),
        data=F("data"),
        is_shown=F("note_is_shown"),
    )
    messages = event_rows(
        student_request.messages,
        MESSAGE,
        "sent_at",
        who=F("author__full_name"),
        text=F("text"),
        is_shown=F("from_office"),
    )
    notes = event_rows(
        student_request.case_notes,
        NOTE,
        "written_at",
        who=F("author__full_name"),
        text=F("text"),
    )
    about_student = event_rows(
        RecordNote.objects.filter(student=student_request.student_id),
        NOTE,
        "written_at",
        who=F("author__full_name"),
        title=Value("student"),
        text=F("text"),
    )
    mails = event_rows(
        Notice.objects.filter(about=student_request.reference),
        MAIL,
        "created_at",
        who=F("recipient"),
        title=F("key"),
        before=F("state"),
        after=F("delivery"),
    )
    rows = history.union(messages, notes, about_student, mails, all=True).order_by(
        "row_at", "row_pk"
    )
    return [Event(*row) for row in rows]


def event_rows(queryset, kind, at, **columns):
    """Return the columns of an Event, in its order and with the same types in every table."""
    empty = Value("", output_field=TextField())
    values = {
        "row_kind": Value(kind, output_field=TextField()),
        "row_pk": Cast("pk", CharField()),
        "row_at": F(at),
    } | {
        f"row_{name}": Cast(columns.get(name, empty), TextField())
        for name in ("who", "title", "text", "before", "after", "action", "data")
    }
    values["row_is_shown"] = columns.get("is_shown", Value(False))
    return queryset.order_by().annotate(**values).values_list(*values)

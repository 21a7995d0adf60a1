"""Requests that have ended: their files, their answers, and what was written about them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from isso.requests.lifecycle import CloseReason, State

from ...models import Approval, CaseNote, Document, Message, Snapshot, StudentRequest
from ..emptying import ANONYMIZED
from ..kind import Method, Period, Planned
from ..subjects import Requests
from ..words import OF_THE_STUDENT, empty_answers, empty_files, empty_messages

# Schools keep the record of a student, and sponsors that of an exchange visitor, for three years
# after the end of the studies or program.
THREE_YEARS = Period(1826, 1096, 10957, "8 CFR 214.3(g)(1), 22 CFR 62.10(h)")
ONE_YEAR = Period(365, 30, 10957)
AFTER_THE_PROGRAM = _("the day it was closed or the program ended, whichever is later")
AFTER_CLOSING = _("the day it was closed")
STAYS = _("reference, type, status, dates, and the history without its words")

BY_THE_OFFICE = (CloseReason.BY_STAFF, CloseReason.DUPLICATE, CloseReason.NO_ACTION_NEEDED)
# Key, words, which requests, and whether its days count from the end of the program at least.
OUTCOMES = (
    ("completed", _("completed"), Q(state=State.COMPLETED), True),
    ("denied", _("denied"), Q(state=State.DENIED), True),
    (
        "withdrawn",
        _("withdrawn by the student"),
        Q(state=State.WITHDRAWN)
        & ~Q(close_reason__in=[*map(str, BY_THE_OFFICE), str(CloseReason.DISCARDED)]),
        False,
    ),
    (
        "dismissed",
        _("dismissed by the office"),
        Q(state=State.WITHDRAWN, close_reason__in=BY_THE_OFFICE),
        False,
    ),
    ("expired", _("expired"), Q(state=State.EXPIRED), False),
)


def _closed(outcome, after_the_program):
    """Return the requests of an outcome whose clock started before a cutoff, as a function."""

    def closed_before(cutoff):
        closed = StudentRequest.objects.closed().filter(outcome, state_since__lt=cutoff.moment)
        if after_the_program:
            # Without an end there is no clock; a later program that is granted counts, too.
            later = Q(student__next_program_end__gte=cutoff.day)
            closed = closed.filter(student__program_end__lt=cutoff.day).exclude(later)
        return closed

    return closed_before


def with_files(requests):
    """Keep the requests that still have a file of the student."""
    uploads = Document.objects.filter(origin__in=OF_THE_STUDENT)
    own = Q(pk__in=uploads.values("student_request")) | Q(pk__in=uploads.values("filed_with"))
    return requests.filter(own)


def with_answers(requests):
    """Keep the requests that still have an answer, a decision in words or an approver's name."""
    answered = Snapshot.objects.exclude(answers={}).values("student_request")
    named = Approval.objects.exclude(name=ANONYMIZED).values("student_request")
    return requests.filter(
        ~Q(answers={})
        | ~Q(office_answers={})
        | ~Q(outcome_note="")
        | ~Q(recorded_text="")
        | Q(pk__in=answered)
        | Q(pk__in=named)
    )


def with_messages(requests):
    """Keep the requests with a message or note that has its words."""
    written = [
        Q(pk__in=model.objects.exclude(text=ANONYMIZED).values("student_request"))
        for model in (Message, CaseNote)
    ]
    return requests.filter(written[0] | written[1])


PARTS = (
    ("files", _("Files of requests"), Method.DELETE_FILES, with_files, empty_files),
    ("answers", _("Answers of requests"), Method.ANONYMIZE, with_answers, empty_answers),
    ("messages", _("Messages and notes"), Method.ANONYMIZE, with_messages, empty_messages),
)


def _kind(part, outcome):
    name, title, method, remaining, empty = part
    key, words, which, after_the_program = outcome
    closed = _closed(which, after_the_program)
    return Planned(
        key=f"{name}_{key}",
        title=title,
        outcome=words,
        clock=AFTER_THE_PROGRAM if after_the_program else AFTER_CLOSING,
        period=THREE_YEARS if after_the_program else ONE_YEAR,
        method=method,
        stays=STAYS,
        subject=Requests(),
        ripe=lambda cutoff: remaining(closed(cutoff)),
        empty=empty,
    )


KINDS = tuple(_kind(part, outcome) for part in PARTS for outcome in OUTCOMES)

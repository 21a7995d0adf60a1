"""What makes a request personal: its files, its answers, what was written about it."""

from django.db.models import Q
from django.utils.translation import gettext as _

from ..actor import Actor
from ..actor import Kind as ActorKind
from ..models import (
    Approval,
    BulkRow,
    CaseNote,
    ClarificationItem,
    Document,
    GeneralThread,
    HistoryEntry,
    IssuedLetter,
    Message,
    Snapshot,
    StudentRequest,
    TrialLine,
)
from .emptying import ANONYMIZED, Deleted, Emptied, Untouched

DOCUMENT_STAYS = (
    "origin",
    "slot",
    "kind",
    "content_type",
    "extension",
    "added_at",
    "released_at",
    "seen_at",
    "removed_at",
    "settled_at",
    "scan",
)

ANSWERS = (
    Emptied(
        StudentRequest,
        "pk",
        stays=tuple(
            each.name
            for each in StudentRequest._meta.concrete_fields
            if each.name
            not in {
                "answers",
                "office_answers",
                "purpose",
                "start_key",
                "unlocked",
                "recorded_text",
                "outcome_note",
                "eligibility_override",
            }
        ),
    ),
    Emptied(
        Snapshot,
        "student_request",
        # Files go with the files.
        stays=(
            "number",
            "files",
            "policy",
            "type_version",
            "attestations",
            "guide_revision",
            "made_at",
        ),
    ),
    Emptied(
        Approval,
        "student_request",
        stays=(
            "step",
            "revision",
            "is_in_directory",
            "link_number",
            "outcome",
            "asked_at",
            "reminders_sent",
            "reminded_at",
            "decided_at",
            "confirmed_at",
        ),
        named=("name",),
    ),
    Emptied(
        ClarificationItem,
        "student_request",
        stays=("revision", "name", "asked_at", "closed_at"),
        named=("sentence",),
    ),
)
MESSAGES = (
    Emptied(Message, "student_request", stays=("from_office", "sent_at"), named=("text",)),
    Emptied(CaseNote, "student_request", stays=("written_at",), named=("text",)),
)
GENERAL = (
    Emptied(
        Message,
        "general_thread__record",
        stays=("from_office", "sent_at"),
        named=("text",),
    ),
    Untouched(GeneralThread, "record", "It says when something was written; its words go."),
)
HISTORY = Emptied(
    HistoryEntry,
    "student_request",
    stays=(
        "action",
        "label",
        "from_state",
        "to_state",
        "actor_kind",
        "actor_label",
        "note_is_shown",
        "at",
    ),
)
BULK = Emptied(BulkRow, "student_request", stays=("version", "outcome", "done_at"))
LETTER = Emptied(
    IssuedLetter,
    "student_request",
    # The page behind the code must go on saying that it is no letter to rely on.
    stays=("code_digest", "title", "issued_on", "valid_until", "revoked_at"),
    named=("revoked_why",),
)
NOTHING_PERSONAL = (Untouched(TrialLine, "student_request", "It goes with its trial."),)


UPLOADS = Deleted(Document, "pk")
# What goes along with a message is of the thread, whoever of the two attached it.
OF_THE_STUDENT = (Document.Origin.STUDENT, Document.Origin.MESSAGE)


def uploads_of(student_request):
    """Return what the student uploaded for a request or sent along; what we released is not it."""
    belongs = Q(student_request=student_request) | Q(filed_with=student_request)
    return Document.objects.filter(belongs, origin__in=OF_THE_STUDENT)


def empty_files(student_request):
    """Delete what the student uploaded for a request, and the names of these files."""
    deleted = UPLOADS.empty(list(uploads_of(student_request).values_list("pk", flat=True)))
    Snapshot.objects.filter(student_request=student_request).update(files=[])
    _note(student_request, _("Files deleted"))
    return {"files": deleted}


def empty_answers(student_request):
    """Take every personal word out of a request but its messages; who decided when stays."""
    emptied = {each.model: each.empty([student_request.pk]) for each in ANSWERS}
    forget_notes([student_request.pk])
    _note(student_request, _("Answers deleted"))
    return {"submissions": emptied[Snapshot], "approvals": emptied[Approval]}


def empty_messages(student_request):
    """Take the words out of messages and notes; who wrote when stays."""
    emptied = {each.model: each.empty([student_request.pk]) for each in MESSAGES}
    _note(student_request, _("Messages and notes deleted"))
    return {"messages": emptied[Message], "notes": emptied[CaseNote]}


def forget_notes(requests):
    """Take the words and the approvers' names out of the history; what happened when stays."""
    HISTORY.empty(requests)
    approvers = HistoryEntry.objects.filter(
        student_request__in=requests, actor_kind=ActorKind.APPROVAL
    )
    approvers.update(actor_label=ANONYMIZED)


def _note(student_request, label):
    HistoryEntry.objects.note(student_request, "purge", label, Actor.system())

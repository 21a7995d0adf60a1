"""Every request of a person: what was asked and answered, what was said, done and decided."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from isso.home.naming import short_name
from isso.requests.records.reading import facts_for

from ..answers import readable_pages
from ..models import ApproverDirectoryEntry, Message, StudentRequest
from ..models.policy import policy_in_force
from ..request_form import Situation
from ..views.history import WORDS, who_did
from .parts import AnswerCell, Entry, Part, columns, said

REQUEST = (
    *("reference", "type_key", "created_at", "submitted_at", "decided_at", "completed_at"),
    *("effective_start", "effective_end", "deadline", "due_on", "recorded_on"),
    *("close_reason", "outcome_note"),
)
APPROVAL = ("name", "email", "asked_at", "outcome", "decided_at")
QUESTION = ("sentence", "reply", "asked_at", "closed_at")
LETTER = ("title", "facts", "issued_on", "valid_until", "revoked_at")
READ_ALONG = ("history", "snapshots", "messages", "clarification_items", "approvals")


def requests_part(record) -> Part:
    """Return the requests as their person sees them, in as many queries for one as for many.

    A discarded draft is none of them: it is hidden from its person, too, and soon emptied.
    """
    found = (
        StudentRequest.objects.personal(record)
        .select_related("issued_letter")
        .prefetch_related(*READ_ALONG)
        .order_by("created_at", "pk")
    )
    asked = _Asked(record)
    return Part("requests", _("Your requests"), [_entry(each, record, asked) for each in found])


def _entry(each, record, asked):
    each.student = record
    return Entry(
        [
            said("title", _("Request"), str(each.type.title)),
            said("status", _("Status"), str(each.student_label)),
            *columns(each, REQUEST),
        ],
        f"{each.type.title} {each.reference}",
        (
            Part("answers", _("Your answers"), [Entry(asked.answers(each))], is_one=True),
            _submissions(each),
            _history(each),
            _messages(each),
            _questions(each),
            Part(
                "approvals",
                _("Whom we asked for you"),
                [Entry(columns(one, APPROVAL)) for one in each.approvals.all()],
            ),
            _letter(each),
        ),
    )


class _Asked:
    """The answers of one person's requests in words; what many forms ask for is read once."""

    def __init__(self, record):
        self._record, self._today, self._policies = record, timezone.localdate(), {}

    @cached_property
    def _facts(self):
        return facts_for(self._record)

    @cached_property
    def _directory(self):
        return tuple(ApproverDirectoryEntry.objects.for_department(self._record.department))

    def _policy(self, key):
        if key not in self._policies:
            self._policies[key] = policy_in_force(key)
        return self._policies[key]

    def answers(self, each):
        """Return what is answered now, also what no form asks any more."""
        pages = readable_pages(each.type, each.answers, self._situation(each))
        rows = {row.name: row for _page, rows in pages for row in rows}
        return [_answer(each, name, value, rows.get(name)) for name, value in each.answers.items()]

    def _situation(self, each):
        policy = self._policy(each.type_key)
        listed = policy.asks_directory and each.type.approval_steps
        return Situation(
            self._facts,
            self._today,
            policy,
            each.answers,
            self._directory if listed else None,
            policy_asks_approver=_asked_approver(each, policy),
        )


def _asked_approver(each, policy):
    """Say what ``StudentRequest.policy_asks_approver`` does, from what is read already."""
    number = each.type.approver_number
    if not number:
        return True
    if each.submitted_at is None:
        return bool(policy[number])
    first = next((sent.policy for sent in each.snapshots.all()), {})
    return bool(first.get("numbers", {}).get(number))


def _answer(each, name, value, row):
    label = row.label if row else each.type.label_of(name)
    return AnswerCell(name, label, value, row.value if row else str(value))


def _submissions(each):
    return Part(
        "submissions",
        _("What you sent"),
        [Entry(_of_submission(one)) for one in each.snapshots.all()],
    )


def _of_submission(one):
    files = [{"slot": file["slot"], "name": file["name"]} for file in one.files]
    names = ", ".join(file["name"] for file in files)
    return [
        *columns(one, ("number", "made_at")),
        # They read as the answers above, so people are not shown them twice.
        said("answers", _("Answers"), one.answers, ""),
        said("files", _("Files"), files, names),
        said("attestations", _("What you confirmed"), one.attestations, _lines(one.attestations)),
    ]


def _lines(texts):
    return " ".join(map(str, texts))


def _history(each):
    """Return what happened, as the page of the request tells it."""
    return Part(
        "history",
        _("History"),
        [
            Entry(
                [
                    said("at", _("When"), entry.at),
                    said("what", _("What"), str(WORDS[entry.action])),
                    said("by", _("Who"), capfirst(who_did(each, entry))),
                    said("note", _("Note"), entry.note if entry.note_is_shown else ""),
                ]
            )
            for entry in each.history.all()
            if entry.action in WORDS
        ],
    )


def general_messages_part(record) -> Part:
    """Return what the person and the office wrote to each other about no request."""
    messages = Message.objects.filter(general_thread__record=record)
    return _messages_part("messages", _("Messages about no request"), messages)


def _messages(each):
    return _messages_part("messages", _("Messages"), each.messages.all())


def _messages_part(key, title, messages):
    return Part(
        key,
        title,
        [
            Entry(
                [
                    said("at", _("When"), one.sent_at),
                    said("from", _("From"), short_name() if one.from_office else _("You")),
                    said("text", _("Message"), one.text),
                ]
            )
            for one in messages
        ],
    )


def _questions(each):
    return Part(
        "questions",
        _("What we asked you"),
        [
            Entry(
                [
                    said("about", _("About"), str(each.type.label_of(one.name))),
                    *columns(one, QUESTION),
                ]
            )
            for one in each.clarification_items.all()
        ],
    )


def _letter(each):
    letter = getattr(each, "issued_letter", None)
    entries = []
    if letter:
        facts = "; ".join(f"{label}: {value}" for label, value in letter.facts)
        cells = {cell.name: cell for cell in columns(letter, LETTER)}
        cells["facts"] = said("facts", cells["facts"].label, letter.facts, facts)
        entries.append(Entry(list(cells.values())))
    return Part("letters", _("Your letter"), entries)

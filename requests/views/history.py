"""The history of a request as its student may read it.

What is not listed here is the office's own: a new action stays hidden until somebody words it.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.naming import short_name

from ..actor import Kind
from ..lifecycle import STUDENT_LABELS, State
from .journey import Stop

WORDS = {
    "start": gettext_lazy("Started"),
    "note_at_start": gettext_lazy("A note from us"),
    "send_to_approver": gettext_lazy("Sent to your academic/program advisor"),
    "move_to_new_form": gettext_lazy("Moved to the new form"),
    "submit": gettext_lazy("Sent to the office"),
    "endorse": gettext_lazy("Approved by your academic/program advisor"),
    "refuse": gettext_lazy("Not agreed"),
    "return_to_student": gettext_lazy("Returned by your academic/program advisor"),
    "not_me": gettext_lazy("The person asked is not the right one"),
    "replace_approver": gettext_lazy("Another academic/program advisor was asked"),
    "remind": gettext_lazy("A reminder was sent"),
    "remind_on_time": gettext_lazy("We reminded your academic/program advisor"),
    "forward": gettext_lazy("Handed to a colleague"),
    "skip_approver": gettext_lazy("The office goes on without the academic/program advisor"),
    "start_review": gettext_lazy("One of our advisors reads your request"),
    "ask_clarification": gettext_lazy("A question to you"),
    "resubmit": gettext_lazy("Sent again with your changes"),
    "recall": gettext_lazy("The question was taken back"),
    "approve": gettext_lazy("Approved by the office"),
    "confirm_approval": gettext_lazy("Approved by the office"),
    "reopen": gettext_lazy("The approval was taken back"),
    "log_error": gettext_lazy("We are looking at it once more"),
    "release_document": gettext_lazy("Document released"),
    "revoke_letter": gettext_lazy("Your letter was taken back"),
    "complete": gettext_lazy("Completed"),
    "log_ok": gettext_lazy("Completed"),
    "deny": gettext_lazy("Denied"),
    "withdraw": gettext_lazy("Withdrawn"),
    "dismiss": gettext_lazy("Closed by the office"),
    "expire": gettext_lazy("Expired"),
}
# The way of a request that meets no obstacle.
WAY = (State.DRAFT, State.APPROVER_REVIEW, State.SUBMITTED, State.APPROVED, State.COMPLETED)
SAME_TO_STUDENTS = {State.IN_REVIEW: State.SUBMITTED, State.PROCESSING: State.APPROVED}


# What only the owner of a request does.
OF_THE_OWNER = frozenset({"start", "send_to_approver", "submit", "resubmit", "move_to_new_form"})


def rail(student_request, entries):
    """Return what has happened, where it stands, and what is still to come."""
    done = [_done(student_request, entry) for entry in entries if entry.action in WORDS]
    if not student_request.is_open:
        return done
    now = Stop(
        student_request.student_label,
        "now",
        meta=_("since %(date)s") % {"date": _day(student_request.state_since)},
    )
    return [*done, now, *_to_come(student_request)]


def _done(student_request, entry):
    note = entry.note if entry.note_is_shown else ""
    who = who_did(student_request, entry)
    day = _day(entry.at)
    return Stop(
        words_of(student_request)[entry.action],
        "done",
        meta=_("%(date)s, %(who)s") % {"date": day, "who": who} if who else day,
        text=note,
    )


# A department's request names nobody's academic advisor.
OF_DEPARTMENT = WORDS | {
    "send_to_approver": gettext_lazy("Sent for approval"),
    "endorse": gettext_lazy("Approved"),
    "return_to_student": gettext_lazy("Returned for changes"),
    "replace_approver": gettext_lazy("Another person was asked"),
    "remind_on_time": gettext_lazy("We reminded whoever was asked"),
    "skip_approver": gettext_lazy("The office goes on without this approval"),
}


def words_of(student_request):
    """Return what each action is called in the history of this request."""
    return OF_DEPARTMENT if student_request.department else WORDS


def who_did(student_request, entry):
    """Return who did it, as the student reads it; the office speaks as one.

    Colleagues of a department read each other's names.
    """
    if entry.actor_kind == Kind.APPROVAL:
        return entry.actor_label
    if entry.actor_kind == Kind.SYSTEM:
        return ""
    if student_request.department and entry.action in OF_THE_OWNER:
        return entry.actor_label
    return _("you") if entry.actor_user_id == student_request.owner_id else short_name()


def _to_come(student_request):
    """Return the statuses ahead, as far as its type knows them."""
    state = State(student_request.state)
    if state == State.CLARIFICATION:
        # It goes back to who asked, so that status still lies ahead.
        back_to = State(student_request.return_to)
        here = WAY.index(SAME_TO_STUDENTS.get(back_to, back_to)) - 1
    else:
        here = WAY.index(SAME_TO_STUDENTS.get(state, state))
    request_type = student_request.type
    skipped = set()
    if not student_request.asks_approver:
        skipped.add(State.APPROVER_REVIEW)
    if not (request_type.needs_recording or request_type.followed_by):
        skipped.add(State.APPROVED)
    return [Stop(STUDENT_LABELS[each]) for each in WAY[here + 1 :] if each not in skipped]


def last_shown_note(student_request, entries):
    """Return the words with which the request came back to the student, or None."""
    if student_request.state != State.CLARIFICATION:
        return None
    asking = [
        entry for entry in entries if entry.action in ("return_to_student", "ask_clarification")
    ]
    if not asking or not asking[-1].note:
        return None
    return {"who": who_did(student_request, asking[-1]), "text": asking[-1].note}


def _day(moment):
    return date_format(timezone.localtime(moment), "F j, Y")

"""What one action on many requests does to each, and why it does nothing to some.

The page that confirms and the worker ask the same ``objection``; the doors check everything else.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .actor import Actor
from .assigning import assign
from .checklist import open_points
from .conversation import send_message
from .lifecycle import State
from .models import BulkRun, ReplyTemplate
from .perform import NotPossible, perform
from .reply_variables import fill, objection_to_sending

Action = BulkRun.Action
# From where a review is at most one step away.
MAY_BE_APPROVED = frozenset({State.SUBMITTED, State.IN_REVIEW})


def objection(action, student_request, to=None) -> str:
    """Say why an action leaves a request alone, as far as the request itself tells, or nothing."""
    return OBJECTIONS[action](student_request, to)


def _to_assigning(student_request, to):
    if not student_request.is_open:
        return _("It is closed; nobody needs to answer for it any more.")
    if to is not None and student_request.assignee_id == to.pk:
        return _("%(name)s answers for it already.") % {"name": to}
    return ""


def _to_reminding(student_request, to):
    approval = student_request.current_approval
    if student_request.state != State.APPROVER_REVIEW or approval is None:
        return _("It waits for no approver.")
    if approval.reminded_at and timezone.localdate(approval.reminded_at) == timezone.localdate():
        return _("The approver has been reminded today.")
    return ""


def _to_approving(student_request, to):
    if not student_request.type.bulk_approval:
        return _("Requests of this type are approved one by one.")
    if student_request.state not in MAY_BE_APPROVED:
        return _("Only new requests and those in review can be approved.")
    if student_request.unread_since:
        return _("The student has written. Read the message first.")
    return ""


def _to_message(student_request, to):
    return ""


OBJECTIONS = {
    Action.ASSIGN: _to_assigning,
    Action.REMIND: _to_reminding,
    Action.APPROVE: _to_approving,
    Action.MESSAGE: _to_message,
}


def do_to(student_request, run, by) -> str:
    """Do what a run asks for to one request as ``by``; return in a sentence what was done.

    Runs in the caller's transaction. Raises what the doors raise, and NotPossible for an objection.
    """
    if sentence := objection(run.action, student_request, run.to):
        raise NotPossible(sentence)
    return DEEDS[run.action](student_request, run, by)


def _assign(student_request, run, by):
    assign(student_request, run.to, Actor.for_user(by), run.text)
    return _("Assigned to %(name)s.") % {"name": run.to}


def _remind(student_request, run, by):
    perform(student_request, "remind", Actor.for_user(by), expected_version=student_request.version)
    return _("%(name)s was reminded.") % {"name": student_request.current_approval.name}


def _approve(student_request, run, by):
    actor = Actor.for_user(by)
    if student_request.state == State.SUBMITTED:
        student_request = perform(
            student_request, "start_review", actor, expected_version=student_request.version
        )
    if points := open_points(student_request):
        raise NotPossible(_("Open in the checklist: %(points)s") % {"points": "; ".join(points)})
    # Without a note: a point that opens in this moment is refused, never overridden.
    done = perform(student_request, "approve", actor, expected_version=student_request.version)
    return _("Approved; it is “%(status)s” now.") % {"status": done.staff_label}


def _message(student_request, run, by):
    text = fill(ReplyTemplate(text=run.text), student_request, by)
    if sentence := objection_to_sending(text):
        raise ValidationError(sentence)
    send_message(student_request, text, Actor.for_user(by), is_answer=False)
    return _("The message was sent.")


DEEDS = {
    Action.ASSIGN: _assign,
    Action.REMIND: _remind,
    Action.APPROVE: _approve,
    Action.MESSAGE: _message,
}


def purge_bulk_runs(before) -> int:
    """Delete old runs with their rows; what they did stands in the requests. Return how many."""
    old = BulkRun.objects.filter(ended_at__lt=before)
    count = old.count()
    old.delete()
    return count

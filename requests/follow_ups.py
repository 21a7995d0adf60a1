"""What an approval leads to where somebody else completes the rest: his own draft, tied to it.

The lock of the later request comes before that of the earlier one, everywhere; two who lock them
in the other order would wait for each other.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .beginning import new_draft
from .lifecycle import OPEN, State
from .mails import tell_owner
from .models import Approval, StudentRequest
from .registry import get_type
from .steps import steps_asked


def confirmed_answers(student_request):
    """Return the answers of each step that was approved, by the key of the step."""
    asked, steps = steps_asked(student_request), student_request.type.approval_steps
    endorsed = student_request.approvals.filter(outcome=Approval.Outcome.ENDORSED)
    return {
        steps[approval.step].key: approval.answers
        for approval in endorsed
        if approval.step in asked
    }


def start_follow_up(student_request, actor):
    """Start what the person of the record completes, once; an open one becomes it.

    Raises ValidationError where the open one belongs to another approval.
    """
    record, key = student_request.student, student_request.type.followed_by
    open_one = StudentRequest.objects.open_for(record, key).first()
    if open_one is None:
        try:
            with transaction.atomic():
                open_one = _begin(student_request, record, key, actor)
        except IntegrityError:
            # The person began one at the same instant.
            open_one = StudentRequest.objects.open_for(record, key).get()
    if open_one.follows_id not in (None, student_request.pk):
        raise ValidationError(
            _(
                "%(name)s is completing the part that belongs to %(reference)s. Finish or end "
                "that one first; nothing was done."
            )
            % {"name": record.full_name, "reference": open_one.follows.reference}
        )
    StudentRequest.objects.filter(pk=open_one.pk).update(follows=student_request)
    return open_one


def _begin(student_request, record, key, actor):
    filled = set(student_request.documents.filling().values_list("slot", flat=True))
    draft = new_draft(
        record,
        get_type(key),
        actor,
        f"{record.pk}:follows:{student_request.reference}:{student_request.version}"[:64],
        follows=student_request,
        known=get_type(key).begins_with(filled),
    )
    if record.user and record.user.last_login:
        # Whoever has never signed in reads of it in the invitation.
        tell_owner("request_started", draft, "started")
    return draft


def newest_follow_up(student_request):
    """Return what was started last after this one's approval, or None."""
    return student_request.followers.order_by("-created_at", "-pk").first()


def objection_to_taking_back(student_request):
    """Return why an approval cannot be taken back or withdrawn now, or ""."""
    sent = student_request.followers.filter(state__in=OPEN, submitted_at__isnull=False).first()
    if sent is None:
        return ""
    return _(
        "%(name)s has sent the part that follows, %(reference)s. Finish that one, or end it first."
    ) % {"name": student_request.student.full_name, "reference": sent.reference}


def objection_to_sending(student_request):
    """Return why what follows an approval cannot be sent now, or ""; locks the approved request."""
    if student_request.follows_id is None:
        return ""
    before = StudentRequest.objects.select_for_update(of=("self",)).get(
        pk=student_request.follows_id
    )
    if before.state == State.APPROVED:
        return ""
    if before.is_open:
        return _(
            "We are looking at your department’s part once more. Your answers are kept; send them "
            "as soon as we have written to you."
        )
    return _("Your department’s part has ended, so this cannot be sent. Please write to us.")

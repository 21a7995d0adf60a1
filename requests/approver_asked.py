"""What an action brings for whoever is asked outside the office: a question, another, its end.

Each consequence takes ``(student_request, actor, data, approval_before)``, as in consequences.py.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from isso.requests.people.holders import holders_of

from .answers import situation_of, typed_answers
from .approvals import ApproverCheck, check_approver
from .lifecycle import WITH_APPROVER
from .models import Approval, ApproverDirectoryEntry


def end_approval(approval, outcome):
    """Close a question that nobody has answered."""
    Approval.objects.filter(pk=approval.pk, outcome=Approval.Outcome.WAITING).update(
        outcome=outcome
    )


def ask_or_miss(student_request, cleaned, situation):
    """Ask whoever this step is for; where he may not be asked any more, another is named.

    Who acts just now, the approver before or a student whose approver page is locked, cannot mend
    it, and what he did must not be lost.
    """
    if student_request.office_asked:
        _ask_office(student_request)
        return
    try:
        _ask_person(student_request, cleaned, situation)
    except ValidationError:
        student_request.approver_missing = True


def _ask_office(student_request):
    """Ask the colleagues of another office: at its mailbox, and by account in their list.

    Where there is neither, the question waits until the desk has seen to it.
    """
    step = student_request.step
    mailbox = ApproverDirectoryEntry.objects.of_office(step.office)
    check = ApproverCheck(
        mailbox.name if mailbox else str(step.label), mailbox.email if mailbox else "", True
    )
    _ask(student_request, check, office=step.office)
    student_request.approver_missing = mailbox is None and not holders_of(step.office).exists()


def _ask_person(student_request, cleaned, situation):
    """Ask the person whom the answers name; raises ValidationError for one who may not be asked."""
    step = student_request.step
    name, email = cleaned.get(step.name_field), cleaned.get(step.email_field)
    before = student_request.snapshots.filter(number=student_request.revision - 1).first()
    asked = student_request.approvals.filter(step=student_request.approval_step).last()
    named = student_request.answers.get(step.email_field)
    if before and asked and before.answers.get(step.email_field) == named:
        # Somebody else may have been named since; the answer still holds the first address.
        name, email = asked.name, asked.email
    check = check_approver(
        name or "",
        email or "",
        student_request.student,
        listed_only=situation.policy.asks_directory,
        asker=student_request.asker,
    )
    _ask(student_request, check)


def _ask(student_request, check, **fields):
    student_request.current_approval = Approval.objects.create(
        student_request=student_request,
        step=student_request.approval_step,
        revision=student_request.revision,
        name=check.name,
        email=check.email,
        is_in_directory=check.is_in_directory,
        **fields,
    )
    student_request.approver_missing = False


def keep_decision(outcome):
    """Return the consequence that keeps what was decided and asks whoever is next."""

    def keep(student_request, actor, data, approval_before):
        approval_before.outcome = outcome
        approval_before.decided_at = timezone.now()
        approval_before.answers = data.get("answers", {})
        approval_before.comment = data.get("note", "")
        approval_before.decided_name = data.get("decided_name", "")
        approval_before.decided_title = data.get("decided_title", "")
        approval_before.decided_from = data.get("decided_from")
        # The directory may have been kept up since the mail left; an office needs no entry.
        approval_before.is_in_directory = bool(approval_before.office) or (
            ApproverDirectoryEntry.objects.people()
            .filter(email__iexact=approval_before.email, is_active=True)
            .exists()
        )
        approval_before.save()
        if outcome == Approval.Outcome.ENDORSED:
            _ask_next(student_request)
        if outcome == Approval.Outcome.RETURNED:
            step = student_request.type.approval_steps[approval_before.step]
            student_request.unlocked = sorted(student_request.type.opened_by(step))

    return keep


def _ask_next(student_request):
    if student_request.state in WITH_APPROVER:
        situation = situation_of(student_request)
        cleaned, _errors = typed_answers(student_request, situation)
        ask_or_miss(student_request, cleaned, situation)


def skip(student_request, actor, data, approval_before):
    """End the question that is passed over, and ask whoever is next."""
    if approval_before:
        end_approval(approval_before, Approval.Outcome.ENDED)
    _ask_next(student_request)


def replace_approver(student_request, actor, data, approval_before):
    """Ask somebody else for the same step; an office stays the one that decides by account."""
    if approval_before:
        end_approval(approval_before, Approval.Outcome.REPLACED)
    _ask(student_request, data["approver"], office=student_request.office_asked)


def forward(student_request, actor, data, approval_before):
    """Hand the question to a colleague, and keep from whom it came."""
    end_approval(approval_before, Approval.Outcome.REPLACED)
    came_from = f"{approval_before.name} <{approval_before.email}>"
    _ask(student_request, data["approver"], forwarded_by=came_from[:255])


def send_reminder(student_request, actor, data, approval_before):
    """Count a reminder; a new link goes out, so the earlier one stops working."""
    approval_before.link_number += 1
    approval_before.reminded_at = timezone.now()
    approval_before.reminders_sent = data.get("reminders_due", approval_before.reminders_sent)
    approval_before.save(update_fields=["link_number", "reminded_at", "reminders_sent"])

"""What follows an action inside its transaction: snapshots, approvals, questions, the record.

Each function takes ``(student_request, actor, data, approval_before)`` after the move; the
request itself is saved by perform.py afterwards.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.home.hours import office_calendar
from isso.requests.people.models import User

from .answers import situation_of, typed_answers
from .approvals import check_approver
from .assignment import advisor_for
from .clock import set_clock
from .issued_documents import tie_to_issued_form
from .lifecycle import WITH_APPROVER, State
from .models import Approval, ApproverDirectoryEntry, ClarificationItem, Snapshot
from .models.guide import live_guides
from .models.policy import policy_in_force
from .recording import write_effects


def follow(student_request, action, actor, data, approval_before):
    """Let everything follow that ``action`` brings with it."""
    consequence = CONSEQUENCES.get(action)
    if consequence:
        consequence(student_request, actor, data, approval_before)
    if approval_before and student_request.state not in WITH_APPROVER:
        _end_approval(approval_before, Approval.Outcome.ENDED)
    if student_request.state == State.SUBMITTED and student_request.assignee_id is None:
        student_request.assignee = advisor_for(student_request.student)
    if student_request.state == State.COMPLETED:
        _write_record(student_request, actor)
    _run_clock(student_request)


def _end_approval(approval, outcome):
    Approval.objects.filter(pk=approval.pk, outcome=Approval.Outcome.WAITING).update(
        outcome=outcome
    )


def _run_clock(student_request):
    target = policy_in_force(student_request.type_key).target_days
    set_clock(student_request, target, timezone.localdate(), office_calendar())


def _take_snapshot(student_request, actor, data, approval_before):
    """Freeze what was sent, with the policy and the words it was made with."""
    request_type, situation = student_request.type, data["situation"]
    cleaned, _errors = typed_answers(student_request, situation)
    guide = live_guides().get(request_type.key)
    # What an older version of a form asked for stays with the student.
    slots = [slot.name for slot in request_type.slots]
    files = student_request.documents.filling().filter(slot__in=slots).order_by("added_at")
    Snapshot.objects.create(
        student_request=student_request,
        number=student_request.revision,
        answers={name: student_request.answers.get(name) for name in cleaned},
        files=[
            {
                "id": str(each.pk),
                "slot": each.slot,
                "name": each.original_name,
                "sha256": each.sha256,
            }
            for each in files
        ],
        policy={"revision": situation.policy.revision, "numbers": situation.policy.numbers},
        type_version=request_type.version,
        attestations=[str(each) for each in request_type.attestations],
        guide_revision=str(guide.live_revision_id or "") if guide else "",
    )
    student_request.type_version = request_type.version
    student_request.effective_start, student_request.effective_end = request_type.effective_dates(
        cleaned
    )
    student_request.deadline = request_type.deadline(situation.facts, situation.policy)
    student_request.clarification_items.filter(closed_at__isnull=True).update(
        closed_at=timezone.now()
    )
    student_request.unlocked = []
    if student_request.state in WITH_APPROVER:
        _ask_or_miss(student_request, cleaned, situation)


def _ask_step(student_request, cleaned, situation):
    """Ask the person whom the answers name for this step.

    Raises ValidationError for somebody who may not be asked (any more).
    """
    step = student_request.type.approval_steps[student_request.approval_step]
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
    )
    _ask(student_request, check)


def _ask(student_request, check, forwarded_by=""):
    student_request.current_approval = Approval.objects.create(
        student_request=student_request,
        step=student_request.approval_step,
        revision=student_request.revision,
        name=check.name,
        email=check.email,
        is_in_directory=check.is_in_directory,
        forwarded_by=forwarded_by,
    )
    student_request.approver_missing = False


def _ask_or_miss(student_request, cleaned, situation):
    """Ask this step's person; where he may not be asked any more, the student names another.

    Who acts just now, the approver before or a student whose approver page is locked, cannot mend
    it, and what he did must not be lost.
    """
    try:
        _ask_step(student_request, cleaned, situation)
    except ValidationError:
        student_request.approver_missing = True


def _keep_decision(outcome):
    def keep(student_request, actor, data, approval_before):
        approval_before.outcome = outcome
        approval_before.decided_at = timezone.now()
        approval_before.answers = data.get("answers", {})
        approval_before.comment = data.get("note", "")
        approval_before.decided_name = data.get("decided_name", "")
        approval_before.decided_title = data.get("decided_title", "")
        approval_before.decided_from = data.get("decided_from")
        # The directory may have been kept up since the mail left.
        approval_before.is_in_directory = ApproverDirectoryEntry.objects.filter(
            email__iexact=approval_before.email, is_active=True
        ).exists()
        approval_before.save()
        if outcome == Approval.Outcome.ENDORSED and student_request.state in WITH_APPROVER:
            situation = situation_of(student_request)
            cleaned, _errors = typed_answers(student_request, situation)
            _ask_or_miss(student_request, cleaned, situation)
        if outcome == Approval.Outcome.RETURNED:
            student_request.unlocked = sorted(student_request.type.opened_by_return)

    return keep


def _replace_approver(student_request, actor, data, approval_before):
    if approval_before:
        _end_approval(approval_before, Approval.Outcome.REPLACED)
    _ask(student_request, data["approver"])


def _forward(student_request, actor, data, approval_before):
    _end_approval(approval_before, Approval.Outcome.REPLACED)
    came_from = f"{approval_before.name} <{approval_before.email}>"
    _ask(student_request, data["approver"], forwarded_by=came_from[:255])


def _send_reminder(student_request, actor, data, approval_before):
    """A new link goes out, so the earlier one stops working."""
    approval_before.link_number += 1
    approval_before.reminded_at = timezone.now()
    approval_before.reminders_sent = data.get("reminders_due", approval_before.reminders_sent)
    approval_before.save(update_fields=["link_number", "reminded_at", "reminders_sent"])


def _mark_questions(student_request, actor, data, approval_before):
    items = data["items"]
    ClarificationItem.objects.bulk_create(
        ClarificationItem(
            student_request=student_request,
            revision=student_request.revision,
            name=item["name"],
            sentence=item["sentence"],
        )
        for item in items
    )
    student_request.unlocked = sorted({item["name"] for item in items})


def _drop_questions(student_request, actor, data, approval_before):
    student_request.clarification_items.filter(closed_at__isnull=True).update(
        closed_at=timezone.now()
    )
    student_request.unlocked = []


def _user(actor):
    return User.objects.filter(pk=actor.user_id).first() if actor.user_id else None


def _write_record(student_request, actor):
    """Completion writes into the record what the type declares, once."""
    situation = situation_of(student_request)
    cleaned, _errors = typed_answers(student_request, situation)
    declared = student_request.type.effects(cleaned, situation.facts, situation.today)
    try:
        # A savepoint, so that PostgreSQL goes on after a refusal of the database itself.
        with transaction.atomic():
            write_effects(student_request, declared, by=_user(actor), today=situation.today)
    except ValidationError as error:
        raise ValidationError(_what_the_record_refused(error)) from error
    except IntegrityError as error:
        missing = ValidationError(_("An answer that the record needs is missing or unreadable."))
        raise ValidationError(_what_the_record_refused(missing)) from error
    tie_to_issued_form(student_request)


def _what_the_record_refused(error):
    """Return sentences that name what cannot stand in the record, and what to do about it."""
    refused = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    named = [
        sentence if name in ("", NON_FIELD_ERRORS) else f"{name.replace('_', ' ')}: {sentence}"
        for name, sentences in refused.items()
        for sentence in sentences
    ]
    return [
        _("This cannot be written into the student’s record, so nothing was done."),
        *named,
        _("Correct the record, or take the approval back and ask the student; then try again."),
    ]


def _set_sevis_due(student_request, actor, data, approval_before):
    """From approval on, the office owes SEVIS the entry by its legal day."""
    if student_request.state != State.APPROVED or not student_request.type.sevis_event:
        return
    situation = situation_of(student_request)
    cleaned, _errors = typed_answers(student_request, situation)
    student_request.sevis_due_on = student_request.type.sevis_due(
        cleaned,
        situation.facts,
        timezone.localdate(student_request.submitted_at),
        office_calendar().add_business_days,
    )


CONSEQUENCES = {
    "submit": _take_snapshot,
    "send_to_approver": _take_snapshot,
    "resubmit": _take_snapshot,
    "endorse": _keep_decision(Approval.Outcome.ENDORSED),
    "return_to_student": _keep_decision(Approval.Outcome.RETURNED),
    "not_me": _keep_decision(Approval.Outcome.NOT_ME),
    "replace_approver": _replace_approver,
    "remind": _send_reminder,
    "remind_on_time": _send_reminder,
    "forward": _forward,
    "ask_clarification": _mark_questions,
    "recall": _drop_questions,
    "approve": _set_sevis_due,
}

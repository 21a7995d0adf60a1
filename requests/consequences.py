"""What follows an action inside its transaction: snapshots, approvals, questions, the record.

Each function takes ``(student_request, actor, data, approval_before)`` after the move; the
request itself is saved by perform.py afterwards.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.home.hours import office_calendar
from isso.home.office import the_office
from isso.requests.people.models import User

from .answers import situation_of, typed_answers
from .approver_asked import (
    ask_or_miss,
    end_approval,
    forward,
    keep_decision,
    replace_approver,
    send_reminder,
    skip,
)
from .assignment import hand_to_advisor
from .clock import counted_day, set_clock
from .follow_ups import confirmed_answers, start_follow_up
from .issued_documents import tie_to_issued_form
from .keyed import keep_sevis_id
from .lifecycle import WITH_APPROVER, State
from .models import Approval, ClarificationItem, Snapshot
from .models.guide import live_guides
from .models.policy import policy_in_force
from .prices import kept_with
from .recording import write_effects
from .search_words import employer_words


def follow(student_request, action, actor, data, approval_before):
    """Let everything follow that ``action`` brings with it."""
    if action != "approve_first":
        # A second person confirms what the first one saw, and nothing else.
        student_request.approved_first_by = None
    consequence = CONSEQUENCES.get(action)
    if consequence:
        consequence(student_request, actor, data, approval_before)
    if approval_before and student_request.state not in WITH_APPROVER:
        end_approval(approval_before, Approval.Outcome.ENDED)
    if student_request.state == State.SUBMITTED and student_request.assignee_id is None:
        hand_to_advisor(student_request)
    if student_request.state == State.COMPLETED:
        _write_record(student_request, actor)
    _run_clock(student_request)


def _run_clock(student_request):
    target = student_request.target_days
    if target is None:
        target = policy_in_force(student_request.type_key).target_days
    calendar = office_calendar()
    counted = counted_day(timezone.now(), the_office(), calendar)
    set_clock(student_request, target, counted, calendar)


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
        policy=kept_with(situation.policy, situation.facts),
        type_version=request_type.version,
        attestations=[str(each) for each in request_type.attestations],
        guide_revision=str(guide.live_revision_id or "") if guide else "",
    )
    student_request.type_version = request_type.version
    if student_request.target_days is None:
        student_request.target_days = situation.policy.target_days
    student_request.effective_start, student_request.effective_end = request_type.effective_dates(
        cleaned
    )
    student_request.deadline = request_type.deadline(situation.facts, situation.policy)
    student_request.employer_words = employer_words(student_request.answers)
    student_request.clarification_items.filter(closed_at__isnull=True).update(
        closed_at=timezone.now()
    )
    student_request.unlocked = []
    if student_request.state in WITH_APPROVER:
        ask_or_miss(student_request, cleaned, situation)


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
    _write(student_request, declared, situation, actor)
    tie_to_issued_form(student_request)


def _approve(student_request, actor, data, approval_before):
    """Write what approval itself writes, and start what somebody else has to complete."""
    _set_sevis_due(student_request, actor, data, approval_before)
    situation = situation_of(student_request)
    cleaned, _errors = typed_answers(student_request, situation)
    confirmed = confirmed_answers(student_request)
    declared = student_request.type.effects_of_approval(
        cleaned, confirmed, situation.facts, situation.today
    )
    _write(student_request, declared, situation, actor)
    if student_request.type.followed_by:
        start_follow_up(student_request, actor)


def _write(student_request, declared, situation, actor):
    if not declared:
        return
    try:
        # A savepoint, so that PostgreSQL goes on after a refusal of the database itself.
        with transaction.atomic():
            write_effects(student_request, declared, by=_user(actor), today=situation.today)
    except ValidationError as error:
        raise ValidationError(_what_the_record_refused(student_request, error)) from error
    except IntegrityError as error:
        missing = ValidationError(_("An answer that the record needs is missing or unreadable."))
        raise ValidationError(_what_the_record_refused(student_request, missing)) from error


def _what_the_record_refused(student_request, error):
    """Return sentences that name what cannot stand in the record, and what to do about it."""
    refused = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    named = [
        sentence if name in ("", NON_FIELD_ERRORS) else f"{name.replace('_', ' ')}: {sentence}"
        for name, sentences in refused.items()
        for sentence in sentences
    ]
    way_out = (
        _("Correct the record, or ask for other answers; then approve it.")
        if student_request.state == State.APPROVED
        else _("Correct the record, or take the approval back and ask the student; then try again.")
    )
    return [
        _("This cannot be written into the student’s record, so nothing was done."),
        *named,
        way_out,
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
    "endorse": keep_decision(Approval.Outcome.ENDORSED),
    "return_to_student": keep_decision(Approval.Outcome.RETURNED),
    "refuse": keep_decision(Approval.Outcome.REFUSED),
    "not_me": keep_decision(Approval.Outcome.NOT_ME),
    "skip_approver": skip,
    "replace_approver": replace_approver,
    "remind": send_reminder,
    "remind_on_time": send_reminder,
    "forward": forward,
    "ask_clarification": _mark_questions,
    "recall": _drop_questions,
    "approve": _approve,
    "confirm_approval": _approve,
    "record": keep_sevis_id,
}

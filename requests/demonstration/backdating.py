"""THE place where the demonstration changes times: nothing else in the product dates back.

Steps happen now, through the real doors, and are then moved to the day they are told for. The
same table of timestamps lets ``manage.py demo --refresh`` move everything to today.
"""

from types import SimpleNamespace

from django.db.models import Case, F, When
from django.utils import timezone

from isso.requests.notices.models import Notice, NoticeState
from isso.requests.records.models import (
    EmploymentAuthorization,
    FundingStatement,
    IssuedForm,
    RecordChange,
    ReportedAddress,
    ReportedJob,
    StudentRecord,
)
from isso.requests.records.reading import facts_for

from ..clock import set_clock
from ..lifecycle import State
from ..models import (
    Approval,
    CaseNote,
    ClarificationItem,
    Document,
    HistoryEntry,
    IssuedLetter,
    Message,
    Snapshot,
    StudentRequest,
)
from ..models.policy import policy_in_force
from ..rules.dates import travel_signature_valid_until
from ..rules.training import is_on_post_completion_work, status_ends_on

# Timestamps of a request and of all that hangs on it.
OWN_TIMES = (
    *("created_at", "touched_at", "state_since", "submitted_at", "decided_at", "completed_at"),
    *("warned_at", "last_message_at", "unread_since", "unanswered_since", "new_for_student_since"),
)
TIMES = {
    HistoryEntry: ("at",),
    Snapshot: ("made_at",),
    Approval: ("asked_at", "reminded_at", "decided_at", "confirmed_at"),
    Document: ("added_at", "released_at", "removed_at"),
    Message: ("sent_at",),
    CaseNote: ("written_at",),
    ClarificationItem: ("asked_at", "closed_at"),
    IssuedLetter: ("revoked_at",),
}
# Dates that a completion writes into the rows around a record.
WRITTEN = {
    IssuedForm: ("issued_on", "travel_signature_on"),
    EmploymentAuthorization: ("recommended_on",),
    ReportedJob: ("reported_on",),
    ReportedAddress: ("reported_on", "sent_to_sevis_on"),
    FundingStatement: ("as_of",),
}
NOTICE_TIMES = ("created_at", "next_attempt_at", "sent_at")


def move_back(student_request, *, since, by):
    """Move everything about one request that was stamped from ``since`` on back in time."""
    own = StudentRequest.objects.filter(pk=student_request.pk)
    _move(own, OWN_TIMES, since, by)
    for model, names in TIMES.items():
        _move(model.objects.filter(student_request=student_request), names, since, by)
    _move(Notice.objects.filter(about=student_request.reference), NOTICE_TIMES, since, by)
    _move_rows(student_request, since, by)
    _move_record(student_request.student, since, by)
    own.filter(recorded_on=timezone.localdate(since)).update(
        recorded_on=timezone.localdate(since - by)
    )
    student_request.refresh_from_db()


def _move(rows, names, since, by):
    rows.update(
        **{
            name: Case(When(**{f"{name}__gte": since}, then=F(name) - by), default=F(name))
            for name in names
        }
    )


def _move_rows(student_request, since, by):
    """Move the dates of the rows this request added around the record, and how they are called."""
    record, reference = student_request.student, student_request.reference
    today, then = timezone.localdate(since), timezone.localdate(since - by)
    for model, names in WRITTEN.items():
        for row in model.objects.filter(reference=reference):
            called = str(row)
            stamped = [name for name in names if getattr(row, name) == today]
            for name in stamped:
                setattr(row, name, then)
            if "travel_signature_on" in stamped:
                row.travel_valid_until = _serves_until(record, then)
            row.save()
            RecordChange.objects.filter(record=record, at__gte=since, new=called).update(
                new=str(row)
            )


def _serves_until(record, signed_on):
    facts = facts_for(record)
    on_opt = is_on_post_completion_work(facts, signed_on)
    return travel_signature_valid_until(signed_on, status_ends_on(facts), on_opt)


def _move_record(record, since, by):
    """Move what the step wrote into the record, with the dates it wrote there."""
    changes = RecordChange.objects.filter(record=record, at__gte=since)
    today, then = timezone.localdate(since), timezone.localdate(since - by)
    for change in changes.filter(new=today.isoformat()):
        StudentRecord.objects.filter(pk=record.pk).update(**{change.field: then})
        RecordChange.objects.filter(pk=change.pk).update(new=then.isoformat())
    changes.update(at=F("at") - by)


def recount_clock(student_request, calendar):
    """Count the business days again along the history as it is now dated."""
    target = policy_in_force(student_request.type_key).target_days
    replay = SimpleNamespace(state=State.DRAFT, clock_used=0, clock_since=None, due_on=None)
    for state, at in student_request.history.values_list("to_state", "at"):
        replay.state = state
        set_clock(replay, target, timezone.localdate(at), calendar)
    StudentRequest.objects.filter(pk=student_request.pk).update(
        clock_used=replay.clock_used, clock_since=replay.clock_since, due_on=replay.due_on
    )
    student_request.refresh_from_db()


def settle_mails(student_request):
    """Count past mails as sent, except the ones whose link somebody still waits for."""
    waiting = Notice.objects.filter(about=student_request.reference, state=NoticeState.WAITING)
    if student_request.state == State.APPROVER_REVIEW:
        waiting = waiting.exclude(audience="approver")
    waiting.update(state=NoticeState.SENT, sent_at=F("created_at"), attempts=1)

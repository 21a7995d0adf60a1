"""Reads for the cohort of admitted people: who they are, and where each of them stands.

Where somebody stands follows from the record, the invitation, the request and the form together
and is stored nowhere (docs/decisions/0030-cohorts.md): it is worked out from five reads, however
many people there are.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Exists, Max, Min, OuterRef, Q
from django.utils import timezone

from isso.home.advisors import shares_for
from isso.requests.people.models import Invitation
from isso.requests.records.choices import IssueReason, Stage
from isso.requests.records.models import IssuedForm, StudentRecord

from .admitted import Admitted, Progress, late_because, progress_of
from .assignment import caseloads_of_people
from .lifecycle import CloseReason
from .models import Document, StudentRequest
from .registry import folder_types

# Somebody who has arrived stays in the list for about one term.
ARRIVED_SHOWN = timedelta(days=120)
FIRST_REASONS = (IssueReason.INITIAL, IssueReason.CHANGE_OF_STATUS, IssueReason.TRANSFER)
DEFERRAL = "deferral"
FAR = date.max
WAY_IS_OVER = (Progress.ARRIVED, Progress.CLOSED)
# Older versions of SQLite take 999 values in one question.
NAMED_AT_MOST = 900


class Member(NamedTuple):
    """One person of the cohort, without anything that only a page of the list needs."""

    key: int
    progress: Progress
    since: date | None
    # What is late, in a sentence; "" for nothing.
    late: str
    program_start: date | None
    advisor_id: int | None
    # The type of the request for the first form, which says whether it is a transfer.
    type_key: str
    name: str
    # Negative once the program has begun.
    days_to_start: int | None

    @property
    def order(self):
        """Late ones first, then whoever begins first; at the end whose way here is over."""
        is_over = self.progress in WAY_IS_OVER
        return not self.late, is_over, self.program_start or FAR, self.name.casefold(), self.key


def first_form_keys():
    """Return the keys of the types that ask for the first form."""
    return [key for key, each in folder_types().items() if each.is_first_form]


def admitted_people(user, today=None):
    """Return the records of the cohort that this member of the office may see; never one's own.

    Those who are expected, and for a while those who have come with a form of ours.
    """
    today = today or timezone.localdate()
    issued = IssuedForm.objects.filter(record=OuterRef("pk"), reason__in=FIRST_REASONS)
    asked = StudentRequest.objects.filter(student=OuterRef("pk"), type_key__in=first_form_keys())
    has_come = Q(
        stage__in=(Stage.CHECK_IN, Stage.CONTINUING), program_start__gte=today - ARRIVED_SHOWN
    )
    return (
        StudentRecord.objects.visible_to(user)
        .students()
        .exclude(user=user)
        .filter(Q(stage=Stage.PRE_ARRIVAL) | (has_come & (Exists(asked) | Exists(issued))))
    )


def members_of(people, today=None):
    """Return where each of these people stands, late ones first."""
    today = today or timezone.localdate()
    rows, shares = list(people.values_list(*COLUMNS)), caseloads_of_people()
    around = _Around(people, rows)
    found = [_member(row, around, shares, today) for row in rows]
    return sorted(found, key=lambda member: member.order)


COLUMNS = (
    "pk",
    "user_id",
    "user__is_active",
    "user__last_login",
    "family_name",
    "given_name",
    "department",
    "advisor_id",
    "program_start",
    "deposit_paid_on",
    "check_in_completed_on",
)


class _Around:
    """What stands around these people and decides where they stand, read together."""

    def __init__(self, people, rows):
        # Asked once, since twenty thousand people have a hundred thousand moments.
        self._zone = timezone.get_current_timezone()
        # A search is not made anew for each read where it has found few.
        few = len(rows) <= NAMED_AT_MOST
        keys = [row[0] for row in rows] if few else people.order_by().values("pk")
        self.invitations = {
            row["user_id"]: row
            for row in Invitation.objects.filter(user__record__in=keys, revoked_at__isnull=True)
            .order_by("created_at", "pk")
            .values("user_id", "created_at", "expires_at", "accepted_at")
        }
        # The newest comes last and stays.
        self.requests = {
            row["student_id"]: row
            for row in StudentRequest.objects.filter(
                student__in=keys, type_key__in=first_form_keys()
            )
            .exclude(close_reason=CloseReason.DISCARDED)
            .order_by("created_at", "pk")
            .values(*_OF_REQUEST)
        }
        forms = IssuedForm.objects.filter(
            record__in=keys, reason__in=FIRST_REASONS, dependent__isnull=True
        )
        self.forms = dict(forms.order_by().values_list("record_id").annotate(Min("issued_on")))
        released = Document.objects.released().filter(
            student__in=keys, student_request__type_key__in=first_form_keys()
        )
        self.documents = dict(
            released.order_by().values_list("student_id").annotate(Min("released_at"))
        )
        deferred = StudentRequest.objects.filter(
            student__in=keys, type_key=DEFERRAL, completed_at__isnull=False
        )
        self.deferrals = dict(
            deferred.order_by().values_list("student_id").annotate(Max("completed_at"))
        )

    def day(self, moment):
        """Return the office's day of a moment, or None."""
        return moment.astimezone(self._zone).date() if moment else None


_OF_REQUEST = (
    "student_id",
    "type_key",
    "state",
    "state_since",
    "created_at",
    "touched_at",
    "submitted_at",
    "due_on",
    "assignee_id",
)


def _member(row, around, shares, today):
    of_record = dict(zip(COLUMNS, row, strict=True))
    pk = of_record["pk"]
    asked = around.requests.get(pk, {})
    invitation = around.invitations.get(of_record["user_id"])
    released = [day for day in (around.forms.get(pk), around.day(around.documents.get(pk))) if day]
    person = Admitted(
        program_start=of_record["program_start"],
        deposit_paid_on=of_record["deposit_paid_on"],
        is_invited=invitation is not None or of_record["user__last_login"] is not None,
        invited_on=around.day(invitation["created_at"]) if invitation else None,
        invitation_ends_on=_end_of(invitation, around),
        has_closed_account=of_record["user__is_active"] is False,
        state=asked.get("state", ""),
        state_since=around.day(asked.get("state_since")),
        begun_on=around.day(asked.get("created_at")),
        saved_on=around.day(asked.get("touched_at")),
        sent_on=around.day(asked.get("submitted_at")),
        due_on=asked.get("due_on"),
        released_on=min(released, default=None),
        deferred_on=around.day(around.deferrals.get(pk)),
        checked_in_on=of_record["check_in_completed_on"],
    )
    progress, since = progress_of(person)
    return Member(
        key=pk,
        progress=progress,
        since=since,
        late=late_because(person, progress, since, today),
        program_start=person.program_start,
        advisor_id=asked.get("assignee_id") or _advisor_of(of_record, shares),
        type_key=asked.get("type_key", ""),
        name=f"{of_record['family_name']}, {of_record['given_name']}",
        days_to_start=(person.program_start - today).days if person.program_start else None,
    )


def _advisor_of(of_record, shares):
    if of_record["advisor_id"]:
        return of_record["advisor_id"]
    fitting = shares_for(shares, of_record["family_name"], of_record["department"])
    return fitting[0].advisor_id if fitting else None


def _end_of(invitation, around):
    if invitation is None or invitation["accepted_at"]:
        return None
    return around.day(invitation["expires_at"])

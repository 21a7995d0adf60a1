"""The request itself: one model for every type, whatever is asked."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..lifecycle import CLOSED, OPEN, STUDENT_LABELS, CloseReason, Lifecycle, State
from ..registry import get_type
from ..steps import steps_asked
from .policy import policy_in_force
from .request_indexes import INDEXES
from .request_scopes import StudentRequestQuerySet
from .thread import Thread

# No 0, O, 1, I, L, U: a reference is read aloud at the front desk.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference():
    """Return a short reference that nobody can guess, such as ``7KQM-3XAP``."""
    letters = "".join(secrets.choice(ALPHABET) for _i in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class StudentRequest(Thread, Lifecycle):
    """One request of one person; what lists sort by are columns, the answers are JSON."""

    reference = models.CharField(
        _("reference"), max_length=9, unique=True, default=new_reference, editable=False
    )
    type_key = models.CharField(_("type"), max_length=40)
    type_version = models.PositiveSmallIntegerField(default=1)
    student = models.ForeignKey(
        "records.StudentRecord",
        models.PROTECT,
        related_name="requests",
        verbose_name=_("student"),
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    # The department that asks, or "" where the person does.
    department = models.CharField(
        _("asked by the department"),
        max_length=120,
        blank=True,
        default="",
        db_default="",
        db_index=True,
    )
    # What was approved before this, and is completed along with it.
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_requests",
        verbose_name=_("advisor"),
    )
    # Whose request this is while that advisor is away and the assignee covers (absences.py).
    covers_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whoever approved what a second person has to confirm; None when anything happens since.
    approved_first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    current_approval = models.ForeignKey(
        "requests.Approval", models.PROTECT, null=True, blank=True, related_name="+"
    )
    approval_step = models.PositiveSmallIntegerField(default=0)
    approver_missing = models.BooleanField(default=False)

    # Counts every change by perform(); a stale page shows an older one.
    version = models.PositiveIntegerField(default=0)
    # Counts the submissions; an approver's link is bound to one of them.
    revision = models.PositiveIntegerField(default=0)
    purpose = models.CharField(max_length=255, blank=True)
    start_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    return_to = models.CharField(max_length=20, blank=True)
    unlocked = models.JSONField(default=list, blank=True)

    # Written by the type's form alone (drafting.py), as typed, so that a draft loses nothing.
    answers = models.JSONField(default=dict, blank=True)
    # What the office has filled in for itself, as typed (office_part.py); never shown to others.
    office_answers = models.JSONField(default=dict, db_default={}, blank=True)

    deadline = models.DateField(_("legal deadline"), null=True, blank=True)
    effective_start = models.DateField(null=True, blank=True)
    effective_end = models.DateField(null=True, blank=True)

    created_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    # When its student last asked when it will be done (asking.py).
    asked_about_at = models.DateTimeField(_("asked about"), null=True, blank=True)

    # The clock in business days (clock.py): used up before the last pause, running since.
    clock_used = models.PositiveSmallIntegerField(default=0)
    clock_since = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    # The business days promised when it was sent first; None for what was sent before they were
    # kept, which is held to those of today.
    target_days = models.PositiveSmallIntegerField(_("target"), null=True, blank=True)

    # What lists of the desk are cut and ordered by, worked out by the database: a plain column
    # serves an index of both databases, a condition or "nulls last" serves only one.
    queue = models.GeneratedField(
        expression=Case(
            When(submitted_at__isnull=True, then=Value("")),
            When(state__in=sorted(str(each) for each in CLOSED), then=Value("closed")),
            default=Value("open"),
        ),
        output_field=models.CharField(max_length=6),
        db_persist=True,
    )
    due_order = models.GeneratedField(
        expression=Coalesce("due_on", Value(date(9999, 12, 31))),
        output_field=models.DateField(),
        db_persist=True,
    )
    # The employers its answers name, as they are compared (records/filing.py).
    employer_words = models.CharField(max_length=250, blank=True, default="", db_default="")

    recorded_on = models.DateField(_("recorded in SEVIS on"), null=True, blank=True)
    recorded_text = models.TextField(_("what was keyed"), blank=True)
    sevis_due_on = models.DateField(_("due in SEVIS"), null=True, blank=True)
    close_reason = models.CharField(
        _("reason"), max_length=20, choices=CloseReason.choices, blank=True
    )
    outcome_note = models.TextField(blank=True)
    eligibility_override = models.TextField(blank=True)

    objects = StudentRequestQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(each) for each in State]),
                name="request_state_is_legal",
            ),
            models.UniqueConstraint(
                fields=["student", "type_key", "department", "purpose"],
                condition=Q(state__in=sorted(str(each) for each in OPEN)),
                name="one_open_request_per_purpose",
            ),
        ]
        indexes = INDEXES

    def __str__(self):
        return f"{self.type.title} {self.reference}"

    def get_absolute_url(self):
        """Return the student's page of this request."""
        return reverse("portal_request", args=[self.reference])

    @property
    def type(self):
        """The request type that states what is asked and what follows, as it was when it began."""
        return get_type(self.type_key, self.type_version)

    @property
    def subject_id(self):
        """The user whom it is about, or None for somebody without an account."""
        return self.student.user_id

    @property
    def owner_id(self):
        """The user whose request this is; None where a department asks."""
        return None if self.department else self.student.user_id

    @property
    def asker(self):
        """The user who asks for a department, or None where a person asks for himself."""
        return self.started_by if self.department else None

    @property
    def step(self):
        """The step of approval that is waited for, or None."""
        if self.state != State.APPROVER_REVIEW:
            return None
        return self.type.approval_steps[self.approval_step]

    @property
    def office_asked(self):
        """The role of the colleagues who decide now, or "" where no other office is asked."""
        return self.step.office if self.step else ""

    @property
    def student_label(self):
        """The status in the words students see."""
        return STUDENT_LABELS[State(self.state)]

    @property
    def staff_label(self):
        """The status in the words of the office, with the step where several people approve."""
        # By the value, not as get_state_display() does, which puts every status into words first.
        label = State(self.state).label
        if self.approved_first_by_id:
            return _("%(status)s: waiting for a second person") % {"status": label}
        if self.state != State.APPROVER_REVIEW or len(self.type.approval_steps) < 2:
            return label
        if self.office_asked and self.approver_missing:
            return _("%(status)s: nobody is asked") % {"status": label}
        asked = steps_asked(self)
        if len(asked) < 2 or self.approval_step not in asked:
            return label
        return _("%(status)s, step %(step)d of %(steps)d") % {
            "status": label,
            "step": asked.index(self.approval_step) + 1,
            "steps": len(asked),
        }

    @property
    def asks_approver(self):
        """Whether somebody outside the office approves first, by the policy and these answers."""
        asks = self.type.asks_approver(self.answers) and self.policy_asks_approver
        return asks and bool(steps_asked(self))

    @cached_property
    def policy_asks_approver(self):
        """Whether the policy this is under lets anybody be asked: for what was sent, that of then.

        So a switch of the policy moves drafts, and never what somebody has sent already.
        """
        number = self.type.approver_number
        if not number:
            return True
        if self.submitted_at is None:
            return bool(policy_in_force(self.type_key)[number])
        first = self.snapshots.values_list("policy", flat=True).order_by("number").first() or {}
        return bool(first.get("numbers", {}).get(number))

    def slots_asked(self, page=None):
        """Return the places for files that are asked for, on one page or on all."""
        asks = self.asks_approver
        slots = self.type.slots if page is None else page.slots
        return [slot for slot in slots if slot.is_asked(self.answers, asks)]

    @property
    def is_open(self):
        """Whether it has not ended."""
        return self.state in OPEN

    @property
    def promise(self):
        """What the student receives at the end, or "" when nothing is printed."""
        # Most types promise one thing to everybody; then the answers need not be read.
        return self.type.releases or self.type.promise(self.answers)

    @cached_property
    def has_released_document(self):
        """Whether the office has released a document with this request."""
        return self.documents.released().exists()

    def note_submission(self):
        """Keep when it was first sent and count the submission."""
        self.submitted_at = self.submitted_at or timezone.now()
        self.revision += 1

    def note_decision(self):
        """Keep when the office decided."""
        self.decided_at = timezone.now()

    def take_back_decision(self):
        """Forget the decision and its deadline; whatever is approved then is keyed anew.

        What was keyed stays as text, for whoever has to correct it in SEVIS.
        """
        self.decided_at = self.sevis_due_on = self.recorded_on = None

    def note_completion(self):
        """Keep when the last thing was done."""
        self.completed_at = timezone.now()

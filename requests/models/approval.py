"""Who is asked outside the office, and what they answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.people.roles import Role


class ApproverDirectoryQuerySet(models.QuerySet):
    """Reads of the directory."""

    def for_department(self, department):
        """Return who may be named by a student of a department: its people, and the school's."""
        name = department.strip()
        return self.people().filter(
            Q(department="") | (Q(department__iexact=name) if name else Q()), is_active=True
        )

    def people(self):
        """Keep the people who may be named; other offices are asked by themselves."""
        return self.filter(office="")

    def of_office(self, office):
        """Return where questions to another office go, or None; ``office`` is its role."""
        return self.filter(office=office, is_active=True).first() if office else None


class ApproverDirectoryEntry(models.Model):
    """A person whom the office knows to be entitled to approve for a department."""

    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(
        _("e-mail address"), help_text=_("Where the question with its link is sent.")
    )
    department = models.CharField(
        _("department"),
        max_length=160,
        blank=True,
        help_text=_("Only its students can name this person. Leave empty for the whole school."),
    )
    office = models.CharField(
        _("other office"),
        max_length=12,
        choices=[
            (Role.COMPLIANCE.value, _("Research Compliance")),
            (Role.HR.value, _("Human Resources")),
        ],
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Choose one if this is the mailbox of an office that every request of a kind goes to. "
            "Nobody can name it as an approver. Leave empty for people."
        ),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("When off, students cannot name this person.")
    )

    objects = ApproverDirectoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("approver")
        verbose_name_plural = _("approver directory")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_directory_entry_per_email"),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(is_active=True) & ~Q(office=""),
                name="one_active_mailbox_per_office",
                violation_error_message=_("This office has an active mailbox already."),
            ),
        ]

    def __str__(self):
        return f"{self.name} <{self.email}>"

    def serves(self, department):
        """Whether a student of a department may name this person (``for_department``)."""
        own = self.department.casefold()
        return not self.office and own in ("", department.strip().casefold())


class Approval(models.Model):
    """One question to one person behind a link; it ends with one decision or with none."""

    class Outcome(models.TextChoices):
        """What became of the question."""

        WAITING = "waiting", _("Waiting")
        ENDORSED = "endorsed", _("Approved")
        RETURNED = "returned", _("Returned to the student")
        REFUSED = "refused", _("Not agreed")
        NOT_ME = "not_me", _("Not the right person")
        REPLACED = "replaced", _("Asked somebody else")
        ENDED = "ended", _("No longer needed")

    student_request = models.ForeignKey(
        "requests.StudentRequest", models.PROTECT, related_name="approvals"
    )
    step = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=160)
    # Empty where an office without a mailbox is asked: its people find the question by account.
    email = models.EmailField(_("e-mail address"), max_length=255, blank=True)
    # The role of the colleagues who decide by account or by link, or "" where a person is asked.
    office = models.CharField(max_length=12, blank=True, default="", db_default="")
    is_in_directory = models.BooleanField(_("in the directory"), default=False)
    # Part of the link: raising it makes every earlier link useless.
    link_number = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    # How many reminders the worker has sent by itself (business days 3, 7, 14).
    reminders_sent = models.PositiveSmallIntegerField(default=0, db_default=0)
    forwarded_by = models.CharField(
        _("forwarded by"), max_length=255, blank=True, default="", db_default=""
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_name = models.CharField(max_length=160, blank=True)
    decided_title = models.CharField(max_length=160, blank=True)
    decided_from = models.GenericIPAddressField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    comment = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return f"{self.name} ({self.get_outcome_display()})"

    # The outcomes that are somebody's decision.
    DECIDED = (Outcome.ENDORSED, Outcome.RETURNED, Outcome.REFUSED)

    @property
    def needs_confirmation(self):
        """Whether an advisor must still confirm that this person may approve."""
        return (
            self.outcome == self.Outcome.ENDORSED
            and not self.is_in_directory
            and self.confirmed_at is None
        )

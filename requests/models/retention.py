"""What is deleted or made anonymous: the days per kind, the plan, what was done, what is held."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.people.roles import may_read_cases


class RetentionDays(models.Model):
    """How long one kind of data is kept from this row on; the rows are the log of the changes."""

    kind = models.CharField(_("kind"), max_length=40)
    days = models.PositiveIntegerField(_("days"))
    days_before = models.PositiveIntegerField(_("days before"))
    why = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("days of retention")
        verbose_name_plural = _("days of retention")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.kind}: {self.days}"


class OfOthers(models.QuerySet):
    """Rows about people, as the office may look after them."""

    def visible_to(self, user):
        """Keep what a user may see: the desk everything but what is about oneself."""
        if not may_read_cases(user):
            return self.none()
        return self.exclude(record__user=user)


class RetentionQuerySet(OfOthers):
    """Reads of the plan."""

    def planned(self):
        """Keep what is announced and not done."""
        return self.filter(state=RetentionEntry.State.PLANNED)

    def done(self):
        """Keep what was done; these rows are the report and stay."""
        return self.filter(state=RetentionEntry.State.DONE)


class RetentionEntry(models.Model):
    """One line of the plan and, afterward, of the report: what, of which request, what is gone.

    It holds no name: pages look it up while there is one.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        RESCUED = "rescued", _("No longer due")

    kind = models.CharField(_("kind"), max_length=40)
    # The key of the request or record; none for what needs no plan and is told as a number.
    object_id = models.BigIntegerField(null=True, blank=True)
    record = models.ForeignKey(
        "records.StudentRecord", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(_("request"), max_length=9, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    planned_on = models.DateField(_("planned"))
    acts_on = models.DateField(_("happens on"))
    told_at = models.DateTimeField(_("supervisors told"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # {"files": 3, "answers": 1, …}: how many of what are gone.
    removed = models.JSONField(default=dict, blank=True)
    problem = models.CharField(_("problem"), max_length=100, blank=True)

    objects = RetentionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of the retention plan")
        verbose_name_plural = _("entries of the retention plan")
        ordering = ["acts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=Q(state="planned"),
                name="planned_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "kind", "acts_on"], name="retention_by_kind"),
        ]

    def __str__(self):
        return f"{self.kind} {self.reference or self.object_id or ''}".strip()


class HoldQuerySet(OfOthers):
    """Reads of the holds."""

    def in_force(self):
        """Keep the holds nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class RetentionHold(models.Model):
    """Nothing of one person, or of one request, is deleted until somebody lifts this."""

    record = models.ForeignKey(
        "records.StudentRecord", models.PROTECT, related_name="retention_holds"
    )
    # Empty: everything of the person.
    student_request = models.ForeignKey(
        "requests.StudentRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="retention_holds",
    )
    why = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("since"), default=timezone.now)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = HoldQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("retention hold")
        verbose_name_plural = _("retention holds")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(lifted_at__isnull=True, student_request__isnull=True),
                name="one_hold_per_person",
            ),
            models.UniqueConstraint(
                fields=["student_request"],
                condition=Q(lifted_at__isnull=True),
                name="one_hold_per_request",
            ),
        ]

    def __str__(self):
        return f"{self.record_id}, {timezone.localdate(self.at)}"


class DiscardedFile(models.Model):
    """A private file whose row is gone: written with the deletion, so that a crash leaves none."""

    name = models.CharField(max_length=200, unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("discarded file")
        verbose_name_plural = _("discarded files")

    def __str__(self):
        return self.name

"""What happened along a person's studies: holds, reduced course loads, earlier SEVIS IDs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import choices, validators
from .columns import day, text
from .record import StudentRecord


class Hold(models.Model):
    """Something that keeps a person from registering until it is lifted."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="holds")
    kind = models.CharField(_("kind"), max_length=10, choices=choices.HoldKind)
    reason = text(_("what to do about it"), 250)
    placed_on = models.DateField(_("placed"))
    lifted_on = day(_("lifted"))
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("placed by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-placed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind"],
                condition=Q(lifted_on__isnull=True),
                name="one_open_hold_per_kind",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.placed_on}"


class ReducedCourseLoad(models.Model):
    """One term, or part of it, in which less than full time was authorized."""

    class Status(models.TextChoices):
        """Where it stands in SEVIS."""

        AUTHORIZED = "authorized", _("Authorized")
        CANCELED = "canceled", _("Canceled")

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="reduced_loads")
    reason = models.CharField(_("reason"), max_length=2, choices=choices.CourseLoadReason)
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.AUTHORIZED
    )
    education_level = models.CharField(
        _("education level"), max_length=2, choices=choices.EducationLevel, blank=True
    )
    reference = text(_("request"), 40, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reduced course load")
        verbose_name_plural = _("reduced course loads")
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="reduced_load_ends_after_it_starts",
                violation_error_message=_("The period must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(reference=""),
                name="one_reduced_load_per_request",
            ),
        ]

    def __str__(self):
        return f"{self.get_reason_display()}, {self.start} – {self.end}"


class FormerSevisId(models.Model):
    """A SEVIS ID a person had before: re-entry or a new record gives another one."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="former_sevis_ids")
    sevis_id = models.CharField(
        _("SEVIS ID"), max_length=11, unique=True, validators=[validators.sevis_id]
    )
    until = day(_("until"))
    reason = text(_("why it ended"), 120)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("former SEVIS ID")
        verbose_name_plural = _("former SEVIS IDs")
        ordering = ["-until"]

    def __str__(self):
        return self.sevis_id

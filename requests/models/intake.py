"""Bulk intake: what a manifest and its PDFs came to, row by row, before and after the release."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.people.roles import may_read_cases

from .document import Document, private_storage, random_path


class IntakeQuerySet(models.QuerySet):
    """The only way from an id in an address to an intake."""

    def visible_to(self, user):
        """Return the intakes this user may see: all for the office, none for anybody else."""
        return self.all() if may_read_cases(user) else self.none()


class DocumentIntake(models.Model):
    """One manifest with its files: checked first, released when somebody has read the report."""

    manifest_name = models.CharField(_("manifest"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("checked"), default=timezone.now, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IntakeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("document intake")
        verbose_name_plural = _("document intakes")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.manifest_name}, {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"


class IntakeRow(models.Model):
    """One row of a manifest, or a file that no row names, and what became of it."""

    class Outcome(models.TextChoices):
        """Where it stands; the set-aside ones wait for a person of the office."""

        READY = "ready", _("Matches, to be released")
        RELEASED = "released", _("Released")
        THERE_ALREADY = "there", _("The student has it already")
        SET_ASIDE = "set_aside", _("Set aside")
        NO_FILE = "no_file", _("No file")
        DISCARDED = "discarded", _("Discarded")

    intake = models.ForeignKey(DocumentIntake, models.PROTECT, related_name="rows")
    # The line of the manifest; none for a file that it does not name.
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    # As the manifest says, whoever that may be.
    said = models.JSONField(default=dict)
    kind = models.CharField(_("kind"), max_length=10, choices=Document.Kind, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    student = models.ForeignKey(
        "records.StudentRecord", models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    # Kept until it is released or discarded; nobody but the office opens it.
    file = models.FileField(
        storage=private_storage, upload_to=random_path, max_length=200, blank=True
    )
    extension = models.CharField(max_length=8, default="pdf")
    sha256 = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("row of an intake")
        verbose_name_plural = _("rows of an intake")
        ordering = ["line", "pk"]
        indexes = [
            models.Index(
                fields=["intake"], condition=Q(outcome="set_aside"), name="intake_set_aside"
            )
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_waiting(self):
        """Whether its file waits to be released, assigned or discarded."""
        return bool(self.file) and self.outcome in (self.Outcome.READY, self.Outcome.SET_ASIDE)

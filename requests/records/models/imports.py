"""Imports of records: who brought which file, and what became of each of its rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..storage import private_storage, random_name


class Outcome(models.TextChoices):
    """What an import does, or would do, with one row."""

    NEW = "new", _("New person")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REFUSED = "refused", _("Refused")


class ImportRun(models.Model):
    """One file on its way: first only compared, then, when somebody says so, imported."""

    class Stage(models.TextChoices):
        """How far it is."""

        TO_CHECK = "to_check", _("Being compared")
        CHECKED = "checked", _("Compared, nothing imported yet")
        TO_IMPORT = "to_import", _("Being imported")
        IMPORTED = "imported", _("Imported")
        UNREADABLE = "unreadable", _("Cannot be read")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    file_name = models.CharField(_("file"), max_length=100)
    # Empty for a file the command reads where it lies, and once retention has deleted it.
    file = models.FileField(storage=private_storage, upload_to=random_name, blank=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.TO_CHECK
    )
    problem = models.TextField(_("why it cannot be read"), blank=True)
    # Until then one worker works on it; one that died leaves it to the next.
    claimed_until = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(_("new people"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import of records")
        verbose_name_plural = _("imports of records")
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(
                fields=["started_at"],
                condition=Q(stage__in=["to_check", "to_import"]),
                name="import_to_work_on",
            )
        ]

    def __str__(self):
        return f"{self.file_name}, {timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"

    @property
    def done(self):
        """Return how many rows have been dealt with."""
        return self.new + self.changed + self.unchanged + self.refused

    @property
    def to_write(self):
        """Return how many rows an import would write."""
        return self.new + self.changed

    @property
    def is_under_way(self):
        """Tell whether the worker has something to do with it."""
        return self.stage in (self.Stage.TO_CHECK, self.Stage.TO_IMPORT)

    @property
    def source(self):
        """Return what a record names as the source of what this import wrote."""
        return f"Import {self.file_name}, {timezone.localdate(self.started_at)}"


class ImportRow(models.Model):
    """What one row of a file says compared with the record; sensitive numbers are masked."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices)
    person = models.CharField(_("person"), max_length=170, blank=True)
    # [[column, before, after], ...]
    changes = models.JSONField(_("changes"), default=list)
    column = models.CharField(_("column"), max_length=60, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="one_report_per_row"),
        ]

    def __str__(self):
        return f"{self.number}, {self.get_outcome_display()}"

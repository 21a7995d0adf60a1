"""Copies of the own record: who asked for one, and the file while it is offered."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .document import private_storage

# So long a copy is offered; then its file is deleted.
KEPT_FOR = timedelta(days=7)


class RecordCopy(models.Model):
    """One copy of a person's whole record, made by the worker; its row outlives its file."""

    class Stage(models.TextChoices):
        """How far it is."""

        TO_MAKE = "to_make", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")
        GONE = "gone", _("Deleted")

    record = models.ForeignKey("records.StudentRecord", models.PROTECT, related_name="copies")
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.TO_MAKE)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The name is kept before the file is written, so that one half written is found and deleted.
    file = models.FileField(storage=private_storage, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Until then one worker works on it; one that died leaves it to the next.
    claimed_until = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True
    # As a download (file_answer.py).
    content_type = "application/zip"

    class Meta:
        verbose_name = _("copy of a record")
        verbose_name_plural = _("copies of records")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(stage="to_make"), name="one_copy_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(stage="to_make"), name="copy_to_work_on"),
            models.Index(fields=["ended_at"], condition=Q(stage="ready"), name="copy_to_purge"),
        ]

    def __str__(self):
        return f"{self.get_stage_display()}, {timezone.localtime(self.asked_at):%Y-%m-%d %H:%M}"

    @property
    def offered_until(self):
        """The moment from which the file is no longer handed out."""
        return self.ended_at + KEPT_FOR

    @property
    def may_be_opened(self):
        """Whether its file may be downloaded now."""
        return self.stage == self.Stage.READY and timezone.now() < self.offered_until

    @property
    def original_name(self):
        """What the download is called; a name of a person would stand in logs and folders."""
        return f"my-record-{timezone.localdate(self.ended_at):%Y-%m-%d}.zip"

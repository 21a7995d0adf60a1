"""What happened to records: every change and every reading; these rows outlive what they name."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..groups import masked
from .record import StudentRecord


class RecordChange(models.Model):
    """One field of one record, before and after."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="changes")
    field = models.CharField(_("field"), max_length=60)
    old = models.TextField(_("before"), blank=True)
    new = models.TextField(_("after"), blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    source = models.CharField(_("source"), max_length=120)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("record change")
        verbose_name_plural = _("record changes")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["record", "field", "-at"], name="record_field_history")]

    def __str__(self):
        return f"{self.field}, {timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @property
    def old_shown(self):
        """Return the value before, masked where it must not be read along the way."""
        return masked(self.field, self.old)

    @property
    def new_shown(self):
        """Return the value after, masked where it must not be read along the way."""
        return masked(self.field, self.new)


class AccessLog(models.Model):
    """One reading, or attempted reading, of personal data."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    what = models.CharField(_("what"), max_length=60)
    # Whose data it was; empty where it was nobody's alone, or that record is gone.
    record = models.ForeignKey(
        StudentRecord,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("student"),
    )
    object_id = models.CharField(_("which"), max_length=60, blank=True, db_index=True)
    allowed = models.BooleanField(_("allowed"), default=True)
    # How much was read at once, and how it was chosen; never what was read.
    details = models.CharField(_("details"), max_length=250, blank=True, default="", db_default="")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["record", "-at"], name="access_by_record")]

    def __str__(self):
        return f"{self.what} {self.object_id}".strip()

"""Invitations of many at once: who asked for them, and what became of each person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .record import StudentRecord


class InvitationRun(models.Model):
    """The people of one list, invited one after the other by the worker."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # {"stage": "continuing", ...}: how the list was filtered.
    filters = models.JSONField(_("filter"), default=dict)
    # Until then one worker works on it; one that died leaves it to the next.
    claimed_until = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation of many")
        verbose_name_plural = _("invitations of many")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(ended_at__isnull=True),
                name="invitations_to_work_on",
            )
        ]

    def __str__(self):
        return f"{timezone.localtime(self.asked_at):%Y-%m-%d %H:%M}"


class InvitationRow(models.Model):
    """One person of such a list."""

    class Outcome(models.TextChoices):
        """What became of the person."""

        WAITING = "waiting", _("Waits")
        INVITED = "invited", _("Invited")
        REFUSED = "refused", _("Not invited")

    run = models.ForeignKey(InvitationRun, models.CASCADE, related_name="rows")
    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, default=Outcome.WAITING)
    reason = models.TextField(_("reason"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("row of an invitation of many")
        verbose_name_plural = _("rows of invitations of many")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "record"], name="one_row_for_each_invited"),
        ]

    def __str__(self):
        return f"{self.record}, {self.get_outcome_display()}"

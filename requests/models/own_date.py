"""Days a person notes on the way here: each note is a row, so that none is ever lost."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OwnDate(models.Model):
    """What one person noted once about one step; the newest row of a step counts.

    Without a day it takes the one before back.
    """

    class Step(models.TextChoices):
        """The steps that have a day of their own (``rules.next_steps``)."""

        FEE = "sevis_fee", _("SEVIS fee paid on")
        VISA = "visa", _("Visa appointment on")
        ARRIVAL = "arrival", _("Arrival planned for")

    record = models.ForeignKey("records.StudentRecord", models.PROTECT, related_name="own_dates")
    step = models.CharField(_("what"), max_length=10, choices=Step.choices)
    day = models.DateField(_("day"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("own date")
        verbose_name_plural = _("own dates")
        ordering = ["noted_at", "pk"]
        indexes = [models.Index(fields=["record", "step", "-noted_at"], name="own_date_newest")]

    def __str__(self):
        return f"{self.get_step_display()} {self.day or '–'}"

"""How long requests of each type have taken, measured by the worker and read by pages."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MeasuredDuration(models.Model):
    """What was measured of one type: business days with the office until it was done."""

    type_key = models.CharField(_("request type"), max_length=40, unique=True)
    finished = models.PositiveIntegerField(_("finished"))
    median = models.PositiveSmallIntegerField(_("half were done within"), null=True)
    # Eight of ten were done within so many days.
    most = models.PositiveSmallIntegerField(_("8 of 10 were done within"), null=True)
    measured_at = models.DateTimeField(_("measured"), default=timezone.now)

    class Meta:
        verbose_name = _("measured duration")
        verbose_name_plural = _("measured durations")
        ordering = ["type_key"]

    def __str__(self):
        return f"{self.type_key}: {self.most}"

"""What the calendars of subscribers and the suggestions of closures must not forget."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CanceledCalendarEntry(models.Model):
    """An entry that was deleted, told as canceled to calendar programs that hold it already."""

    uid = models.CharField(_("identifier"), max_length=100, unique=True)
    calendar = models.CharField(_("calendar"), max_length=20)
    audience = models.CharField(_("audience"), max_length=12, blank=True)
    summary = models.CharField(_("summary"), max_length=250)
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    is_all_day = models.BooleanField(_("all day"))
    canceled_at = models.DateTimeField(_("canceled at"))

    class Meta:
        verbose_name = _("canceled calendar entry")
        verbose_name_plural = _("canceled calendar entries")
        ordering = ["start", "uid"]

    def __str__(self):
        return self.uid


class IgnoredSuggestion(models.Model):
    """A holiday on which this office works, so that it is not suggested again."""

    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("ignored suggestion")
        verbose_name_plural = _("ignored suggestions")
        ordering = ["date", "name"]
        constraints = [
            models.UniqueConstraint(fields=["date", "name"], name="unique_ignored_suggestion")
        ]

    def __str__(self):
        return f"{self.name} ({self.date:%Y-%m-%d})"

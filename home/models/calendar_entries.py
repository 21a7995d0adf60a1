"""What the calendars of subscribers and the suggestions of closures must not forget."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FACTS = ("calendar", "audience", "summary", "start", "end", "is_all_day")


class CalendarEntry(models.Model):
    """What calendar programs have to be told of an entry once it is gone."""

    uid = models.CharField(_("identifier"), max_length=100, unique=True)
    calendar = models.CharField(_("calendar"), max_length=20)
    audience = models.CharField(_("audience"), max_length=12, blank=True)
    summary = models.CharField(_("summary"), max_length=250)
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    is_all_day = models.BooleanField(_("all day"))

    class Meta:
        abstract = True
        ordering = ["start", "uid"]

    def __str__(self):
        return self.uid

    @property
    def facts(self):
        """All of it but the identifier, to be compared and copied."""
        return {name: getattr(self, name) for name in FACTS}


class ToldCalendarEntry(CalendarEntry):
    """An entry that stood in a calendar when the calendars were compared last."""

    class Meta(CalendarEntry.Meta):
        verbose_name = _("told calendar entry")
        verbose_name_plural = _("told calendar entries")


class CanceledCalendarEntry(CalendarEntry):
    """An entry that is gone, told as canceled to calendar programs that hold it already."""

    canceled_at = models.DateTimeField(_("canceled at"))

    class Meta(CalendarEntry.Meta):
        verbose_name = _("canceled calendar entry")
        verbose_name_plural = _("canceled calendar entries")


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

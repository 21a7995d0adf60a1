"""Key dates, and the page that lists them."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from isso.pages.deadlines import dated_deadlines
from isso.pages.links import validate_link
from isso.pages.models import BasePage, BodyMixin

from ..academic_terms import term_links, terms_of
from ..audiences import Audience, asked_audience, audience_links, for_audience
from .hours import check_dates


class KeyDate(models.Model):
    """One date, or span of days, that people have to know."""

    Audience = Audience

    class Category(models.TextChoices):
        """What it is about."""

        CHECK_IN = "check_in", _("Check-in")
        CLASSES = "classes", _("Classes")
        WORK = "work", _("Work")
        TRAVEL = "travel", _("Travel")
        TAX = "tax", _("Taxes")
        EVENT = "event", _("Events")
        CLOSURE = "closure", _("Office closed")

    title = models.CharField(
        _("title"), max_length=120, help_text=_("As it stands in the list and in calendars.")
    )
    start = models.DateField(
        _("date"), help_text=_("The day itself, or the first of several. The list goes by it.")
    )
    end = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Leave empty if it is one day.")
    )
    audience = models.CharField(
        _("audience"),
        max_length=12,
        choices=Audience,
        default=Audience.ALL,
        help_text=_("Visitors can show only the dates of their own group."),
    )
    category = models.CharField(
        _("category"),
        max_length=12,
        choices=Category,
        default=Category.CLASSES,
        help_text=_("Stands beside the date and in calendars."),
    )
    term = models.CharField(
        _("term"),
        max_length=40,
        blank=True,
        db_default="",
        help_text=_(
            "The academic term, the same words for each of its dates: Fall 2026. Readers can pick "
            "one. A date without a term belongs to the one it falls into."
        ),
    )
    link = models.CharField(
        _("link"),
        max_length=200,
        validators=[validate_link],
        blank=True,
        help_text=_("A path of this site such as /forms/, or a full address."),
    )
    note = models.TextField(
        _("what to do"), blank=True, help_text=_("Stands under the date: the next step, and where.")
    )
    updated_at = models.DateTimeField(_("last edited"), auto_now=True)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("category")]),
        FieldPanel("term"),
        FieldPanel("note"),
        FieldPanel("link"),
    ]

    class Meta:
        verbose_name = _("key date")
        verbose_name_plural = _("key dates")
        ordering = ["start", "title"]

    def __str__(self):
        return f"{self.title} ({self.start:%Y-%m-%d})"

    @property
    def last_day(self):
        """The day after which it is past."""
        return self.end or self.start

    @property
    def key(self):
        """The name of its entry in a calendar."""
        return f"key-date-{self.pk}"

    def clean(self):
        """Refuse a last day before the first."""
        super().clean()
        check_dates(self.start, self.end, "end", _("“Last day” must not be before “Date”."))


@dataclass(frozen=True)
class PageDate:
    """A dated deadline of a page, beside the key dates: for everybody, as the page says it."""

    key: str
    title: str
    start: dt.date
    note: str
    link: str
    updated_at: dt.datetime
    pk = end = None
    term = ""
    audience = KeyDate.Audience.ALL

    @property
    def last_day(self):
        """The day after which it is past."""
        return self.start

    def get_audience_display(self):
        """Name whom it concerns."""
        return self.audience.label

    def get_category_display(self):
        """Name what it is."""
        return _("Deadline")


def all_dates():
    """Return the key dates and the dated deadlines of all pages, in their order."""
    deadlines = [
        PageDate(
            f"deadline-{each.key}", each.title, each.date, each.words, each.url, each.edited_at
        )
        for each in dated_deadlines()
    ]
    return sorted([*KeyDate.objects.all(), *deadlines], key=lambda date: (date.start, date.title))


def by_month(entries, first_day=attrgetter("start")):
    """Group sorted entries by the month they begin in: pairs of its first day and its entries."""
    return [
        (month, list(members))
        for month, members in groupby(entries, key=lambda each: first_day(each).replace(day=1))
    ]


class KeyDatesPage(BodyMixin, BasePage):
    """All key dates by month; the past ones folded away."""

    max_count = 1
    template = "home/key_dates_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("key dates page")

    def get_context(self, request, *args, **kwargs):
        """Add the dates, past and to come, for the audience and the term that were asked for."""
        today = timezone.localdate()
        dates = all_dates()
        audience, terms = asked_audience(request), terms_of(dates)
        term = terms.get(request.GET.get("term", ""))
        shown = [
            date for date in for_audience(dates, audience) if term is None or term.covers(date)
        ]
        return super().get_context(request, *args, **kwargs) | {
            "months": by_month([date for date in shown if date.last_day >= today]),
            "past_months": by_month([date for date in shown if date.last_day < today]),
            "audience": audience,
            "audiences": audience_links(dates),
            "term": term.key if term else "",
            "terms": term_links(terms, term, today),
        }

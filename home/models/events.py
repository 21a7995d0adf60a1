"""Orientations, seminars and other events, each a page of its own.

Pages and not snippets: an event has an address to send around, a text with pictures and steps,
a draft and its approval, a copy for the next term, and it is found by the search, all of it
without a line of ours.
"""

import datetime as dt
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from isso.pages.links import validate_link
from isso.pages.models import BasePage, BodyMixin
from isso.pages.tree import is_public

from ..audiences import Audience, asked_audience, audience_links, for_audience
from ..calendar import clock, moment
from .dates import by_month

# Older events keep their pages, but leave the list.
PAST_DAYS = 366


class EventPage(BodyMixin, BasePage):
    """One event: when, where, for whom, and how to sign up."""

    class Kind(models.TextChoices):
        """What kind of event it is."""

        ORIENTATION = "orientation", _("Orientation")
        SEMINAR = "seminar", _("Seminar")
        SOCIAL = "social", _("Social event")
        WORKSHOP = "workshop", _("Deadline workshop")

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind,
        default=Kind.SEMINAR,
        help_text=_("Stands beside the event and in calendars."),
    )
    audience = models.CharField(
        _("audience"),
        max_length=12,
        choices=Audience,
        default=Audience.ALL,
        help_text=_("Visitors can show only the events of their own group."),
    )
    start = models.DateTimeField(_("begins"), help_text=_("In the office’s time zone."))
    end = models.DateTimeField(
        _("ends"), help_text=_("From then on it stands among the past events.")
    )
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Room, building, address. Leave empty if it is online only."),
    )
    online_link = models.CharField(
        _("online link"),
        max_length=300,
        validators=[validate_link],
        blank=True,
        help_text=_("Where people join from afar. Everybody can read it."),
    )
    sign_up_link = models.CharField(
        _("sign-up link"),
        max_length=300,
        validators=[validate_link],
        blank=True,
        help_text=_("Leave empty if nobody has to sign up."),
    )
    is_canceled = models.BooleanField(
        _("canceled"),
        default=False,
        help_text=_("Keep a canceled event published: calendars learn of it from this mark."),
    )
    canceled_text = models.CharField(
        _("why, and what to do now"),
        max_length=300,
        blank=True,
        help_text=_("For example: The speaker is ill. Come on March 17 instead."),
    )

    show_in_menus_default = False
    in_site_map = False
    parent_page_types = ["home.EventsPage"]
    subpage_types = []
    template = "home/event_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("audience")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("online_link"), FieldPanel("sign_up_link")],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [FieldPanel("is_canceled"), FieldPanel("canceled_text")], heading=_("Canceled?")
        ),
        *BodyMixin.content_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.search_fields,
        index.SearchField("place"),
        index.FilterField("start"),
        index.FilterField("audience"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self):
        """Refuse an end before the beginning, and an event that is nowhere."""
        super().clean()
        errors = {}
        if self.start and self.end and self.end <= self.start:
            errors["end"] = _("“Ends” must be after “Begins”.")
        if not self.place and not self.online_link:
            errors["place"] = _("Fill in “Place” or “Online link”: people must know where to go.")
        if errors:
            raise ValidationError(errors)

    @classmethod
    def findable(cls):
        """Leave events of days before today to those who know their address."""
        return cls.objects.filter(end__date__gte=timezone.localdate())

    @property
    def key(self):
        """Its name in calendars, for as long as the page lives."""
        return f"event-{self.pk}"

    @property
    def first_day(self):
        """The day it begins, in the office's zone."""
        return timezone.localdate(self.start)

    @property
    def when(self):
        """Day and time in words: the day once, if it ends on the same day."""
        starts = moment(self.start, "l, F j, Y")
        if timezone.localdate(self.end) == self.first_day:
            return f"{starts} – {clock(timezone.localtime(self.end))}"
        return f"{starts} – {moment(self.end, 'l, F j, Y')}"

    def get_context(self, request, *args, **kwargs):
        """Say whether it is over."""
        is_over = self.end < timezone.now()
        return super().get_context(request, *args, **kwargs) | {"is_over": is_over}


def published_events(root):
    """Return the events below a page that everybody may see, the first one first."""
    return (
        EventPage.objects.descendant_of(root)
        .filter(is_public())
        .select_related("locale")
        .order_by("start", "title")
    )


def next_events(root, most):
    """Return the next few events that take place."""
    coming = published_events(root).filter(end__gte=timezone.now(), is_canceled=False)
    return list(coming[:most])


class EventsPage(BodyMixin, BasePage):
    """All events by month; the past ones folded away."""

    max_count = 1
    subpage_types = ["home.EventPage"]
    template = "home/events_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("events page")

    def get_context(self, request, *args, **kwargs):
        """Add the events, past and to come, for the audience that was asked for."""
        now = timezone.now()
        events = list(published_events(self).filter(end__gte=now - dt.timedelta(days=PAST_DAYS)))
        audience = asked_audience(request)
        shown = for_audience(events, audience)
        return super().get_context(request, *args, **kwargs) | {
            "months": _by_month(event for event in shown if event.end >= now),
            "past_months": _by_month(event for event in shown if event.end < now),
            "audience": audience,
            "audiences": audience_links(events),
        }


def _by_month(events):
    return by_month(events, attrgetter("first_day"))

"""The office's events as calendars: all of them, those for one audience, or a single one."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from isso.pages.tree import site_root

from .audiences import Audience
from .feeds import PAST_DAYS, entry, new_feed
from .hours import office_zone
from .models.events import published_events

KEY = "events"


def events_feed(request, audience=""):
    """Write the events to come and the latest past ones, canceled ones marked as such."""
    since = timezone.now() - dt.timedelta(days=PAST_DAYS)
    events = published_events(site_root(request)).filter(end__gte=since)
    if audience in Audience.values:
        events = events.filter(audience__in=[audience, Audience.ALL])
    return new_feed(request, _("Events"), KEY, [_entry(request, event) for event in events])


def event_feed(request, event):
    """Write one event, for “add to calendar”."""
    return new_feed(request, event.title, event.key, [_entry(request, event)])


def _entry(request, event):
    canceled = _("Canceled: %(title)s") % {"title": event.title}
    return entry(
        request,
        event.key,
        canceled if event.is_canceled else event.title,
        timezone.localtime(event.start, office_zone()),
        timezone.localtime(event.end, office_zone()),
        event.last_published_at or event.start,
        is_canceled=event.is_canceled,
        description=_description(event),
        categories=[str(event.get_kind_display())],
        location=event.place or event.online_link,
        url=event.get_full_url(request),
    )


def _description(event):
    lines = [event.canceled_text if event.is_canceled else "", event.lede, event.online_link]
    return "\n".join(filter(None, lines))

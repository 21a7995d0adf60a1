"""The office's events as calendars: all of them, those for one audience, or a single one."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from isso.pages.tree import site_root

from .audiences import Audience
from .feeds import PAST_DAYS, Entry, new_feed
from .hours import office_zone
from .models.events import published_events

KEY = "events"


def events_feed(request, audience=""):
    """Write the events to come and the latest past ones, canceled ones marked as such."""
    audiences = list(Audience.values)
    if audience in audiences:
        audiences = [audience, Audience.ALL]
    events = _events(site_root(request)).filter(audience__in=audiences)
    return new_feed(
        request, _("Events"), KEY, [_entry(event, request) for event in events], audiences
    )


def event_feed(request, event):
    """Write one event, for “add to calendar”."""
    return new_feed(request, event.title, event.key, [_entry(event, request)])


def standing():
    """Return what stands in the calendar now, of every site."""
    return [_entry(event) for site in Site.objects.all() for event in _events(site.root_page)]


def _events(root):
    since = timezone.now() - dt.timedelta(days=PAST_DAYS)
    return published_events(root).filter(end__gte=since)


def _entry(event, request=None):
    canceled = _("Canceled: %(title)s") % {"title": event.title}
    return Entry(
        event.key,
        canceled if event.is_canceled else event.title,
        timezone.localtime(event.start, office_zone()),
        timezone.localtime(event.end, office_zone()),
        event.last_published_at or event.start,
        event.is_canceled,
        event.audience,
        {
            "description": _description(event),
            "categories": [str(event.get_kind_display())],
            "location": event.place or event.online_link,
            "url": event.get_full_url(request),
        },
    )


def _description(event):
    lines = [event.canceled_text if event.is_canceled else "", event.lede, event.online_link]
    return "\n".join(filter(None, lines))

"""What every calendar of the office is written with, so that all keep the same promises.

An entry keeps its identifier for ever; its stamp and its sequence follow the last edit, so that an
unchanged calendar has unchanged bytes. What was deleted stays for a while, marked as canceled.
"""

import datetime as dt

from django.utils import timezone
from icalendar import Calendar, Event
from wagtail.models import Site

from .hours import office_zone
from .models import CanceledCalendarEntry, OfficeSettings
from .zone_rules import zone_rules

# How long what is over, or was canceled, stays in the calendars.
PAST_DAYS = 60
SEQUENCE_BEGINS = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
REFRESH = dt.timedelta(hours=12)


def new_feed(request, name, key, entries, audiences=("",)):
    """Write a calendar that programs may subscribe to, with what was deleted from it lately."""
    entries = [*entries, *_canceled(request, key, audiences)]
    office = OfficeSettings.for_request(request)
    feed = Calendar.new(
        uid=identifier(request, key),
        name=str(name),
        prodid=f"-//{office.short_name}//{name}//EN",
        refresh_interval=REFRESH,
        subcomponents=[*_zone(entries), *entries],
    )
    feed.add("X-WR-TIMEZONE", str(office_zone()))
    feed.add("X-PUBLISHED-TTL", REFRESH)
    return feed


def entry(request, key, summary, start, end, edited_at, *, is_canceled=False, **properties):
    """Write one entry: from a time to a time, or from a first day to a last day.

    It takes no time away from anybody: an office that is closed does not make its readers busy.
    """
    if not isinstance(end, dt.datetime):
        end += dt.timedelta(days=1)
    return Event.new(
        uid=identifier(request, key),
        summary=str(summary),
        start=start,
        end=end,
        stamp=edited_at,
        last_modified=edited_at,
        sequence=max(int((edited_at - SEQUENCE_BEGINS).total_seconds()), 0),
        status="CANCELLED" if is_canceled else "CONFIRMED",
        transparency="TRANSPARENT",
        **{name: value for name, value in properties.items() if value},
    )


def identifier(request, key):
    """Name an entry for ever, the same whichever address of the site was asked."""
    site = Site.find_for_request(request)
    return f"{key}@{site.hostname if site else request.get_host()}"


def last_cancellation(feed):
    """Return when an entry of a calendar was deleted last, if ever."""
    entries = CanceledCalendarEntry.objects.filter(calendar=feed).order_by("-canceled_at")
    return entries.values_list("canceled_at", flat=True).first()


def _zone(entries):
    years = [entry.start.year for entry in entries if isinstance(entry.start, dt.datetime)]
    return [zone_rules(office_zone(), min(years), max(years) + 1)] if years else []


def _canceled(request, feed, audiences):
    since = timezone.now() - dt.timedelta(days=PAST_DAYS)
    for gone in CanceledCalendarEntry.objects.filter(
        calendar=feed, audience__in=audiences, canceled_at__gte=since
    ):
        start, end = (timezone.localtime(at, office_zone()) for at in (gone.start, gone.end))
        if gone.is_all_day:
            start, end = start.date(), end.date()
        yield entry(request, gone.uid, gone.summary, start, end, gone.canceled_at, is_canceled=True)

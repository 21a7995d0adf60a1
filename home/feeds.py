"""What every calendar of the office is written with, so that all keep the same promises.

An entry keeps its identifier for ever; its stamp and its sequence follow the last edit, so that an
unchanged calendar has unchanged bytes. What is gone stays for a while, marked as canceled
(canceled_entries.py); what has come back is newer than its cancellation.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q
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


@dataclass(frozen=True)
class Entry:
    """One entry: from a time to a time, or from a first day to a last day."""

    key: str
    summary: str
    start: dt.date
    end: dt.date
    edited_at: dt.datetime
    is_canceled: bool = False
    audience: str = ""
    # Other properties of iCalendar by their names; what is empty is left out.
    more: dict = field(default_factory=dict)


def new_feed(request, name, key, entries, audiences=("",)):
    """Write a calendar that programs may subscribe to, with what is gone from it lately."""
    entries = list(entries)
    gone = {row.uid: row for row in _gone_from(key)}
    events = [_written(request, each, _edited_at(each, gone.get(each.key))) for each in entries]
    for entry in _canceled(gone, {each.key for each in entries}, audiences):
        events.append(_written(request, entry, entry.edited_at))
    office = OfficeSettings.for_request(request)
    feed = Calendar.new(
        uid=identifier(request, key),
        name=str(name),
        prodid=f"-//{office.short_name}//{name}//EN",
        refresh_interval=REFRESH,
        subcomponents=[*_zone(events), *events],
    )
    feed.add("X-WR-TIMEZONE", str(office_zone()))
    feed.add("X-PUBLISHED-TTL", REFRESH)
    return feed


def _written(request, entry, edited_at):
    """Write one entry.

    It takes no time away from anybody: an office that is closed does not make its readers busy.
    """
    end = entry.end
    if not isinstance(end, dt.datetime):
        end += dt.timedelta(days=1)
    return Event.new(
        uid=identifier(request, entry.key),
        summary=str(entry.summary),
        start=entry.start,
        end=end,
        stamp=edited_at,
        last_modified=edited_at,
        sequence=max(int((edited_at - SEQUENCE_BEGINS).total_seconds()), 0),
        status="CANCELLED" if entry.is_canceled else "CONFIRMED",
        transparency="TRANSPARENT",
        **{name: value for name, value in entry.more.items() if value},
    )


def identifier(request, key):
    """Name an entry for ever, the same whichever address of the site was asked."""
    site = Site.find_for_request(request)
    return f"{key}@{site.hostname if site else request.get_host()}"


def last_cancellation(feed):
    """Return when an entry of a calendar was last found to be gone, if ever."""
    entries = CanceledCalendarEntry.objects.filter(calendar=feed).order_by("-canceled_at")
    return entries.values_list("canceled_at", flat=True).first()


def _zone(events):
    years = [event.start.year for event in events if isinstance(event.start, dt.datetime)]
    return [zone_rules(office_zone(), min(years), max(years) + 1)] if years else []


def _gone_from(key):
    # The calendar of a single entry has that entry's own key.
    return CanceledCalendarEntry.objects.filter(Q(calendar=key) | Q(uid=key))


def _edited_at(entry, gone):
    """Let an entry that was gone and has come back be newer than its cancellation."""
    return (
        max(entry.edited_at, gone.canceled_at + dt.timedelta(seconds=1))
        if gone
        else (entry.edited_at)
    )


def _canceled(gone, present, audiences):
    since = timezone.now() - dt.timedelta(days=PAST_DAYS)
    for row in gone.values():
        if row.uid in present or row.audience not in audiences or row.canceled_at < since:
            continue
        start, end = (timezone.localtime(at, office_zone()) for at in (row.start, row.end))
        if row.is_all_day:
            start, end = start.date(), end.date()
        yield Entry(row.uid, row.summary, start, end, row.canceled_at, is_canceled=True)

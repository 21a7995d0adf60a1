"""Compares the calendars with what they told before, so that subscribers learn what is gone.

An entry leaves a calendar in many ways: deleted alone or with the page above it, unpublished by
hand or by the clock, moved, hidden by a restriction, taken out of a page's text. No signal is sent
for all of them; comparing misses none. docs/decisions/0014-canceled-entries.md says more.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from . import event_feed, hours_feed, key_dates_feed
from .feeds import PAST_DAYS, Entry
from .hours import office_zone
from .models import CanceledCalendarEntry, ToldCalendarEntry
from .models.calendar_entries import FACTS
from .office import the_office, working_for

REMEMBERED = dt.timedelta(days=366)
FEEDS = (hours_feed, key_dates_feed, event_feed)


def compare_calendars() -> int:
    """Keep what is gone since the last time as canceled; return how much that is."""
    # Whoever asks, the calendars speak the office's language and keep its wall times.
    with override(settings.LANGUAGE_CODE), working_for(the_office()), transaction.atomic():
        # First what was told, then what stands: what comes in between is new and not gone.
        told = {row.uid: row for row in ToldCalendarEntry.objects.select_for_update()}
        standing = {
            entry.key: _told(feed.KEY, entry) for feed in FEEDS for entry in feed.standing()
        }
        gone = [row for uid, row in told.items() if uid not in standing]
        _keep_canceled(gone)
        ToldCalendarEntry.objects.filter(pk__in=[row.pk for row in gone]).delete()
        ToldCalendarEntry.objects.bulk_create(
            [
                row
                for uid, row in standing.items()
                if uid not in told or told[uid].facts != row.facts
            ],
            update_conflicts=True,
            unique_fields=["uid"],
            update_fields=FACTS,
        )
    return len(gone)


def _keep_canceled(rows):
    now = timezone.now()
    for row in rows:
        # What was over long ago has left its calendar by itself.
        if row.end >= now - dt.timedelta(days=PAST_DAYS):
            CanceledCalendarEntry.objects.update_or_create(
                uid=row.uid, defaults=row.facts | {"canceled_at": now}
            )
    CanceledCalendarEntry.objects.filter(canceled_at__lt=now - REMEMBERED).delete()


def compare_at_once(request, *_what):
    """Answer the admin's hooks, so that an editor's work is told without waiting for the worker."""
    compare_calendars()


def _told(calendar: str, entry: Entry) -> ToldCalendarEntry:
    return ToldCalendarEntry(
        uid=entry.key,
        calendar=calendar,
        audience=entry.audience,
        summary=str(entry.summary)[:250],
        start=_moment(entry.start),
        end=_moment(entry.end),
        is_all_day=not isinstance(entry.start, dt.datetime),
    )


def _moment(day):
    if isinstance(day, dt.datetime):
        return day
    return dt.datetime.combine(day, dt.time(), office_zone())

"""Remembers what was deleted from the calendars, so that subscribers learn that it is canceled."""

import datetime as dt

from django.utils import timezone

from . import hours_feed, key_dates_feed
from .closures import headline
from .hours import office_zone
from .models import CanceledCalendarEntry
from .plan import ExceptionalDays

REMEMBERED = dt.timedelta(days=366)


def keep_canceled(feed, uid, summary, start, end, audience=""):
    """Keep an entry of a feed as canceled; take ``date`` for whole days, ``datetime`` for times."""
    now = timezone.now()
    CanceledCalendarEntry.objects.filter(canceled_at__lt=now - REMEMBERED).delete()
    CanceledCalendarEntry.objects.update_or_create(
        uid=uid,
        defaults={
            "calendar": feed,
            "audience": audience,
            "summary": summary[:250],
            "start": _moment(start),
            "end": _moment(end),
            "is_all_day": not isinstance(start, dt.datetime),
            "canceled_at": now,
        },
    )


def closure_deleted(sender, instance, **kwargs):
    """Keep a deleted closure; its reason only if it was announced."""
    days = ExceptionalDays(
        instance.start,
        instance.end,
        instance.applies_to,
        reason=instance.reason,
        show_from=instance.show_from,
    )
    keep_canceled(
        hours_feed.KEY,
        hours_feed.closure_key(instance.pk),
        headline(days, days.is_announced(timezone.localdate())),
        instance.start,
        instance.end,
    )


def key_date_deleted(sender, instance, **kwargs):
    """Keep a deleted key date."""
    keep_canceled(
        key_dates_feed.KEY,
        instance.key,
        instance.title,
        instance.start,
        instance.last_day,
        instance.audience,
    )


def _moment(day):
    if isinstance(day, dt.datetime):
        return day
    return dt.datetime.combine(day, dt.time(), office_zone())

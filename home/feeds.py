"""The office's calendars as iCalendar data.

Walk-in times are written one by one from the same evaluator the pages use, so that closures and
changed hours need no exceptions to a rule that calendar programs read differently.
"""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .closures import headline
from .hours import office_calendar
from .models import HoursException, HoursSchedule, KeyDate
from .plan import WALK_IN

WEEKS_AHEAD = 26
PAST_DAYS = 60


def hours_feed(host, today=None):
    """Write walk-in times ahead, and the days that differ."""
    today = today or timezone.localdate()
    calendar = office_calendar()
    edited = _last_edit(HoursSchedule, HoursException)
    feed = _feed(_("Office hours"), f"hours@{host}")
    for offset in range(7 * WEEKS_AHEAD):
        date = today + dt.timedelta(days=offset)
        for interval in calendar.intervals(date, WALK_IN):
            feed.add_component(
                Event.new(
                    uid=f"walk-in-{interval.opens:%Y%m%dT%H%M}@{host}",
                    summary=_("Walk-in advising"),
                    start=interval.opens,
                    end=interval.closes,
                    stamp=edited,
                )
            )
    stamps = dict(HoursException.objects.values_list("pk", "updated_at"))
    for days in sorted(calendar.exceptions, key=lambda days: days.start):
        if days.end < today - dt.timedelta(days=PAST_DAYS):
            continue
        feed.add_component(
            Event.new(
                uid=f"hours-{days.key}@{host}",
                # The times hold for everybody; why, the office tells from the day it chose.
                summary=headline(days, days.is_announced(today)),
                start=days.start,
                end=days.end + dt.timedelta(days=1),
                stamp=stamps[days.key],
                last_modified=stamps[days.key],
            )
        )
    feed.add_missing_timezones()
    return feed


def key_dates_feed(host, audience=""):
    """Write the key dates as all-day events."""
    dates = KeyDate.objects.all()
    if audience in KeyDate.Audience.values:
        dates = dates.filter(audience__in=[audience, KeyDate.Audience.ALL])
    feed = _feed(_("Key dates"), f"key-dates@{host}")
    for date in dates:
        feed.add_component(
            Event.new(
                uid=f"key-date-{date.pk}@{host}",
                summary=date.title,
                description=date.note or None,
                categories=[str(date.get_category_display())],
                start=date.start,
                end=date.last_day + dt.timedelta(days=1),
                stamp=date.updated_at,
                last_modified=date.updated_at,
            )
        )
    return feed


def _feed(name, uid):
    feed = Calendar.new(uid=uid, name=name, prodid="-//ISSO//Office calendar//EN", version="2.0")
    feed.add("X-WR-TIMEZONE", settings.TIME_ZONE)
    feed.add("REFRESH-INTERVAL", dt.timedelta(hours=12), parameters={"VALUE": "DURATION"})
    return feed


def _last_edit(*models):
    edits = [
        model.objects.order_by("-updated_at").values_list("updated_at", flat=True).first()
        for model in models
    ]
    return max(filter(None, edits), default=timezone.now())

"""The office's calendar as entered by editors, and the week as visitors see it."""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import CharField, DateField, Value
from django.utils import timezone
from django.utils.formats import date_format

from .calendar import (
    WALK_IN,
    ExceptionalDays,
    HoursStatus,
    Interval,
    OfficeCalendar,
    Schedule,
    Slot,
    clock,
)
from .models import HoursException, HoursSchedule

# What the page hands to the script that keeps “open now” right in an open tab.
DAYS_AHEAD = 8


def office_calendar() -> OfficeCalendar:
    """Read the hours and closures of the office, in one query since every page needs them."""
    slots, rows = defaultdict(list), {}
    for row in _schedule_rows().union(_exception_rows(), all=True):
        *facts, weekday, opens, closes = row
        key = tuple(facts[:2])
        rows[key] = facts
        if opens:
            slots[key].append(Slot(weekday, opens, closes))
    return OfficeCalendar(
        schedules=tuple(
            Schedule(kind, start, end, tuple(slots[is_schedule, pk]))
            for is_schedule, pk, kind, start, end, *_rest in rows.values()
            if is_schedule
        ),
        exceptions=tuple(
            ExceptionalDays(
                start,
                end,
                kind,
                tuple((slot.opens, slot.closes) for slot in slots[is_schedule, pk]),
                reason,
                show_from,
            )
            for is_schedule, pk, kind, start, end, reason, show_from in rows.values()
            if not is_schedule
        ),
        zone=ZoneInfo(settings.TIME_ZONE),
    )


def _schedule_rows():
    return HoursSchedule.objects.order_by().values_list(
        Value(1),
        "pk",
        "kind",
        "valid_from",
        "valid_until",
        Value("", output_field=CharField()),
        Value(None, output_field=DateField()),
        "slots__weekday",
        "slots__opens",
        "slots__closes",
    )


def _exception_rows():
    return HoursException.objects.order_by().values_list(
        Value(0),
        "pk",
        "applies_to",
        "start",
        "end",
        "reason",
        "show_from",
        Value(0),
        "hours__opens",
        "hours__closes",
    )


def calendar_for(request) -> OfficeCalendar:
    """Return the calendar, read once for each request."""
    if not hasattr(request, "office_calendar"):
        request.office_calendar = office_calendar()
    return request.office_calendar


@dataclass(frozen=True)
class Day:
    """One line of the week table."""

    date: dt.date
    lines: list[tuple[str, str]]
    reason: str
    is_today: bool


@dataclass(frozen=True)
class WalkIn:
    """One weekly walk-in time, and whether it takes place in the week shown."""

    text: str
    is_canceled: bool


@dataclass(frozen=True)
class Week:
    """Everything the hours card shows."""

    status: HoursStatus
    today: Day
    days: list[Day]
    walk_ins: list[WalkIn]
    instants: list[tuple[str, str]]

    @property
    def instants_json(self):
        """The openings of the next days for the script, as pairs of UTC instants."""
        return json.dumps(self.instants)


def week(calendar: OfficeCalendar, now: dt.datetime | None = None) -> Week:
    """Lay out the present week, or the coming one when nothing is left of this one."""
    now = timezone.localtime(now, calendar.zone)
    today = now.date()
    monday = today - dt.timedelta(days=today.weekday())
    sunday = monday + dt.timedelta(days=6)
    status = calendar.status(now)
    if not status.is_open and status.changes_at and status.changes_at.date() > sunday:
        monday += dt.timedelta(days=7)
    dates = [monday + dt.timedelta(days=offset) for offset in range(7)]
    return Week(
        status=status,
        today=_day(calendar, today, today),
        # The weekend shows up only when the office works or announces something then.
        days=[
            day
            for day in (_day(calendar, date, today) for date in dates)
            if day.date.weekday() < 5 or day.lines or day.reason
        ],
        walk_ins=_walk_ins(calendar, dates),
        instants=[
            (_utc(interval.opens), _utc(interval.closes))
            for offset in range(DAYS_AHEAD)
            for interval in calendar.intervals(today + dt.timedelta(days=offset))
        ],
    )


def next_change(request) -> dt.datetime | None:
    """Tell when the office opens or closes next, for the cache headers of every page."""
    return calendar_for(request).status(timezone.now()).changes_at


def span(opens: dt.time, closes: dt.time) -> str:
    """Write a span of time: 9:00 am – 4:00 pm."""
    return f"{clock(opens)} – {clock(closes)}"


def _day(calendar, date, today):
    exception = calendar.exception_on(date)
    announced = exception and (not exception.show_from or exception.show_from <= today)
    return Day(
        date=date,
        lines=[
            (clock(interval.opens), clock(interval.closes)) for interval in calendar.intervals(date)
        ],
        reason=exception.reason if announced else "",
        is_today=date == today,
    )


def _walk_ins(calendar, dates):
    found = []
    for date in dates:
        running = calendar.intervals(date, WALK_IN)
        exception = calendar.exception_on(date, WALK_IN)
        if exception and exception.applies_to == WALK_IN and running:
            # Walk-ins with hours of their own this week: show those, not the usual ones.
            found += [WalkIn(_named(date, _span(interval)), False) for interval in running]
            continue
        for slot in _slots_on(calendar, date):
            kept = [
                _span(interval)
                for interval in running
                if interval.opens.time() < slot.closes and slot.opens < interval.closes.time()
            ]
            usual = span(slot.opens, slot.closes)
            found.append(WalkIn(_named(date, ", ".join(kept) or usual), is_canceled=not kept))
    return found


def _named(date, text):
    return f"{date_format(date, 'l')} {text}"


def _slots_on(calendar, date):
    schedule = calendar.schedule_on(date, WALK_IN)
    return [slot for slot in schedule.slots if slot.weekday == date.weekday()] if schedule else []


def _span(interval: Interval):
    return span(interval.opens.time(), interval.closes.time())


def _utc(moment):
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

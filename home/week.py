"""The week as visitors see it on the hours card."""

import datetime as dt
import json
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .calendar import HORIZON_DAYS, HoursStatus, OfficeCalendar, clock, span
from .models.hours import Kind
from .plan import PHONE, VIRTUAL, WALK_IN
from .zones import zone_name

# What the page hands to the script that keeps “open now” right in an open tab.
DAYS_AHEAD = 8


@dataclass(frozen=True)
class Day:
    """One line of the week table."""

    date: dt.date
    lines: list[tuple[str, str]]
    reason: str
    is_today: bool


@dataclass(frozen=True)
class Line:
    """One weekly time of a service, and whether it takes place in the week shown."""

    text: str
    is_canceled: bool


@dataclass(frozen=True)
class Service:
    """What the office offers beside its open door: walk-in advising, the phone, a video call."""

    label: str
    lines: list[Line]
    location: str
    note: str


@dataclass(frozen=True)
class Week:
    """Everything the hours card shows."""

    status: HoursStatus
    today: Day
    days: list[Day]
    services: list[Service]
    walk_in_today: str
    instants: list[tuple[str, str]]
    zone: str
    zone_name: str

    @property
    def instants_json(self):
        """The openings of the next days for the script, as pairs of UTC instants."""
        return json.dumps(self.instants, separators=(",", ":"))


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
    services = [_service(calendar, dates, kind) for kind in (WALK_IN, PHONE, VIRTUAL)]
    return Week(
        status=status,
        today=_day(calendar, today, today),
        # The weekend shows up only when the office works or announces something then.
        days=[
            day
            for day in (_day(calendar, date, today) for date in dates)
            if day.date.weekday() < 5 or day.lines or day.reason
        ],
        services=[service for service in services if service.lines],
        walk_in_today=_walk_in_today(calendar, today),
        instants=_instants(calendar, today),
        zone=str(calendar.zone),
        zone_name=zone_name(calendar.zone),
    )


def _day(calendar, date, today):
    exception = calendar.exception_on(date)
    return Day(
        date=date,
        lines=[
            (clock(interval.opens), clock(interval.closes)) for interval in calendar.intervals(date)
        ],
        reason=exception.reason if exception and exception.is_announced(today) else "",
        is_today=date == today,
    )


def _instants(calendar, today):
    """List the openings ahead, at least two: after the last one nothing could be said."""
    found = []
    for offset in range(HORIZON_DAYS):
        if offset >= DAYS_AHEAD and len(found) > 1:
            break
        found += calendar.intervals(today + dt.timedelta(days=offset))
    return [(_utc(interval.opens), _utc(interval.closes)) for interval in found]


def _service(calendar, dates, kind):
    """Lay out one service, neighboring days with the same times in one line."""
    lines = []
    for times, members in groupby(dates, key=lambda date: _times_on(calendar, date, kind)):
        days = [date_format(date, "l") for date in members]
        named = days[0]
        if len(days) > 1:
            named = _("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}
        lines += [Line(f"{named} {text}", is_canceled) for text, is_canceled in times]
    in_force = [calendar.schedule_on(date, kind) for date in dates]
    schedule = next(filter(None, reversed(in_force)), None)
    return Service(
        label=Kind(kind).label,
        lines=lines,
        location=schedule.location if schedule else "",
        note=schedule.note if schedule else "",
    )


def _times_on(calendar, date, kind):
    sessions = calendar.sessions(date, kind)
    # Times of their own for a day stand in place of the usual ones.
    shown = [session for session in sessions if session.is_extra and session.held] or sessions
    return [
        (
            ", ".join(_span(held) for held in session.held) or _span(session.planned),
            not session.held,
        )
        for session in shown
    ]


def _walk_in_today(calendar, today):
    if WALK_IN not in calendar.kinds(today):
        return ""
    times = ", ".join(_span(interval) for interval in calendar.intervals(today, WALK_IN))
    if times:
        return _("Walk-in advising today: %(times)s.") % {"times": times}
    return _("No walk-in advising today.")


def _span(interval):
    return span(interval.opens, interval.closes)


def _utc(moment):
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")

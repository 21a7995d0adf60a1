"""When the office is open: a pure evaluator over schedules and exceptions, without a database.

For each date an exception wins over the schedules; among schedules the one that began last wins;
a date that nothing covers is closed. Times are wall times in the office's zone and are compared
as instants, so the two clock changes of the year come out right.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

EASTERN = ZoneInfo("America/New_York")

OFFICE = "office"
WALK_IN = "walk_in"
ALL = "all"

# How far to look for the next opening or business day before giving up.
HORIZON_DAYS = 370


@dataclass(frozen=True)
class Slot:
    """One span of a weekday (Monday is 0), in wall time."""

    weekday: int
    opens: dt.time
    closes: dt.time


@dataclass(frozen=True)
class Schedule:
    """The normal week of one kind of service, while it is valid."""

    kind: str
    valid_from: dt.date
    valid_until: dt.date | None
    slots: tuple[Slot, ...]

    def covers(self, date):
        """Say whether this schedule is valid on a date."""
        return self.valid_from <= date and (self.valid_until is None or date <= self.valid_until)


@dataclass(frozen=True)
class ExceptionalDays:
    """Days that are not like the others: closed, or with hours of their own."""

    start: dt.date
    end: dt.date
    applies_to: str = ALL
    hours: tuple[tuple[dt.time, dt.time], ...] = ()
    reason: str = ""
    show_from: dt.date | None = None

    def covers(self, date, kind):
        """Say whether these days change one kind of service on a date."""
        return self.start <= date <= self.end and self.applies_to in (ALL, kind)


@dataclass(frozen=True)
class Interval:
    """A span of real time, the closing instant not included."""

    opens: dt.datetime
    closes: dt.datetime


@dataclass(frozen=True)
class HoursStatus:
    """Whether the office is open at an instant, and when that changes."""

    is_open: bool
    changes_at: dt.datetime | None
    sentence: str
    detail: str = ""


def clock(time):
    """Write a time as the office does: 9:00 am."""
    return f"{time.hour % 12 or 12}:{time.minute:02d} {'am' if time.hour < 12 else 'pm'}"


def moment(at, days="F j, Y"):
    """Write a day and a time in the office's zone: October 5, 2026, 9:00 am."""
    at = timezone.localtime(at)
    return f"{date_format(at, days)}, {clock(at)}"


def first_overlap(slots):
    """Find two slots of one weekday that overlap, or nothing."""
    ordered = sorted(slots, key=lambda slot: (slot.weekday, slot.opens, slot.closes))
    for earlier, later in pairwise(ordered):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            return earlier, later
    return None


@dataclass(frozen=True)
class OfficeCalendar:
    """The office's hours, past and to come."""

    schedules: tuple[Schedule, ...]
    exceptions: tuple[ExceptionalDays, ...] = ()
    zone: ZoneInfo = EASTERN

    def exception_on(self, date, kind=OFFICE):
        """Return what makes a date special, or nothing; the one that starts last wins."""
        covering = [days for days in self.exceptions if days.covers(date, kind)]
        return max(covering, key=lambda days: days.start, default=None)

    def schedule_on(self, date, kind=OFFICE):
        """Return the schedule in force on a date, or nothing."""
        covering = [
            schedule
            for schedule in self.schedules
            if schedule.kind == kind and schedule.covers(date)
        ]
        return max(covering, key=lambda schedule: schedule.valid_from, default=None)

    def intervals(self, date, kind=OFFICE):
        """List when a service runs on a date, in order, adjoining spans joined."""
        found = _joined(
            Interval(self._instant(date, opens), self._instant(date, closes))
            for opens, closes in self._wall_times(date, kind)
        )
        # Nobody can walk into a closed office.
        return _common(found, self.intervals(date)) if kind == WALK_IN else found

    def status(self, at, kind=OFFICE):
        """Say whether a service runs at an instant, and when that changes."""
        at = at.astimezone(self.zone)
        for offset in range(HORIZON_DAYS):
            date = at.date() + dt.timedelta(days=offset)
            for interval in self.intervals(date, kind):
                if _utc(interval.opens) <= _utc(at) < _utc(interval.closes):
                    detail = _("until %(time)s") % {"time": clock(interval.closes)}
                    return HoursStatus(True, interval.closes, _("Open now") + f" {detail}", detail)
                if _utc(at) < _utc(interval.opens):
                    when = _when(interval.opens, at.date())
                    detail = _("Opens %(when)s") % {"when": when}
                    return HoursStatus(False, interval.opens, _("Closed.") + f" {detail}", detail)
        return HoursStatus(False, None, _("Closed."))

    def is_business_day(self, date):
        """Say whether the office is open at all on a date."""
        return bool(self.intervals(date))

    def add_business_days(self, start, n):
        """Return the date ``n`` business days after ``start`` (before, for a negative ``n``)."""
        step = dt.timedelta(days=1 if n >= 0 else -1)
        date, left = start, abs(n)
        # Bounded: an office closed for ever must not hang whoever asks for a due date.
        for _offset in range(HORIZON_DAYS + 7 * left):
            if not left:
                break
            date += step
            left -= self._counts(date)
        return date

    def business_days_between(self, a, b):
        """Count the business days after ``a`` up to and including ``b``."""
        if b < a:
            return -self.business_days_between(b, a)
        days = (a + dt.timedelta(days=offset) for offset in range(1, (b - a).days + 1))
        return sum(self._counts(date) for date in days)

    def _counts(self, date):
        # Past the last schedule nobody has entered hours yet: go by the days of the week.
        known = any(
            schedule.kind == OFFICE and (not schedule.valid_until or date <= schedule.valid_until)
            for schedule in self.schedules
        )
        return self.is_business_day(date) if known else date.weekday() < 5

    def _wall_times(self, date, kind):
        if exception := self.exception_on(date, kind):
            # Walk-ins are cut to office hours anyway, so shorter office hours do not cancel them.
            if exception.hours and kind == WALK_IN and exception.applies_to == ALL:
                return self._scheduled(date, kind)
            return exception.hours
        return self._scheduled(date, kind)

    def _scheduled(self, date, kind):
        schedule = self.schedule_on(date, kind)
        slots = schedule.slots if schedule else ()
        return [(slot.opens, slot.closes) for slot in slots if slot.weekday == date.weekday()]

    def _instant(self, date, time):
        # By way of UTC: a wall time the spring clock change skips becomes the real one after it.
        return dt.datetime.combine(date, time, self.zone).astimezone(dt.UTC).astimezone(self.zone)


def _utc(moment):
    return moment.astimezone(dt.UTC)


def _joined(intervals):
    joined = []
    for interval in sorted(intervals, key=lambda interval: _utc(interval.opens)):
        if _utc(interval.opens) >= _utc(interval.closes):
            continue
        if joined and _utc(interval.opens) <= _utc(joined[-1].closes):
            last = joined.pop()
            interval = Interval(last.opens, max(last.closes, interval.closes, key=_utc))
        joined.append(interval)
    return joined


def _common(ours, theirs):
    cut = [
        Interval(max(a.opens, b.opens, key=_utc), min(a.closes, b.closes, key=_utc))
        for a in ours
        for b in theirs
    ]
    return [interval for interval in cut if _utc(interval.opens) < _utc(interval.closes)]


def _when(moment, today):
    days = (moment.date() - today).days
    if days == 0:
        return clock(moment)
    if days < 7:
        return f"{date_format(moment, 'l')} {clock(moment)}"
    return f"{date_format(moment, 'l, F j')}, {clock(moment)}"

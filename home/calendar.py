"""When the office is open: a pure evaluator over schedules and exceptions, without a database.

For each date an exception wins over the schedules; among schedules the one that began last wins,
among those that began together the one that ends first; a date that nothing covers is closed.
Times are wall times in the office's zone and are compared as instants, so the two clock changes
of the year come out right.
"""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .plan import (
    OFFICE,
    PHONE,
    VIRTUAL,
    WALK_IN,
    ExceptionalDays,
    Interval,
    Schedule,
    Session,
    common,
    joined,
    utc,
)

# How far to look for the next opening or business day before giving up.
HORIZON_DAYS = 370


@dataclass(frozen=True)
class HoursStatus:
    """Whether the office is open at an instant, and when that changes."""

    is_open: bool
    changes_at: dt.datetime | None
    sentence: str
    detail: str = ""


def clock(time):
    """Write a time as the office does: 9:00 am."""
    half = pgettext("time of day", "am") if time.hour < 12 else pgettext("time of day", "pm")
    return f"{time.hour % 12 or 12}:{time.minute:02d} {half}"


def span(opens, closes):
    """Write a span of time: 9:00 am – 4:00 pm."""
    return f"{clock(opens)} – {clock(closes)}"


def moment(at, days="F j, Y"):
    """Write a day and a time in the office's zone: October 5, 2026, 9:00 am."""
    at = timezone.localtime(at)
    return f"{date_format(at, days)}, {clock(at)}"


@dataclass(frozen=True)
class OfficeCalendar:
    """The office's hours, past and to come."""

    schedules: tuple[Schedule, ...]
    exceptions: tuple[ExceptionalDays, ...] = ()
    zone: ZoneInfo = field(default_factory=timezone.get_current_timezone)

    def exception_on(self, date, kind=OFFICE):
        """Return what makes a date special, or nothing; the one that starts last wins."""
        covering = [days for days in self.exceptions if days.covers(date, kind)]
        return max(
            covering,
            key=lambda days: (days.start, -days.end.toordinal(), days.applies_to == kind),
            default=None,
        )

    def schedule_on(self, date, kind=OFFICE):
        """Return the schedule in force on a date, or nothing."""
        covering = [
            schedule
            for schedule in self.schedules
            if schedule.kind == kind and schedule.covers(date)
        ]
        return max(
            covering,
            key=lambda schedule: (
                schedule.valid_from,
                -(schedule.valid_until or dt.date.max).toordinal(),
            ),
            default=None,
        )

    def kinds(self, date):
        """Name the services beside the office itself that are offered on or after a date."""
        offered = {
            schedule.kind
            for schedule in self.schedules
            if schedule.valid_until is None or date <= schedule.valid_until
        }
        return [kind for kind in (WALK_IN, PHONE, VIRTUAL) if kind in offered]

    def intervals(self, date, kind=OFFICE):
        """List when a service runs on a date, in order, adjoining spans joined."""
        if kind == OFFICE:
            return joined(self._spans(date, self._wall_times(date)))
        exception = self.exception_on(date, kind)
        if exception and exception.applies_to == kind:
            found = joined(self._spans(date, exception.hours))
        else:
            found = joined(self._spans(date, self._scheduled(date, kind)))
            if exception:
                # Other hours for everything shorten a service; they never begin one.
                found = common(found, joined(self._spans(date, exception.hours)))
        # Nobody can walk into a closed office.
        return common(found, self.intervals(date)) if kind == WALK_IN else found

    def sessions(self, date, kind):
        """List each planned span of a service on a date, held or not."""
        running, exception = self.intervals(date, kind), self.exception_on(date, kind)
        schedule = self.schedule_on(date, kind)
        is_replaced = exception is not None and exception.applies_to == kind
        planned = [
            (str(slot.key), interval, False)
            for slot in (schedule.slots if schedule else ())
            if slot.weekday == date.weekday()
            for interval in self._spans(date, [(slot.opens, slot.closes)])
        ]
        if is_replaced:
            planned += [
                (f"{exception.key}-{number}", interval, True)
                for number, interval in enumerate(self._spans(date, exception.hours), 1)
            ]
        return [
            Session(
                key,
                interval,
                () if is_replaced and not is_extra else tuple(common([interval], running)),
                is_extra,
            )
            for key, interval, is_extra in planned
        ]

    def outside_office(self, date, kind):
        """List what is planned for a service while the office is closed by its own plan.

        A closure cancels a service on purpose, so it is not a mistake to tell of.
        """
        exception = self.exception_on(date, kind)
        if exception and exception.applies_to == kind:
            planned, frame = exception.hours, self.intervals(date)
        else:
            planned = self._scheduled(date, kind)
            frame = joined(self._spans(date, self._scheduled(date, OFFICE)))
        return [
            interval
            for interval in self._spans(date, planned)
            if common([interval], frame) != [interval]
        ]

    def status(self, at, kind=OFFICE):
        """Say whether a service runs at an instant, and when that changes."""
        at = at.astimezone(self.zone)
        for offset in range(HORIZON_DAYS):
            date = at.date() + dt.timedelta(days=offset)
            for interval in self.intervals(date, kind):
                if utc(interval.opens) <= utc(at) < utc(interval.closes):
                    detail = _("until %(time)s") % {"time": clock(interval.closes)}
                    return HoursStatus(True, interval.closes, _("Open now") + f" {detail}", detail)
                if utc(at) < utc(interval.opens):
                    when = _when(interval.opens, at.date())
                    detail = _("Opens %(when)s") % {"when": when}
                    return HoursStatus(False, interval.opens, _("Closed.") + f" {detail}", detail)
        return HoursStatus(False, None, _("Closed."))

    def open_since(self, at, time):
        """Return the latest moment since which the office has been open for so long, until ``at``.

        Where nobody has entered hours, it counts as open all the time.
        """
        at, left = at.astimezone(self.zone), time
        for offset in range(HORIZON_DAYS if self.is_planned(at.date()) else 0):
            for interval in reversed(self.intervals(at.date() - dt.timedelta(days=offset))):
                closes = min(utc(interval.closes), utc(at))
                spent = max(closes - utc(interval.opens), dt.timedelta())
                if spent >= left:
                    return closes - left
                left -= spent
        return utc(at) - left

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
            left -= self.would_work(date)
        return date

    def business_days_between(self, a, b):
        """Count the business days after ``a`` up to and including ``b``."""
        if b < a:
            return -self.business_days_between(b, a)
        days = (a + dt.timedelta(days=offset) for offset in range(1, (b - a).days + 1))
        return sum(self.would_work(date) for date in days)

    def is_planned(self, date):
        """Say whether anybody has entered office hours that reach this date."""
        return any(
            schedule.kind == OFFICE and (not schedule.valid_until or date <= schedule.valid_until)
            for schedule in self.schedules
        )

    def would_work(self, date):
        """Say whether a date is a day of work, as far as anybody can know today."""
        # Past the last schedule nobody has entered hours yet: go by the days of the week.
        return self.is_business_day(date) if self.is_planned(date) else date.weekday() < 5

    def is_taken_away(self, date):
        """Say whether a closure, or a gap between two schedules, takes a day of work away."""
        has_schedule = self.schedule_on(date) is not None
        is_usual = bool(self._scheduled(date, OFFICE)) if has_schedule else date.weekday() < 5
        return is_usual and not self.would_work(date)

    def _wall_times(self, date):
        exception = self.exception_on(date)
        return exception.hours if exception else self._scheduled(date, OFFICE)

    def _scheduled(self, date, kind):
        schedule = self.schedule_on(date, kind)
        slots = schedule.slots if schedule else ()
        return [(slot.opens, slot.closes) for slot in slots if slot.weekday == date.weekday()]

    def _spans(self, date, times):
        spans = [
            Interval(self._instant(date, opens), self._instant(date, closes))
            for opens, closes in times
        ]
        # The spring clock change may skip a span as a whole.
        return [span for span in spans if span.opens < span.closes]

    def _instant(self, date, time):
        """Return the moment of a wall time; one that the clock skips comes when it is set ahead."""
        wall = dt.datetime.combine(date, time)
        moment = wall.replace(tzinfo=self.zone).astimezone(dt.UTC).astimezone(self.zone)
        if moment.replace(tzinfo=None) == wall:
            return moment
        moment = moment.replace(second=0, microsecond=0)
        while (before := self._minute_before(moment)).utcoffset() == moment.utcoffset():
            moment = before
        return moment

    def _minute_before(self, moment):
        return (moment.astimezone(dt.UTC) - dt.timedelta(minutes=1)).astimezone(self.zone)


def _when(moment, today):
    days = (moment.date() - today).days
    if days == 0:
        return clock(moment)
    if days < 7:
        return f"{date_format(moment, 'l')} {clock(moment)}"
    return f"{date_format(moment, 'l, F j')}, {clock(moment)}"

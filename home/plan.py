"""What opening hours are made of: slots of a week, days that differ, and spans of real time."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

OFFICE = "office"
WALK_IN = "walk_in"
PHONE = "phone"
VIRTUAL = "virtual"
ALL = "all"


@dataclass(frozen=True)
class Slot:
    """One span of a weekday (Monday is 0), in wall time."""

    weekday: int
    opens: dt.time
    closes: dt.time
    # What a calendar program knows this slot by, whatever its times become.
    key: int = 0


@dataclass(frozen=True)
class Schedule:
    """The normal week of one kind of service, while it is valid."""

    kind: str
    valid_from: dt.date
    valid_until: dt.date | None
    slots: tuple[Slot, ...]
    location: str = ""
    note: str = ""
    edited_at: dt.datetime | None = None

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
    also_alert: bool = False
    # What a calendar program knows these days by.
    key: int = 0
    edited_at: dt.datetime | None = None

    def covers(self, date, kind):
        """Say whether these days change one kind of service on a date."""
        return self.start <= date <= self.end and self.applies_to in (ALL, kind)

    def is_announced(self, today):
        """Say whether visitors may read the reason yet."""
        return self.show_from is None or self.show_from <= today


@dataclass(frozen=True)
class Interval:
    """A span of real time, the closing instant not included."""

    opens: dt.datetime
    closes: dt.datetime


@dataclass(frozen=True)
class Session:
    """One planned span of a service on a date, and what takes place of it."""

    key: str
    planned: Interval
    held: tuple[Interval, ...]
    # Planned for this date alone, not every week.
    is_extra: bool = False


def first_overlap(slots):
    """Find two slots of one weekday that overlap, or nothing."""
    ordered = sorted(slots, key=lambda slot: (slot.weekday, slot.opens, slot.closes))
    for earlier, later in pairwise(ordered):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            return earlier, later
    return None


def utc(moment):
    """Write a moment so that it can be compared across the change of the clocks."""
    return moment.astimezone(dt.UTC)


def joined(intervals):
    """Put intervals in order, those that touch made one."""
    result = []
    for interval in sorted(intervals, key=lambda interval: utc(interval.opens)):
        if utc(interval.opens) >= utc(interval.closes):
            continue
        if result and utc(interval.opens) <= utc(result[-1].closes):
            last = result.pop()
            interval = Interval(last.opens, max(last.closes, interval.closes, key=utc))
        result.append(interval)
    return result


def common(ours, theirs):
    """Keep what lies in both lists of intervals."""
    cut = [
        Interval(max(a.opens, b.opens, key=utc), min(a.closes, b.closes, key=utc))
        for a in ours
        for b in theirs
    ]
    return [interval for interval in cut if utc(interval.opens) < utc(interval.closes)]

"""The evaluator against a plain statement of the source page, and against another program."""

import datetime as dt
from zoneinfo import ZoneInfo

import opening_hours
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isso.home.calendar import OfficeCalendar
from isso.home.plan import (
    ALL,
    OFFICE,
    PHONE,
    VIRTUAL,
    WALK_IN,
    ExceptionalDays,
    Schedule,
    Slot,
)

EASTERN = ZoneInfo("America/New_York")
MONDAY = dt.date(2026, 10, 5)
MINUTE = dt.timedelta(minutes=1)
KINDS = (OFFICE, WALK_IN, PHONE, VIRTUAL)


def slots(text):
    """Write slots as "0 09:00-16:00, 1 09:00-10:00"."""
    return tuple(
        Slot(int(day), *map(dt.time.fromisoformat, times.split("-")))
        for day, times in (part.split() for part in text.split(", "))
    )


MIT = OfficeCalendar(
    (
        Schedule(
            OFFICE,
            dt.date(2025, 9, 1),
            None,
            slots(
                "0 09:00-16:00, 1 09:00-10:00, 1 11:30-16:00,"
                " 2 09:00-16:00, 3 09:00-16:00, 4 09:00-16:00"
            ),
        ),
        Schedule(WALK_IN, dt.date(2025, 9, 1), None, slots("0 13:00-15:00, 3 10:00-12:00")),
    ),
    zone=EASTERN,
)


def stated_open(day, minute):
    """Monday to Friday from nine to four, but not on Tuesday from ten to half past eleven."""
    is_meeting = day == 1 and 10 * 60 <= minute < 11 * 60 + 30
    return day < 5 and 9 * 60 <= minute < 16 * 60 and not is_meeting


def stated_walk_in(day, minute):
    """Monday from one to three and Thursday from ten to twelve."""
    return (day == 0 and 13 * 60 <= minute < 15 * 60) or (day == 3 and 600 <= minute < 720)


@pytest.mark.parametrize(("kind", "stated"), [(OFFICE, stated_open), (WALK_IN, stated_walk_in)])
@pytest.mark.parametrize(
    "monday",
    [MONDAY, dt.date(2026, 3, 2), dt.date(2026, 10, 26)],
    ids=["a plain week", "the clocks go forward on its Sunday", "the clocks go back"],
)
def test_the_week_of_the_source_page_minute_by_minute(kind, stated, monday):
    wrong = [
        (day, minute)
        for day in range(7)
        for spans in [MIT.intervals(monday + dt.timedelta(days=day), kind)]
        for minute in range(24 * 60)
        for at in [
            dt.datetime.combine(monday + dt.timedelta(days=day), dt.time(), EASTERN)
            + minute * MINUTE
        ]
        if any(span.opens <= at < span.closes for span in spans) != stated(day, minute)
    ]

    assert wrong == []


def test_every_minute_of_the_source_page_says_open_and_until_when():
    """The sentence of each minute of the week names the next change that the statement has."""
    minutes = [(day, minute) for day in range(7) for minute in range(24 * 60)]
    truth = [stated_open(*each) for each in minutes]
    begin = dt.datetime.combine(MONDAY, dt.time(), EASTERN)
    # Once around the week, backward, so that each minute knows the change that follows it.
    upcoming, following = None, {}
    for number in reversed(range(2 * len(truth))):
        here, after = truth[number % len(truth)], truth[(number + 1) % len(truth)]
        upcoming = number + 1 if here != after else upcoming
        following[number] = upcoming

    # Every fifth minute, and each one around a change.
    asked = [n for n in range(len(truth)) if n % 5 in (0, 4)]
    wrong = [
        minutes[number]
        for number in asked
        for status in [MIT.status(begin + number * MINUTE)]
        if (status.is_open, status.changes_at)
        != (truth[number], begin + following[number] * MINUTE)
    ]
    assert wrong == []


DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
FIRST = dt.date(2026, 1, 1)
LAST = dt.date(2026, 12, 31)


def osm_date(date):
    return f"{date:%Y %b %d}"


def osm(schedules, exceptions):
    """Say schedules and exceptions of one kind in OpenStreetMap's language, the later one winning.

    In that language a later rule replaces an earlier one on the days it is about.
    """
    rules = []
    for schedule in sorted(schedules, key=lambda each: each.valid_from):
        span = f"{osm_date(schedule.valid_from)}-{osm_date(schedule.valid_until or LAST)}"
        # Nothing of an earlier schedule is left while this one is valid.
        rules.append(f"{span} off")
        for day, name in enumerate(DAY_NAMES):
            times = [
                f"{slot.opens:%H:%M}-{slot.closes:%H:%M}"
                for slot in schedule.slots
                if slot.weekday == day
            ]
            if times:
                rules.append(f"{span} {name} {','.join(times)}")
    for days in sorted(exceptions, key=lambda each: each.start):
        times = ",".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in days.hours)
        rules.append(f"{osm_date(days.start)}-{osm_date(days.end)} {times or 'off'}")
    return "; ".join(rules)


@st.composite
def times_of_a_day(draw):
    """Spans of a day that neither touch nor overlap, at quarters of an hour."""
    marks = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=4)))
    clock = [dt.time(mark // 4, mark % 4 * 15) for mark in marks]
    return tuple(zip(clock[0::2], clock[1::2], strict=False))


@st.composite
def weeks(draw):
    days = draw(st.dictionaries(st.integers(0, 6), times_of_a_day(), min_size=1))
    return tuple(Slot(day, *span) for day, spans in days.items() for span in spans)


@st.composite
def offices(draw):
    """A year of an office: a normal week, one or two others for a while, days that differ."""
    schedules = [Schedule(OFFICE, FIRST, None, draw(weeks()))]
    exceptions = []
    dates = st.dates(dt.date(2026, 2, 1), dt.date(2026, 11, 20))
    for start in sorted(draw(st.sets(dates, max_size=2))):
        until = start + dt.timedelta(days=draw(st.integers(0, 40)))
        schedules.append(Schedule(OFFICE, start, until, draw(weeks())))
    for start in sorted(draw(st.sets(dates | st.sampled_from(CLOCK_DAYS), max_size=4))):
        end = start + dt.timedelta(days=draw(st.integers(0, 10)))
        hours = draw(st.just(()) | times_of_a_day())
        exceptions.append(ExceptionalDays(start, end, draw(st.sampled_from([ALL, OFFICE])), hours))
    return OfficeCalendar(tuple(schedules), tuple(exceptions), EASTERN)


CLOCK_DAYS = [dt.date(2026, 3, 8), dt.date(2026, 11, 1)]
instants = st.one_of(
    st.datetimes(dt.datetime(2026, 1, 2), dt.datetime(2026, 12, 30)),
    # A third of all questions about the two days on which the clocks change.
    *(
        st.datetimes(dt.datetime.combine(day, dt.time()), dt.datetime.combine(day, dt.time(23, 59)))
        for day in CLOCK_DAYS
    ),
)


def is_real(wall):
    """Say whether this wall time happens once: no clock shows it twice, and none skips it."""
    there, again = (wall.replace(tzinfo=EASTERN, fold=fold) for fold in (0, 1))
    return there.utcoffset() == again.utcoffset()


@settings(max_examples=150)
@given(offices(), st.lists(instants.filter(is_real), min_size=20, max_size=20))
def test_another_program_finds_the_office_open_at_the_same_moments(calendar, walls):
    """``opening_hours`` evaluates OpenStreetMap's language and knows nothing of this project."""
    other = opening_hours.OpeningHours(osm(calendar.schedules, calendar.exceptions))

    different = [
        wall
        for wall in walls
        if calendar.status(wall.replace(tzinfo=EASTERN)).is_open != other.is_open(wall)
    ]
    assert different == [], str(other)


def test_the_other_program_is_asked_in_its_own_language():
    closure = ExceptionalDays(dt.date(2026, 11, 26), dt.date(2026, 11, 27))
    half = ExceptionalDays(
        dt.date(2026, 11, 25), dt.date(2026, 11, 25), hours=((dt.time(9), dt.time(12)),)
    )
    short = Schedule(OFFICE, dt.date(2026, 6, 1), dt.date(2026, 8, 28), slots("4 09:00-12:00"))

    assert osm([short], [closure, half]) == (
        "2026 Jun 01-2026 Aug 28 off; 2026 Jun 01-2026 Aug 28 Fr 09:00-12:00; "
        "2026 Nov 25-2026 Nov 25 09:00-12:00; 2026 Nov 26-2026 Nov 27 off"
    )


# The other program knows one year: fifteen weeks with one day each have to end in it.
@given(offices(), st.dates(dt.date(2026, 2, 1), dt.date(2026, 6, 30)), st.integers(1, 15))
@settings(max_examples=15)
def test_business_days_are_those_on_which_the_other_program_opens(calendar, start, days):
    other = opening_hours.OpeningHours(osm(calendar.schedules, calendar.exceptions))

    def opens(date):
        midnight = dt.datetime.combine(date, dt.time())
        return any(
            other.is_open(midnight + dt.timedelta(minutes=15 * quarter)) for quarter in range(96)
        )

    end, date, left = calendar.add_business_days(start, days), start, days
    while left:
        date += dt.timedelta(days=1)
        assert date <= LAST
        left -= opens(date)
    assert end == date


@pytest.mark.parametrize(
    ("at", "is_open", "changes_at"),
    [
        ("2026-12-31 22:00", True, "2026-12-31 23:00"),
        ("2026-12-31 23:59:59", False, "2027-01-01 00:00"),
        ("2027-01-01 00:00", True, "2027-01-01 02:00"),
        ("2027-01-01 02:00", False, "2027-01-02 00:00"),
    ],
)
def test_a_schedule_changes_at_midnight(at, is_open, changes_at):
    old, new = (
        tuple(Slot(day, dt.time(opens), dt.time(closes)) for day in range(7))
        for opens, closes in [(9, 23), (0, 2)]
    )
    calendar = OfficeCalendar(
        (
            Schedule(OFFICE, dt.date(2026, 1, 1), None, old),
            Schedule(OFFICE, dt.date(2027, 1, 1), None, new),
        ),
        zone=EASTERN,
    )
    at, changes_at = (
        dt.datetime.fromisoformat(text).replace(tzinfo=EASTERN) for text in (at, changes_at)
    )

    status = calendar.status(at)

    assert (status.is_open, status.changes_at) == (is_open, changes_at)

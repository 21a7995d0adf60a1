"""The evaluator of opening hours, as tables of instants and answers."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.home.calendar import OfficeCalendar
from isso.home.plan import OFFICE, WALK_IN, ExceptionalDays, Schedule, Slot, first_overlap

EASTERN = ZoneInfo("America/New_York")
NINE, TEN, HALF_PAST_ELEVEN, NOON, ONE, THREE, FOUR = (
    dt.time(9),
    dt.time(10),
    dt.time(11, 30),
    dt.time(12),
    dt.time(13),
    dt.time(15),
    dt.time(16),
)
WEEK = (
    Slot(0, NINE, FOUR),
    Slot(1, NINE, TEN),
    Slot(1, HALF_PAST_ELEVEN, FOUR),
    Slot(2, NINE, FOUR),
    Slot(3, NINE, FOUR),
    Slot(4, NINE, FOUR),
)
OFFICE_HOURS = Schedule(OFFICE, dt.date(2025, 9, 1), None, WEEK)
WALK_INS = Schedule(WALK_IN, dt.date(2025, 9, 1), None, (Slot(0, ONE, THREE), Slot(3, TEN, NOON)))
THANKSGIVING = ExceptionalDays(dt.date(2026, 11, 26), dt.date(2026, 11, 27), reason="Thanksgiving")
HALF_DAY = ExceptionalDays(dt.date(2026, 11, 25), dt.date(2026, 11, 25), hours=((NINE, NOON),))
CALENDAR = OfficeCalendar((OFFICE_HOURS, WALK_INS), (THANKSGIVING, HALF_DAY))


def at(text, zone=EASTERN):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def hours(calendar, date, kind=OFFICE):
    return [
        (f"{interval.opens:%H:%M}", f"{interval.closes:%H:%M}")
        for interval in calendar.intervals(date, kind)
    ]


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-11-23 08:59", "Closed. Opens 9:00 am"),
        ("2026-11-23 09:00", "Open now until 4:00 pm"),
        ("2026-11-23 15:59:59", "Open now until 4:00 pm"),
        ("2026-11-23 16:00", "Closed. Opens Tuesday 9:00 am"),
        ("2026-11-24 09:59", "Open now until 10:00 am"),
        ("2026-11-24 10:00", "Closed. Opens 11:30 am"),
        ("2026-11-24 10:30", "Closed. Opens 11:30 am"),
        ("2026-11-24 11:30", "Open now until 4:00 pm"),
        ("2026-11-25 11:59", "Open now until 12:00 pm"),
        # From noon on Wednesday until Monday morning: half day, two holidays, the weekend.
        ("2026-11-25 12:00", "Closed. Opens Monday 9:00 am"),
        ("2026-11-28 12:00", "Closed. Opens Monday 9:00 am"),
        ("2026-11-30 12:00", "Open now until 4:00 pm"),
    ],
)
def test_status_says_now_and_next(moment, sentence):
    assert CALENDAR.status(at(moment)).sentence == sentence


def test_a_far_opening_is_named_with_its_date():
    closed = ExceptionalDays(dt.date(2026, 12, 21), dt.date(2027, 1, 1))
    calendar = OfficeCalendar((OFFICE_HOURS,), (closed,))

    status = calendar.status(at("2026-12-18 16:30"))

    assert status.sentence == "Closed. Opens Monday, January 4, 9:00 am"
    assert status.changes_at == at("2027-01-04 09:00")


def test_an_office_without_hours_is_closed_and_does_not_change():
    status = OfficeCalendar(()).status(at("2026-11-23 12:00"))

    assert (status.is_open, status.changes_at, status.sentence) == (False, None, "Closed.")


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        # The Monday before and the Monday after each change of the clocks.
        ("2026-03-06", ("14:00", "21:00")),
        ("2026-03-09", ("13:00", "20:00")),
        ("2026-10-30", ("13:00", "20:00")),
        ("2026-11-02", ("14:00", "21:00")),
    ],
)
def test_wall_times_stay_when_the_clocks_change(date, utc):
    [interval] = CALENDAR.intervals(dt.date.fromisoformat(date))

    assert tuple(f"{moment.astimezone(dt.UTC):%H:%M}" for moment in vars(interval).values()) == utc


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        (dt.time(2, 30), dt.time(4), [("03:00", "04:00")]),
        (dt.time(1), dt.time(2, 15), [("01:00", "03:00")]),
        (dt.time(1), dt.time(2), [("01:00", "03:00")]),
        (dt.time(2, 59), dt.time(3), []),
        (dt.time(2, 15), dt.time(2, 45), []),
    ],
)
def test_what_the_clock_skips_happens_when_it_is_set_ahead(opens, closes, expected):
    """At two it is three: nobody is locked out, or kept waiting, by a time that never comes."""
    sunday = Schedule(OFFICE, dt.date(2026, 1, 1), None, (Slot(6, opens, closes),))

    assert hours(OfficeCalendar((sunday,)), dt.date(2026, 3, 8)) == expected


def test_the_hour_that_happens_twice_is_open_twice():
    sunday = Schedule(OFFICE, dt.date(2026, 1, 1), None, (Slot(6, dt.time(0), dt.time(4)),))
    calendar = OfficeCalendar((sunday,))
    [interval] = calendar.intervals(dt.date(2026, 11, 1))

    assert interval.closes.astimezone(dt.UTC) - interval.opens.astimezone(dt.UTC) == dt.timedelta(
        hours=5
    )
    # 01:30, the second time round.
    assert calendar.status(dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC)).is_open


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-11-23", [("13:00", "15:00")]),
        ("2026-11-19", [("10:00", "12:00")]),
        ("2026-11-26", []),
        ("2026-11-24", []),
    ],
)
def test_walk_ins_need_an_open_office(date, expected):
    assert hours(CALENDAR, dt.date.fromisoformat(date), WALK_IN) == expected


def test_walk_ins_are_cut_to_shorter_hours():
    early = ExceptionalDays(
        dt.date(2026, 12, 7), dt.date(2026, 12, 7), hours=((NINE, dt.time(14)),)
    )
    calendar = OfficeCalendar((OFFICE_HOURS, WALK_INS), (early,))

    assert hours(calendar, dt.date(2026, 12, 7), WALK_IN) == [("13:00", "14:00")]


def test_an_exception_for_walk_ins_leaves_the_office_open():
    canceled = ExceptionalDays(dt.date(2026, 12, 7), dt.date(2026, 12, 7), applies_to=WALK_IN)
    calendar = OfficeCalendar((OFFICE_HOURS, WALK_INS), (canceled,))

    assert hours(calendar, dt.date(2026, 12, 7), WALK_IN) == []
    assert hours(calendar, dt.date(2026, 12, 7)) == [("09:00", "16:00")]


def test_the_schedule_that_began_last_wins_and_ends_on_its_last_day():
    summer = Schedule(OFFICE, dt.date(2026, 6, 1), dt.date(2026, 8, 28), (Slot(4, NINE, NOON),))
    calendar = OfficeCalendar((OFFICE_HOURS, summer))

    assert hours(calendar, dt.date(2026, 5, 29)) == [("09:00", "16:00")]
    assert hours(calendar, dt.date(2026, 8, 28)) == [("09:00", "12:00")]
    assert hours(calendar, dt.date(2026, 8, 27)) == []
    assert hours(calendar, dt.date(2026, 9, 4)) == [("09:00", "16:00")]


def test_the_exception_that_starts_last_wins():
    break_ = ExceptionalDays(dt.date(2026, 12, 21), dt.date(2027, 1, 1))
    open_day = ExceptionalDays(dt.date(2026, 12, 29), dt.date(2026, 12, 29), hours=((TEN, NOON),))
    calendar = OfficeCalendar((OFFICE_HOURS,), (open_day, break_))

    assert hours(calendar, dt.date(2026, 12, 29)) == [("10:00", "12:00")]
    assert hours(calendar, dt.date(2026, 12, 30)) == []


def test_adjoining_slots_are_one_opening():
    split = Schedule(OFFICE, dt.date(2026, 1, 1), None, (Slot(0, NOON, FOUR), Slot(0, NINE, NOON)))

    assert hours(OfficeCalendar((split,)), dt.date(2026, 11, 23)) == [("09:00", "16:00")]


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-20", 1, "2026-11-23"),
        # Thanksgiving: Wednesday counts, although a half day; Thursday and Friday do not.
        ("2026-11-23", 2, "2026-11-25"),
        ("2026-11-23", 3, "2026-11-30"),
        ("2026-11-21", 7, "2026-12-03"),
        ("2026-11-30", -1, "2026-11-25"),
    ],
)
def test_business_days_skip_what_is_closed(start, days, expected):
    start, expected = dt.date.fromisoformat(start), dt.date.fromisoformat(expected)

    assert CALENDAR.add_business_days(start, days) == expected
    assert CALENDAR.business_days_between(start, expected) == days


def test_days_nobody_has_planned_yet_count_by_the_week():
    planned = Schedule(OFFICE, dt.date(2026, 9, 1), dt.date(2026, 11, 24), WEEK)
    calendar = OfficeCalendar((planned,))

    assert calendar.add_business_days(dt.date(2026, 11, 23), 5) == dt.date(2026, 11, 30)
    assert not calendar.is_business_day(dt.date(2026, 11, 25))


def test_an_office_closed_for_ever_still_answers():
    closed = ExceptionalDays(dt.date(2026, 1, 1), dt.date(2999, 1, 1))
    calendar = OfficeCalendar((OFFICE_HOURS,), (closed,))

    assert calendar.add_business_days(dt.date(2026, 11, 23), 5) > dt.date(2027, 11, 23)


@pytest.mark.parametrize(
    ("slots", "overlaps"),
    [
        ([Slot(0, NINE, NOON), Slot(0, TEN, FOUR)], True),
        ([Slot(0, NINE, NOON), Slot(0, NOON, FOUR)], False),
        ([Slot(0, NINE, NOON), Slot(1, TEN, FOUR)], False),
        ([Slot(0, TEN, NOON), Slot(0, TEN, NOON)], True),
    ],
)
def test_overlapping_slots_are_found(slots, overlaps):
    assert (first_overlap(slots) is not None) is overlaps


moments = st.datetimes(
    dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC)
)
dates = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


@given(moments)
def test_status_agrees_with_the_intervals(moment):
    date = moment.astimezone(EASTERN).date()
    is_inside = any(i.opens <= moment < i.closes for i in CALENDAR.intervals(date))
    status = CALENDAR.status(moment)

    assert status.is_open is is_inside
    assert status.changes_at > moment
    assert CALENDAR.status(status.changes_at).is_open is not is_inside


@given(moments, st.integers(1, 40 * 60))
def test_open_since_is_the_last_moment_with_so_many_open_minutes_after_it(moment, minutes):
    since, time = CALENDAR.open_since(moment, dt.timedelta(minutes=minutes)), dt.timedelta()
    day = since.astimezone(EASTERN).date()
    while day <= moment.astimezone(EASTERN).date():
        for each in CALENDAR.intervals(day):
            begin, end = max(each.opens, since), min(each.closes, moment)
            time += max(end - begin, dt.timedelta())
        day += dt.timedelta(days=1)

    assert time == dt.timedelta(minutes=minutes)
    assert any(
        each.opens <= since < each.closes
        for each in CALENDAR.intervals(since.astimezone(EASTERN).date())
    )


def test_without_hours_the_office_counts_as_open():
    monday = at("2026-10-05 10:00")

    assert OfficeCalendar(()).open_since(monday, dt.timedelta(hours=1)) == at("2026-10-05 09:00")


@given(dates, st.integers(1, 30))
def test_counting_business_days_undoes_adding_them(start, days):
    end = CALENDAR.add_business_days(start, days)

    assert CALENDAR.is_business_day(end)
    assert CALENDAR.business_days_between(start, end) == days
    assert CALENDAR.business_days_between(end, start) == -days

"""Every date formula of domain/requests.md §0.3: its worked example, then years of dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.rules import dates

PROGRAM_END = date(2026, 5, 15)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))
ONE_DAY = timedelta(days=1)


def business_days(day, number):
    """Count Monday to Friday, as an office without holidays does."""
    while number:
        day += ONE_DAY
        number -= day.weekday() < 5
    return day


# --- The worked example --------------------------------------------------------------------------

WORKED_EXAMPLE = [
    ("earliest and latest I-765", dates.opt_filing_window(PROGRAM_END), "2026-02-14 2026-07-14"),
    ("OPT start", dates.opt_start_window(PROGRAM_END), "2026-05-16 2026-07-14"),
    ("latest possible OPT end", (dates.opt_latest_end(PROGRAM_END),), "2027-07-15"),
    ("F-1 grace end", (dates.grace_end(PROGRAM_END, 60),), "2026-07-14"),
    ("J-1 grace end", (dates.grace_end(PROGRAM_END, 30),), "2026-06-14"),
    ("STEM filing", dates.stem_filing_window(date(2027, 6, 14)), "2027-03-16 2027-06-14"),
    ("STEM dates", dates.stem_dates(date(2027, 6, 14)), "2027-06-15 2029-06-14"),
    (
        "STEM validations",
        tuple(day for _m, day in dates.stem_validations(date(2027, 6, 15), date(2029, 6, 14))),
        "2027-12-15 2028-06-15 2028-12-15 2029-06-14",
    ),
]


@pytest.mark.parametrize(("what", "found", "expected"), WORKED_EXAMPLE)
def test_the_worked_example(what, found, expected):
    assert " ".join(day.isoformat() for day in found) == expected


# --- The other lines of the table ----------------------------------------------------------------

TABLE = [
    ("early withdrawal", dates.authorized_withdrawal_leave_by(PROGRAM_END), date(2026, 5, 30)),
    ("address, person", dates.address_report_due(date(2026, 2, 20)), date(2026, 3, 2)),
    ("address, F-1 office", dates.address_record_due(date(2026, 2, 20)), date(2026, 3, 13)),
    (
        "address, J-1 office",
        dates.exchange_address_record_due(date(2026, 2, 20), business_days),
        date(2026, 3, 6),
    ),
    ("registration", dates.registration_due(date(2026, 8, 24)), date(2026, 9, 23)),
    ("port of entry", dates.earliest_entry(date(2026, 8, 24)), date(2026, 7, 25)),
    ("check-in", dates.check_in_window(date(2026, 8, 24), 30, 30)[0], date(2026, 7, 25)),
    (
        "I-765 within 30 days of the recommendation",
        dates.opt_filing_window(PROGRAM_END, date(2026, 3, 1))[1],
        date(2026, 3, 31),
    ),
    (
        "I-765 not after the grace period",
        dates.opt_filing_window(PROGRAM_END, date(2026, 7, 1))[1],
        date(2026, 7, 14),
    ),
    (
        "I-765 before completion",
        dates.pre_completion_filing_opens(date(2026, 6, 1)),
        date(2026, 3, 3),
    ),
    (
        "STEM within 60 days of the recommendation",
        dates.stem_filing_window(date(2027, 6, 14), date(2027, 3, 20))[1],
        date(2027, 5, 19),
    ),
    ("STEM bridge", dates.stem_bridge_until(date(2027, 6, 14)), date(2027, 12, 11)),
    (
        "STEM report",
        dates.stem_validation_report_by(date(2027, 12, 15), business_days),
        date(2027, 12, 29),
    ),
    (
        "STEM evaluations",
        dates.stem_evaluations(date(2027, 6, 15), date(2029, 6, 14)),
        (date(2028, 6, 15), date(2029, 6, 14)),
    ),
    (
        "academic training begins",
        dates.academic_training_start_window(PROGRAM_END),
        (date(2026, 5, 16), date(2026, 6, 14)),
    ),
    ("new program", dates.new_program_start_by(PROGRAM_END), date(2026, 10, 15)),
    ("new school", dates.report_to_new_school_by(date(2026, 8, 24)), date(2026, 9, 8)),
    ("absence", dates.absence_ends_record_after(date(2026, 9, 30)), date(2027, 2, 28)),
    ("completes itself", dates.completes_itself_on(PROGRAM_END), date(2026, 7, 14)),
    ("one academic year", dates.academic_year_completed_on(date(2025, 8, 25)), date(2026, 5, 25)),
    ("21st birthday of a leap day", dates.turns_21_on(date(2008, 2, 29)), date(2029, 2, 28)),
]


@pytest.mark.parametrize(("what", "found", "expected"), TABLE)
def test_each_line_of_the_table(what, found, expected):
    assert found == expected


@pytest.mark.parametrize(
    ("used", "last"),
    [(0, date(2027, 6, 14)), (30, date(2027, 5, 15)), (365, date(2026, 6, 14))],
)
def test_opt_lasts_twelve_months_less_what_was_used(used, last):
    assert dates.opt_last_day(date(2026, 6, 15), used) == last


@pytest.mark.parametrize(("full", "part", "used"), [(0, 0, 0), (10, 0, 10), (10, 9, 15), (0, 1, 1)])
def test_part_time_opt_counts_half_and_half_a_day_is_a_day(full, part, used):
    assert dates.opt_days_used(full, part) == used


@pytest.mark.parametrize(
    ("start", "used", "months", "last"),
    [
        # A program of four years: the months bind.
        (date(2026, 5, 16), 0, 18, date(2027, 11, 15)),
        (date(2026, 5, 16), 100, 18, date(2027, 8, 7)),
        (date(2026, 5, 16), 0, 36, date(2029, 5, 15)),
        # The clock starts the day after the program, also for who begins on its last day.
        (date(2026, 6, 14), 0, 18, date(2027, 11, 15)),
        # During the program it starts with the work.
        (date(2026, 1, 10), 0, 18, date(2027, 7, 9)),
    ],
)
def test_academic_training_is_bound_by_its_months(start, used, months, last):
    begun = date(2022, 8, 22)
    assert dates.academic_training_last_day(begun, PROGRAM_END, start, used, months) == last


def test_academic_training_lasts_no_longer_than_the_program():
    # Nine months of program, 264 days, allow 264 days of training.
    last = dates.academic_training_last_day(
        date(2025, 8, 25), PROGRAM_END, date(2026, 5, 16), 0, 18
    )
    assert dates.days_in(date(2026, 5, 16), last) == dates.days_in(date(2025, 8, 25), PROGRAM_END)


@pytest.mark.parametrize(
    ("program_end", "on_opt", "until"),
    [
        (date(2028, 5, 15), False, date(2027, 3, 1)),
        (date(2028, 5, 15), True, date(2026, 9, 1)),
        (date(2026, 5, 15), False, date(2026, 5, 15)),
        (None, False, date(2027, 3, 1)),
    ],
)
def test_a_travel_signature_serves_a_year_or_six_months_and_never_past_the_end(
    program_end, on_opt, until
):
    assert dates.travel_signature_valid_until(date(2026, 3, 1), program_end, on_opt) == until


# --- Years of dates ------------------------------------------------------------------------------


@given(DAYS, st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    later = dates.add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + ONE_DAY).day == 1
    assert later.day <= day.day


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_a_later_day_never_has_an_earlier_anniversary(day, gap, months):
    later = day + timedelta(days=gap)
    assert dates.add_months(day, months) <= dates.add_months(later, months)


@given(DAYS)
def test_twelve_months_are_a_year_leap_days_or_not(start):
    # From February 29 on, a year ends on February 27, one day early rather than one late.
    assert dates.days_in(start, dates.opt_last_day(start, 0)) in (365, 366)


@given(DAYS, st.integers(0, 400))
def test_each_day_of_opt_used_takes_one_day_from_its_end(start, used):
    assert dates.opt_last_day(start, 0) - dates.opt_last_day(start, used) == timedelta(days=used)


@given(DAYS)
def test_the_windows_of_opt_fit_into_each_other(program_end):
    opens, closes = dates.opt_filing_window(program_end)
    first, last = dates.opt_start_window(program_end)

    assert opens < program_end < first <= last == closes == dates.grace_end(program_end, 60)
    assert dates.days_in(opens, closes) == 151
    # Whoever starts on the last day still ends in time, whatever months lie between.
    assert dates.opt_last_day(last, 0) <= dates.opt_latest_end(program_end)


@given(DAYS, st.integers(-30, 200))
def test_a_recommendation_only_ever_shortens_the_filing(end, days):
    recommended = end - timedelta(days=days)

    assert dates.opt_filing_window(end, recommended)[1] <= dates.opt_filing_window(end)[1]
    assert dates.stem_filing_window(end, recommended)[1] <= end


@given(DAYS)
def test_stem_opt_follows_without_a_gap_and_is_validated_inside(opt_end):
    start, end = dates.stem_dates(opt_end)
    due = [day for _months, day in dates.stem_validations(start, end)]

    assert start - opt_end == ONE_DAY
    assert due == sorted(set(due))
    assert start < due[0]
    assert due[-1] == end
    assert 729 <= dates.days_in(start, end) <= 731


@given(DAYS, st.integers(1, 2500), st.integers(-300, 30), st.integers(0, 200))
def test_academic_training_never_outlasts_months_or_program(began, length, offset, used):
    ended = began + timedelta(days=length)
    start = max(began, ended + timedelta(days=offset))
    last = dates.academic_training_last_day(began, ended, start, used, 18)

    assert last < dates.add_months(start, 18)
    assert last - start < timedelta(days=length + 1)
    assert dates.academic_training_last_day(began, ended, start, used + 1, 18) == last - ONE_DAY


@given(DAYS, DAYS, st.booleans())
def test_a_travel_signature_never_outlives_the_program(signed, program_end, on_opt):
    until = dates.travel_signature_valid_until(signed, program_end, on_opt)

    assert until <= program_end
    assert until <= dates.add_months(signed, 6 if on_opt else 12)


@given(DAYS, st.integers(0, 400))
def test_a_period_counts_both_its_ends(start, days):
    assert dates.days_in(start, start + timedelta(days=days)) == days + 1


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_check_in_is_open_on_both_its_ends_over_changes_of_the_clock(start, before, after):
    # Calendar days, not 24 hours: the weekends on which clocks change are as long as others.
    first, last = dates.check_in_window(start, before, after)

    assert dates.days_in(first, start) == before + 1
    assert dates.days_in(start, last) == after + 1

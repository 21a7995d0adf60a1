"""The days of OPT without work: as a table, and against a count of single days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import Job, RecordFacts
from isso.requests.rules.unemployment import (
    reached_on,
    spans_without_work,
    unemployment_days,
    unemployment_rows,
    used_up_on,
)
from isso.tests.factories import work
from isso.tests.types.asking import policy_of

START, END = date(2026, 6, 15), date(2027, 6, 14)
UNTIL = START + timedelta(days=99)
OPT = work("OPT", START, END)
STEM = work("STEM", date(2027, 6, 15), date(2029, 6, 14))


def facts(*employments, jobs=()):
    return RecordFacts(employments=tuple(employments), jobs=tuple(jobs), education_level="05")


def job(first, last=None, hours=40, **more):
    return Job(1, first, last, hours, **more)


def day(number):
    """Return the nth day of OPT; the first is 0, earlier ones are negative."""
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("what", "jobs", "days"),
    [
        ("every day without a job", (), 100),
        ("none in a job that lasts", (job(START),), 0),
        ("both ends of a job are days of work", (job(START, day(9)),), 90),
        ("fewer than 20 hours are unemployment", (job(START, None, 19),), 100),
        ("20 hours are enough", (job(START, None, 20),), 0),
        ("two jobs add up", (job(START, None, 10), job(START, None, 10)), 0),
        ("only on the days of both", (job(START, None, 10), job(day(50), None, 10)), 50),
        ("jobs that overlap count each day once", (job(START, day(59)), job(day(40), day(79))), 20),
        ("the gap between two jobs counts", (job(START, day(9)), job(day(20))), 10),
        ("one job after the other leaves no gap", (job(START, day(9)), job(day(10))), 0),
        ("a job before OPT counts nothing", (job(day(-100), day(-1)),), 100),
        ("a job from before OPT into it counts from its first day", (job(day(-9), day(9)),), 90),
        ("days before the job starts", (job(day(30)),), 30),
        ("unpaid work of 20 hours is work on OPT", (job(START, None, 20, is_paid=False),), 0),
        ("so is one's own business", (job(START, None, 30, is_self_employed=True),), 0),
    ],
)
def test_days_of_unemployment(what, jobs, days):
    assert unemployment_days(facts(OPT, jobs=jobs), UNTIL) == days


@pytest.mark.parametrize(
    ("what", "employments", "until", "days"),
    [
        ("before OPT nothing counts", (OPT,), day(-1), 0),
        ("the first day counts", (OPT,), START, 1),
        ("after OPT nothing more counts", (OPT,), END + timedelta(days=50), 365),
        ("STEM OPT goes on counting", (OPT, STEM), date(2027, 6, 24), 375),
        ("OPT before completion does not", (OPT._replace(completion="pre"),), UNTIL, 0),
        ("nor what was denied", (OPT._replace(status="denied"),), UNTIL, 0),
        ("nor what is only asked for", (OPT._replace(status="pending"),), UNTIL, 0),
        (
            "a STEM extension that waits counts, for 180 days at most",
            (OPT, STEM._replace(status="pending")),
            date(2028, 6, 1),
            365 + 180,
        ),
        (
            "cap-gap prolongs OPT, and the count",
            (OPT, work("cap_gap", date(2027, 6, 15), date(2027, 9, 30))),
            date(2027, 6, 24),
            375,
        ),
        ("days that two cards share count once", (OPT, OPT._replace(id=2)), UNTIL, 100),
    ],
)
def test_the_counter_runs_in_the_authorized_time(what, employments, until, days):
    assert unemployment_days(facts(*employments), until) == days


ON_STEM = date(2027, 7, 14)


@pytest.mark.parametrize(
    ("what", "jobs", "days"),
    [
        ("a job of 20 hours", (job(START, None, 20),), 0),
        ("two of ten hours are none", (job(START, END), *[job(day(0), None, 10)] * 2), 30),
        ("unpaid work is none", (job(START, None, 40, is_paid=False),), 30),
        ("one's own business is none", (job(START, None, 40, is_self_employed=True),), 30),
    ],
)
def test_stem_opt_wants_one_employer_who_pays_for_20_hours(what, jobs, days):
    assert unemployment_days(facts(OPT, STEM, jobs=jobs), ON_STEM) == days


@pytest.mark.parametrize(
    ("what", "employments", "jobs", "last"),
    [
        ("never begun", (), (), None),
        ("no job: the 90th day", (OPT,), (), day(89)),
        ("a job that lasts", (OPT,), (job(day(30)),), None),
        ("a job that ends, and nothing after it", (OPT,), (job(day(30), day(99)),), day(159)),
        ("the card ends first", (OPT,), (job(START, day(300)),), None),
        ("STEM OPT gives 60 more", (OPT, STEM), (job(day(80), END),), date(2027, 8, 23)),
        ("used up long ago, STEM or not", (OPT, STEM), (), day(89)),
    ],
)
def test_the_day_that_uses_the_last_one_is_foreseen(what, employments, jobs, last):
    assert used_up_on(facts(*employments, jobs=jobs)) == last


@pytest.mark.parametrize(
    ("what", "first_job", "today", "numbers", "rows"),
    [
        ("before OPT", None, day(-1), {}, []),
        (
            *("below the office's number", None, day(58), {}),
            [
                ("Days without work", "59 of 90 days", "ok"),
                ("Without another job they are used up on", "September 12, 2026", "warn"),
            ],
        ),
        (
            *("from it on", None, day(59), {}),
            [
                ("Days without work", "60 of 90 days", "warn"),
                ("Without another job they are used up on", "September 12, 2026", "warn"),
            ],
        ),
        (
            *("a job stops the clock", day(20), day(59), {}),
            [("Days without work", "20 of 90 days", "ok")],
        ),
        (
            *("the office may warn earlier", day(20), day(59), {"unemployment_warning": 20}),
            [("Days without work", "20 of 90 days", "warn")],
        ),
        ("one day too many", None, day(90), {}, [("Days without work", "91 of 90 days", "bad")]),
    ],
)  # fmt: skip
def test_what_the_calculator_says(what, first_job, today, numbers, rows):
    jobs = [job(first_job)] if first_job else []
    found = unemployment_rows(facts(OPT, jobs=jobs), policy_of("opt_report", **numbers), today)

    assert found == rows


def test_stem_opt_has_a_limit_and_a_warning_of_its_own():
    found = facts(OPT, STEM, jobs=[job(day(80), END)])
    today = date(2027, 7, 24)

    assert [
        unemployment_rows(found, policy_of("opt_report", **numbers), today)[0]
        for numbers in ({}, {"unemployment_warning_stem": 121})
    ] == [
        ("Days without work", "120 of 150 days", "warn"),
        ("Days without work", "120 of 150 days", "ok"),
    ]


# --- Against a count of single days --------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
LENGTHS = st.integers(0, 500)


@st.composite
def spans(draw, most):
    """Draw spans of days that may overlap, touch, or leave gaps."""
    found = draw(st.lists(st.tuples(DAYS, LENGTHS), max_size=most))
    return [(first, first + timedelta(days=length)) for first, length in found]


@st.composite
def people(draw):
    """Draw somebody with any mixture of authorized times and jobs."""
    employments = [
        work(
            draw(st.sampled_from(["OPT", "STEM", "cap_gap", "CPT"])),
            *span,
            status=draw(st.sampled_from(["approved", "approved", "pending", "denied"])),
        )
        for span in draw(spans(3))
    ]
    return facts(*employments, jobs=draw(jobs_of_anybody()))


@st.composite
def jobs_of_anybody(draw):
    """Draw jobs of any hours; some last."""
    return [
        job(
            first,
            draw(st.sampled_from([None, last, last])),
            draw(st.sampled_from([5, 10, 19, 20, 40])),
            is_paid=draw(st.booleans()),
            is_self_employed=draw(st.booleans()),
        )
        for first, last in draw(spans(4))
    ]


def counts(found, on):
    """Say of one day, in the plainest way, whether it is a day without work."""
    kinds = set()
    for each in found.employments:
        last = each.end
        if each.kind == "STEM" and each.status == "pending":
            last = min(last, each.start + timedelta(days=179))
        elif each.kind == "CPT" or each.status != "approved":
            continue
        if each.start <= on <= last:
            kinds.add(each.kind)
    held = [each for each in found.jobs if each.start <= on and on <= (each.end or date.max)]
    hours = sum(each.hours_per_week for each in held)
    trains = [
        each
        for each in held
        if each.hours_per_week >= 20 and each.is_paid and not each.is_self_employed
    ]
    works = bool(trains) or (hours >= 20 and bool(kinds - {"STEM"}))
    return bool(kinds) and not works


def counted_singly(found, until):
    first = date(2026, 1, 1)
    return sum(
        counts(found, first + timedelta(days=number))
        for number in range((until - first).days + 1)
    )  # fmt: skip


@given(people(), DAYS)
def test_it_is_the_count_of_single_days(found, until):
    assert unemployment_days(found, until) == counted_singly(found, until)


@given(people())
def test_no_day_is_counted_twice(found):
    ends = [each for span in spans_without_work(found) for each in span]

    assert ends == sorted(ends)
    assert all(last < first for (_a, last), (first, _b) in pairwise(spans_without_work(found)))


@given(people(), DAYS, st.integers(0, 400))
def test_the_count_never_goes_down_as_time_goes_by(found, day, later):
    assert unemployment_days(found, day) <= unemployment_days(found, day + timedelta(days=later))


@given(people(), jobs_of_anybody(), DAYS)
def test_another_job_never_raises_the_count(found, more, until):
    with_more = facts(*found.employments, jobs=[*found.jobs, *more])

    assert unemployment_days(with_more, until) <= unemployment_days(found, until)


@given(people(), st.integers(1, 400), DAYS)
def test_so_many_days_are_reached_from_one_day_on(found, number, until):
    reached = reached_on(found, number)
    assert (reached is not None and until >= reached) == (unemployment_days(found, until) >= number)


@given(people())
def test_the_foreseen_day_is_the_first_on_which_nothing_is_left(found):
    last = used_up_on(found)
    if last is None:
        return
    allowed = 150 if any(
        each.start <= last for each in found.employments
        if (each.kind, each.status) == ("STEM", "approved")
    ) else 90  # fmt: skip

    assert counts(found, last)
    assert unemployment_days(found, last) == allowed

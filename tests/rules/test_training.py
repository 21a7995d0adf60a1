"""What somebody has used of practical training, counted from the record alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import RecordFacts, days_covered
from isso.requests.rules import training
from isso.tests.factories import work

START, END = date(2026, 6, 15), date(2027, 6, 14)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))


def facts(*employments, level="05", **fields):
    return RecordFacts(employments=tuple(employments), education_level=level, **fields)


def spell(kind, days, start=START, **changes):
    """Authorize ``days`` calendar days from ``start``."""
    return work(kind, start, start + timedelta(days=days - 1), **changes)


CPT_DAYS = [
    ("nothing", (), (0, 0)),
    ("one day counts one", (spell("CPT", 1),), (1, 0)),
    ("both ends count", (work("CPT", date(2026, 6, 1), date(2026, 6, 30)),), (30, 0)),
    ("part time counts apart", (spell("CPT", 30, full_time=False),), (0, 30)),
    ("two employers on the same days count once", (spell("CPT", 30), spell("CPT", 40)), (40, 0)),
    ("a canceled one does not count", (spell("CPT", 30, status="canceled"),), (0, 0)),
    ("nor one at another level", (spell("CPT", 30, education_level="04"),), (0, 0)),
    ("one at this level does", (spell("CPT", 30, education_level="05"),), (30, 0)),
    ("nor other work", (spell("OPT", 30), spell("on_campus", 30)), (0, 0)),
]


@pytest.mark.parametrize(("what", "employments", "counted"), CPT_DAYS)
def test_days_of_cpt(what, employments, counted):
    found = facts(*employments)
    assert (found.cpt_full_time_days, found.cpt_part_time_days) == counted


OPT_DAYS = [
    ("nothing", (), 0),
    ("full time counts whole", (spell("OPT", 100),), 100),
    ("part time counts half", (spell("OPT", 100, full_time=False, completion="pre"),), 50),
    ("half a day counts whole", (spell("OPT", 101, full_time=False, completion="pre"),), 51),
    (
        "both add up",
        (
            spell("OPT", 60, date(2025, 6, 1), full_time=False, completion="pre"),
            spell("OPT", 60, date(2025, 9, 1), completion="pre"),
        ),
        90,
    ),
    ("a pending one does not count", (spell("OPT", 100, status="pending"),), 0),
    ("STEM OPT has its own months", (spell("STEM", 100),), 0),
]


@pytest.mark.parametrize(("what", "employments", "used"), OPT_DAYS)
def test_days_of_opt_used_at_this_level(what, employments, used):
    assert training.opt_used(facts(*employments)) == used


@given(st.lists(st.tuples(DAYS, st.integers(0, 400), st.booleans()), max_size=6))
def test_opt_used_is_never_more_than_its_days_nor_less_than_half(spans):
    employments = [
        work("OPT", day, day + timedelta(days=length), full_time=full)
        for day, length, full in spans
    ]
    used = training.opt_used(facts(*employments))
    covered = days_covered((each.start, each.end) for each in employments)

    assert 2 * used >= covered
    assert used <= sum((each.end - each.start).days + 1 for each in employments)


def test_academic_training_counts_part_time_like_full_time():
    both = facts(spell("AT", 30), spell("AT", 30, START + timedelta(days=30), full_time=False))
    assert training.academic_training_used(both) == 60


def test_stem_extensions_count_over_a_lifetime():
    twice = facts(
        spell("STEM", 10, education_level="04"),
        spell("STEM", 10, education_level="05"),
        spell("STEM", 10, status="denied"),
    )
    assert training.stem_extensions_used(twice) == 2


OPT = work("OPT", START, END)
ENDS = [
    ("the program", (), date(2026, 5, 15)),
    ("OPT after it", (OPT,), END),
    ("STEM OPT after that", (OPT, work("STEM", date(2027, 6, 15), date(2029, 6, 14))), None),
    ("not what is only pending", (OPT._replace(status="pending"),), date(2026, 5, 15)),
]


@pytest.mark.parametrize(("what", "employments", "last"), ENDS)
def test_status_ends_with_the_program_or_the_work_after_it(what, employments, last):
    found = training.status_ends_on(facts(*employments, program_end=date(2026, 5, 15)))
    assert found == (last or date(2029, 6, 14))


@pytest.mark.parametrize(
    ("today", "runs"),
    [
        (START - timedelta(days=1), False),
        (START, True),
        (END, True),
        (END + timedelta(days=1), False),
    ],
)
def test_work_after_completion_runs_on_its_days(today, runs):
    assert training.is_on_post_completion_work(facts(OPT), today) is runs

"""How long scholars may stay and when they may begin again: tables, and every sequence tried."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isso.requests.records.facts import RecordFacts, Stay
from isso.requests.rules.exchange_stay import (
    bar_after,
    bar_until,
    bars_against,
    began,
    begin_objection,
    end_window,
    last_day_of,
    latest_end,
    months_begun,
    months_used,
    program_as_stay,
    stays_of,
    transfer_objection,
)

PROFESSOR, RESEARCH, SHORT, SPECIALIST, INTERN = "04", "08", "09", "10", "1G"


def d(text):
    return date.fromisoformat(text)


def stay(category, start, end, visa_class="J-1"):
    return Stay(category, d(start), d(end), visa_class)


@pytest.mark.parametrize(
    ("begins", "months", "last"),
    [
        ("2026-09-01", 60, "2031-08-31"),
        ("2026-01-15", 6, "2026-07-14"),
        # The later month has no such day: the months end with it.
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 6, "2027-06-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 60, "2029-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2027-03-01", 12, "2028-02-29"),
        ("2026-03-01", 12, "2027-02-28"),
    ],
)
def test_months_end_the_day_before_the_same_day(begins, months, last):
    assert last_day_of(d(begins), months) == d(last)


@pytest.mark.parametrize(
    ("first", "until", "months"),
    [
        ("2026-09-01", "2026-08-31", 0),
        ("2026-09-01", "2026-09-01", 1),
        ("2026-09-01", "2026-09-30", 1),
        ("2026-09-01", "2026-10-01", 2),
        ("2026-09-15", "2026-10-14", 1),
        ("2026-09-15", "2026-10-15", 2),
        ("2026-08-31", "2027-02-28", 6),
        ("2026-08-31", "2027-03-01", 7),
        ("2026-09-01", "2031-08-31", 60),
        ("2026-09-01", "2031-09-01", 61),
    ],
)
def test_a_month_that_began_counts(first, until, months):
    assert months_begun(d(first), d(until)) == months


@pytest.mark.parametrize(
    ("category", "begins", "stays", "last"),
    [
        (PROFESSOR, "2026-09-01", [], "2031-08-31"),
        (RESEARCH, "2028-02-29", [], "2033-02-28"),
        (SHORT, "2026-08-31", [], "2027-02-28"),
        (SPECIALIST, "2026-03-01", [], "2027-02-28"),
        (INTERN, "2027-03-01", [], "2028-02-29"),
        # A student's stay has no maximum of its own here.
        ("1D", "2026-09-01", [], None),
        # A transfer goes on: the years count from the first day at the first sponsor.
        (RESEARCH, "2026-09-01", [(RESEARCH, "2024-03-01", "2026-08-31")], "2029-02-28"),
        (RESEARCH, "2026-07-01", [(RESEARCH, "2024-03-01", "2026-08-31")], "2029-02-28"),
        # Professor and research scholar share the years.
        (RESEARCH, "2026-09-01", [(PROFESSOR, "2024-03-01", "2026-08-31")], "2029-02-28"),
        # Over three sponsors without a gap.
        (
            RESEARCH,
            "2026-09-01",
            [(RESEARCH, "2025-01-01", "2026-08-31"), (RESEARCH, "2022-01-01", "2024-12-31")],
            "2026-12-31",
        ),
        # A gap of one day: another stay, which the 24 months forbid.
        (RESEARCH, "2026-09-02", [(RESEARCH, "2024-03-01", "2026-08-31")], "2031-09-01"),
        # Another category, or a dependent's stay, does not count.
        (RESEARCH, "2026-09-01", [(SHORT, "2026-03-01", "2026-08-31")], "2031-08-31"),
        (RESEARCH, "2026-09-01", [(RESEARCH, "2024-03-01", "2026-08-31", "J-2")], "2031-08-31"),
        # Short-term stays in a row are one of six months.
        (SHORT, "2026-04-01", [(SHORT, "2026-01-01", "2026-03-31")], "2026-06-30"),
        # Internships add up: 184 days are gone.
        (INTERN, "2027-01-01", [(INTERN, "2025-07-01", "2025-12-31")], "2027-06-30"),
    ],
)
def test_the_latest_end(category, begins, stays, last):
    stays = [stay(*each) for each in stays]
    assert latest_end(category, d(begins), stays) == (last and d(last))


def test_the_days_of_an_end_say_why():
    window = end_window(RESEARCH, d("2026-09-01"), [stay(RESEARCH, "2024-03-01", "2026-08-31")])
    assert (window.first, window.last) == (d("2026-09-21"), d("2029-02-28"))
    assert window.sentence == (
        "From September 21, 2026 to February 28, 2029. An exchange visitor stays for three weeks "
        "at least. Research scholar: 60 months at most, counted from March 1, 2024."
    )
    assert window.citation == "22 CFR 62.20(i)"
    short = end_window(SHORT, d("2026-09-01"))
    assert (short.first, short.last, short.citation) == (
        d("2026-09-02"),
        d("2027-02-28"),
        "22 CFR 62.21(g)",
    )
    assert end_window("1D", d("2026-09-01")) is None


BARS = [
    # (category, begins, earlier stays, the first possible day or None)
    (RESEARCH, "2026-09-01", [], None),
    # 24 months after a professor or research scholar, however short the stay was.
    (RESEARCH, "2026-06-30", [(RESEARCH, "2023-07-01", "2024-06-30")], "2026-07-01"),
    (RESEARCH, "2026-07-01", [(RESEARCH, "2023-07-01", "2024-06-30")], None),
    (PROFESSOR, "2026-06-30", [(RESEARCH, "2024-06-01", "2024-06-30")], "2026-07-01"),
    (RESEARCH, "2026-02-28", [(PROFESSOR, "2023-07-01", "2024-02-29")], "2026-03-01"),
    (RESEARCH, "2028-02-28", [(PROFESSOR, "2023-07-01", "2026-02-28")], "2028-02-29"),
    (RESEARCH, "2028-02-29", [(PROFESSOR, "2023-07-01", "2026-02-28")], None),
    # A J-2 is barred like the J-1.
    (RESEARCH, "2026-06-30", [(RESEARCH, "2023-07-01", "2024-06-30", "J-2")], "2026-07-01"),
    # Somebody who is a research scholar elsewhere now, and does not transfer.
    (RESEARCH, "2026-06-30", [(RESEARCH, "2025-07-01", "2026-12-31")], "2029-01-01"),
    # 12 months after another stay of six months or longer.
    (RESEARCH, "2026-06-30", [("1C", "2020-07-01", "2025-06-30")], "2026-07-01"),
    (RESEARCH, "2026-07-01", [("1C", "2020-07-01", "2025-06-30")], None),
    # Any part of the twelve months counts with the whole presence.
    (RESEARCH, "2026-06-01", [("1D", "2023-07-01", "2025-06-30")], "2026-07-01"),
    (RESEARCH, "2025-02-28", [(SPECIALIST, "2023-07-01", "2024-02-29")], "2025-03-01"),
    (RESEARCH, "2025-03-01", [(SPECIALIST, "2023-07-01", "2024-02-29")], None),
    # Six months are not less than six months; a day less is.
    (RESEARCH, "2026-09-01", [(SPECIALIST, "2026-01-01", "2026-06-30")], "2027-07-01"),
    (RESEARCH, "2026-09-01", [(SPECIALIST, "2026-01-01", "2026-06-29")], None),
    # Two that follow each other without a gap are one presence.
    (
        RESEARCH,
        "2026-09-01",
        [(INTERN, "2026-01-01", "2026-04-30"), (SPECIALIST, "2026-05-01", "2026-07-31")],
        "2027-08-01",
    ),
    (
        RESEARCH,
        "2026-09-01",
        [(INTERN, "2026-01-01", "2026-04-30"), (SPECIALIST, "2026-05-02", "2026-07-31")],
        None,
    ),
    # A short-term scholar's stay bars nobody.
    (RESEARCH, "2026-09-01", [(SHORT, "2026-02-01", "2026-07-31")], None),
    # Both: the later one decides.
    (
        RESEARCH,
        "2026-06-01",
        [(RESEARCH, "2023-07-01", "2024-06-30"), ("1D", "2024-08-01", "2025-12-31")],
        "2027-01-01",
    ),
    # The bars are for professors and research scholars alone.
    (SHORT, "2026-06-30", [(RESEARCH, "2023-07-01", "2026-05-31")], None),
    (SPECIALIST, "2026-06-30", [("1D", "2023-07-01", "2026-05-31")], None),
    (INTERN, "2026-06-30", [(RESEARCH, "2023-07-01", "2026-05-31")], None),
    # What begins later is no earlier stay.
    (RESEARCH, "2026-06-30", [("1D", "2026-07-01", "2027-06-30")], None),
]


@pytest.mark.parametrize(("category", "begins", "stays", "first"), BARS)
def test_who_may_begin_when(category, begins, stays, first):
    stays = [stay(*each) for each in stays]
    found = begin_objection(category, d(begins), stays)
    assert (found and found.on) == (first and d(first))
    if first:
        assert begin_objection(category, d(first), stays) is None
        assert found.citation in ("22 CFR 62.20(i)", "22 CFR 62.20(d)(2)")


@pytest.mark.parametrize(
    ("category", "begins", "stays", "barred", "transfer"),
    [
        # The present stay goes on.
        (RESEARCH, "2026-09-01", [(RESEARCH, "2024-03-01", "2026-08-31")], None, ""),
        (RESEARCH, "2026-08-01", [(RESEARCH, "2024-03-01", "2026-08-31")], None, ""),
        # The 12 months do not hold against a transfer.
        (
            RESEARCH,
            "2026-09-01",
            [("1D", "2023-01-01", "2026-02-28"), (RESEARCH, "2026-03-01", "2026-08-31")],
            None,
            "",
        ),
        (RESEARCH, "2026-09-01", [], None, "A transfer needs a stay at another sponsor."),
        (
            RESEARCH,
            "2026-09-01",
            [(PROFESSOR, "2024-03-01", "2026-08-31")],
            None,
            "A transfer keeps the category. The present one is: Professor.",
        ),
        (
            RESEARCH,
            "2026-09-02",
            [(RESEARCH, "2024-03-01", "2026-08-31")],
            "2028-09-01",
            "The present stay ends on August 31, 2026.",
        ),
        (
            RESEARCH,
            "2026-09-01",
            [(RESEARCH, "2024-03-01", "2026-08-31", "J-2")],
            "2028-09-01",
            "A transfer needs a stay at another sponsor.",
        ),
    ],
)
def test_a_transfer_continues_the_same_category_without_a_gap(
    category, begins, stays, barred, transfer
):
    stays = [stay(*each) for each in stays]
    found = begin_objection(category, d(begins), stays, is_transfer=True)
    assert (found and found.on) == (barred and d(barred))
    said = transfer_objection(category, d(begins), stays)
    assert (said.reason if said else "").startswith(transfer)
    assert bool(said) == bool(transfer)


def test_a_bar_is_said_before_a_stay_ends():
    bar = bar_after(RESEARCH, d("2026-03-01"), d("2026-06-30"))
    assert (bar.months, bar.until) == (24, d("2028-06-30"))
    assert bar.sentence == (
        "A stay as a professor or research scholar ended on June 30, 2026. The next one may begin "
        "24 months later, on July 1, 2028 or a later day."
    )
    assert bar_after(SHORT, d("2026-01-01"), d("2026-06-30")) is None
    assert bar_after(SPECIALIST, d("2026-01-01"), d("2026-06-30")).sentence == (
        "The scholar was in J status from January 1, 2026 to June 30, 2026, for six months or "
        "longer. A stay as a professor or research scholar may begin 12 months after that, on "
        "July 1, 2027 or a later day."
    )
    both = [stay(RESEARCH, "2020-01-01", "2022-06-30"), stay("1D", "2023-01-01", "2025-06-30")]
    assert [bar_until(both, months) for months in (24, 12, None)] == [
        d("2024-06-30"),
        d("2026-06-30"),
        d("2026-06-30"),
    ]
    assert bar_until([]) is None


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({}, "2026-01-01"),
        ({"visa_class": "F-1"}, None),
        ({"sevis_status": "initial"}, None),
        ({"sevis_status": "no_show"}, None),
        ({"sevis_status": "inactive"}, "2026-01-01"),
        ({"program_end": None}, None),
        ({"exchange_category": ""}, None),
    ],
)
def test_the_present_program_is_a_stay_once_it_began(changes, begins):
    facts = RecordFacts(
        **{
            "visa_class": "J-1",
            "sevis_status": "active",
            "exchange_category": RESEARCH,
            "program_start": d("2026-01-01"),
            "program_end": d("2026-12-31"),
            "exchange_stays": (stay("1D", "2020-01-01", "2021-12-31"),),
        }
        | changes
    )
    present = program_as_stay(facts)
    assert (present and present.start) == (begins and d(begins))
    assert len(stays_of(facts)) == (2 if begins else 1)


def test_months_used_count_those_of_the_sponsor_before():
    before = [stay(RESEARCH, "2025-01-01", "2026-08-31")]
    assert months_used(RESEARCH, d("2026-09-01"), d("2026-11-27"), before) == 23
    assert began(RESEARCH, d("2026-09-01"), before) == d("2025-01-01")


# What a department or a scholar may ask one after another: (what, days until it, days of it).
ASKED = st.lists(
    st.tuples(
        st.sampled_from(["new", "transfer", "extend", "end early"]),
        st.sampled_from([PROFESSOR, RESEARCH, SHORT, SPECIALIST, INTERN]),
        st.integers(0, 900),
        st.integers(1, 2000),
    ),
    max_size=12,
)


def _after(stays, what, category, wait, days):
    """Return the stays once the rules have judged what is asked; unchanged where they refuse."""
    last = max(stays, key=lambda each: each.end, default=None)
    if what in ("new", "transfer"):
        is_transfer = what == "transfer"
        begins = last.end + timedelta(days=1 if is_transfer else wait) if last else d("2024-02-29")
        if last and begins <= last.end:
            return stays
        if is_transfer and transfer_objection(category, begins, stays):
            return stays
        if begin_objection(category, begins, stays, is_transfer):
            return stays
        window = end_window(category, begins, stays)
        end = begins + timedelta(days=days)
        return stays if window.objection(end) else [*stays, Stay(category, begins, end)]
    if last is None:
        return stays
    others = [each for each in stays if each is not last]
    if what == "end early":
        return [*others, last._replace(end=max(last.start, last.end - timedelta(days=wait)))]
    end = last.end + timedelta(days=days)
    if end_window(last.category, last.start, others).objection(end):
        return stays
    return [*others, last._replace(end=end)]


@settings(max_examples=300, deadline=None)
@given(asked=ASKED)
def test_no_sequence_of_requests_exceeds_a_maximum(asked):
    stays = []
    for each in asked:
        stays = _after(stays, *each)

    # Counted again without the rules: each chain of days against the calendar.
    years = {PROFESSOR: 5, RESEARCH: 5, SPECIALIST: 1}
    chains = []
    for each in sorted(stays, key=lambda each: each.start):
        kind = "scholar" if each.category in (PROFESSOR, RESEARCH) else each.category
        same = [chain for chain in chains if chain[0] == kind]
        if same and (each.start - same[-1][2]).days <= 1:
            same[-1][2] = each.end
        else:
            chains.append([kind, each.start, each.end])
        whole = next(chain for chain in reversed(chains) if chain[0] == kind)
        if each.category in years:
            most = 366 if years[each.category] == 1 else 5 * 365 + 2
            assert (whole[2] - whole[1]).days + 1 <= most
        if each.category == SHORT:
            assert (whole[2] - whole[1]).days + 1 <= 184
    interns = sum((e - s).days + 1 for kind, s, e in chains if kind == INTERN)
    assert interns <= 366
    scholars = [chain for chain in chains if chain[0] == "scholar"]
    for before, after in pairwise(scholars):
        assert (after[1] - before[2]).days > 2 * 365
    for each in stays:
        if each.category in (PROFESSOR, RESEARCH) and not any(
            0 <= (each.start - other.end).days <= 1
            for other in stays
            if other.category in (PROFESSOR, RESEARCH)
        ):
            assert not bars_against(
                each.category, each.start, [other for other in stays if other is not each]
            )

"""On which days somebody may ask, found with few questions: the same as asking on every day."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isso.requests.models.policy import PolicyInForce
from isso.requests.records.facts import FamilyMember
from isso.requests.registry import folder_types
from isso.requests.rules import spans
from isso.requests.rules.spans import Span
from isso.requests.rules.watched_day import WatchedDay
from isso.tests.factories import work
from isso.tests.types.people import PEOPLE, VISITOR

TODAY, HORIZON = date(2026, 10, 5), 250
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2028, 12, 31))
ONE_DAY = timedelta(days=1)


def policies(request_type):
    """Policies within the bounds of the law, open or closed."""
    numbers = st.fixed_dictionaries(
        {
            name: st.integers(each.legal_min, each.legal_max)
            for name, each in request_type.policies.items()
        }
    )
    return st.builds(
        lambda is_open, numbers: PolicyInForce(is_open, "", 5, numbers),
        st.integers(0, 9).map(bool),
        numbers,
    )


@st.composite
def records(draw):
    """Somebody of our people with other days, work and family."""
    facts = draw(st.sampled_from([*PEOPLE.values(), VISITOR]))
    days = ("program_start", "program_end", "full_time_since", "check_in_completed_on")
    changes = {name: draw(DAYS) for name in draw(st.sets(st.sampled_from(days)))}
    if draw(st.booleans()):
        start = draw(DAYS)
        kind, length = (
            draw(st.sampled_from(["CPT", "OPT", "STEM", "AT"])),
            draw(st.integers(1, 800)),
        )
        changes["employments"] = (work(kind, start, start + timedelta(days=length)),)
    if draw(st.booleans()):
        born = draw(st.dates(min_value=date(2004, 1, 1), max_value=date(2009, 1, 1)))
        changes["dependents"] = (FamilyMember(1, "Ada", "child", born),)
    return replace(facts, **changes)


def asked_on_every_day(request_type, facts, policy, first, last):
    return [
        first + timedelta(days=number)
        for number in range((last - first).days + 1)
        if policy.is_open
        and request_type.eligibility(facts, first + timedelta(days=number), policy).is_open
    ]


def days_of(found):
    return [
        span.first + timedelta(days=number)
        for span in found
        for number in range((span.last - span.first).days + 1)
    ]


@pytest.mark.parametrize("request_type", folder_types().values(), ids=folder_types())
@given(data=st.data())
@settings(max_examples=20)
def test_the_spans_are_the_days_on_which_the_rules_agree(request_type, data):
    facts, policy = data.draw(records()), data.draw(policies(request_type))
    last = TODAY + timedelta(days=HORIZON)

    found = spans.open_spans(request_type, facts, policy, TODAY, last)

    assert days_of(found) == asked_on_every_day(request_type, facts, policy, TODAY, last)
    # Neighbors are joined: between two spans lies a day on which nobody may ask.
    assert all(a.last + ONE_DAY < b.first for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("request_type", folder_types().values(), ids=folder_types())
@given(data=st.data())
@settings(max_examples=10)
def test_a_difference_is_what_one_policy_allows_and_the_other_does_not(request_type, data):
    facts = data.draw(records())
    before, after = data.draw(policies(request_type)), data.draw(policies(request_type))
    last = TODAY + timedelta(days=HORIZON)
    was = set(asked_on_every_day(request_type, facts, before, TODAY, last))
    becomes = set(asked_on_every_day(request_type, facts, after, TODAY, last))

    found = spans.difference(request_type, facts, before, after, TODAY, last)

    assert days_of(found.lost) == sorted(was - becomes)
    assert days_of(found.gained) == sorted(becomes - was)
    assert bool(found) == (was != becomes)


def day(number):
    return TODAY + timedelta(days=number)


def span(first, last):
    return Span(day(first), day(last))


@pytest.mark.parametrize(
    ("spans_", "others", "left"),
    [
        ([], [(0, 9)], []),
        ([(0, 9)], [], [(0, 9)]),
        ([(0, 9)], [(0, 9)], []),
        ([(0, 9)], [(3, 5)], [(0, 2), (6, 9)]),
        ([(0, 9)], [(0, 0), (9, 9)], [(1, 8)]),
        ([(3, 5)], [(0, 9)], []),
        ([(0, 4), (6, 9)], [(4, 6)], [(0, 3), (7, 9)]),
        ([(0, 4)], [(5, 9)], [(0, 4)]),
    ],
)
def test_without(spans_, others, left):
    found = spans.without([span(*each) for each in spans_], [span(*each) for each in others])
    assert found == tuple(span(*each) for each in left)


# What a rule may do with the day, and the next day on which it may come out otherwise.
NEVER = None
NOTED = [
    ("earlier", lambda today: today < day(9), day(9)),
    ("earlier, said the other way", lambda today: day(9) > today, day(9)),
    ("not later", lambda today: today <= day(9), day(10)),
    ("later", lambda today: today > day(9), day(10)),
    ("not earlier", lambda today: today >= day(9), day(9)),
    ("the same day", lambda today: today == day(9), day(9)),
    ("that day itself", lambda today: today == day(0), day(1)),
    ("another day", lambda today: today != day(9), day(9)),
    ("a day that has passed", lambda today: today > day(-9), NEVER),
    ("thirty days later", lambda today: today + timedelta(days=30) > day(39), day(10)),
    ("and said the other way", lambda today: timedelta(days=30) + today > day(39), day(10)),
    ("thirty days earlier", lambda today: today - timedelta(days=30) >= day(9), day(39)),
    ("itself moved", lambda today: today < today + ONE_DAY, NEVER),
    ("the later of two", lambda today: max(today, day(9)), day(9)),
    ("between two", lambda today: day(-1) <= today <= day(4), day(5)),
    ("no day at all", lambda today: today == None, NEVER),  # noqa: E711
    ("how far it is", lambda today: (day(9) - today).days, day(1)),
    ("how long ago", lambda today: (today - day(-9)).days, day(1)),
    ("its year", lambda today: today.year, day(1)),
    ("its words", lambda today: f"{today:%B}", day(1)),
    ("its place in a table", lambda today: today in {day(9)}, day(1)),
]


@pytest.mark.parametrize(("what", "rule", "changes_on"), NOTED, ids=[each[0] for each in NOTED])
def test_a_day_notes_what_it_is_compared_with(what, rule, changes_on):
    watched = WatchedDay.watch(TODAY)
    assert rule(watched) == rule(TODAY)
    assert watched.changes_on == changes_on


@given(moved=st.integers(-500, 500), other=st.integers(-500, 500))
@pytest.mark.parametrize("compare", ["__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"])
def test_until_the_noted_day_a_comparison_comes_out_the_same(compare, moved, other):
    watched = WatchedDay.watch(TODAY)
    now = getattr(watched + timedelta(days=moved), compare)(day(other))
    until = watched.changes_on or TODAY + timedelta(days=1200)
    assert all(
        getattr(TODAY + timedelta(days=later + moved), compare)(day(other)) == now
        for later in range((until - TODAY).days)
    )

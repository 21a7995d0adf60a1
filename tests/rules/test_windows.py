"""One statement of a span: what it says beside the field, refuses, and means for the tile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from isso.requests.rules.verdict import Standing
from isso.requests.rules.windows import Window, judge_window

FIRST, LAST = date(2026, 10, 5), date(2026, 12, 18)
BOTH = Window(FIRST, LAST, "Not before term.", "Not after term.", "8 CFR 1")
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))

SENTENCES = [
    (BOTH, "From October 5, 2026 to December 18, 2026. Not before term. Not after term."),
    (Window(FIRST), "October 5, 2026 or later."),
    (
        Window(last=LAST, why_last="Not after term."),
        "December 18, 2026 or earlier. Not after term.",
    ),
    (Window(why_first="Any day."), "Any day."),
]


@pytest.mark.parametrize(("window", "sentence"), SENTENCES)
def test_the_sentence_beside_the_field(window, sentence):
    assert window.sentence == sentence


OBJECTIONS = [
    (BOTH, FIRST, ""),
    (BOTH, LAST, ""),
    (BOTH, date(2026, 10, 4), "Choose October 5, 2026 or a later day. Not before term."),
    (BOTH, date(2026, 12, 19), "Choose December 18, 2026 or an earlier day. Not after term."),
    (Window(FIRST), date(2026, 10, 4), "Choose October 5, 2026 or a later day."),
    (Window(), FIRST, ""),
    # Nothing fits: no day is offered, both reasons stand.
    (replace(BOTH, first=LAST, last=FIRST), LAST, "Not before term. Not after term."),
]


@pytest.mark.parametrize(("window", "day", "objection"), OBJECTIONS)
def test_a_day_outside_is_refused_with_the_nearest_that_fits(window, day, objection):
    assert window.objection(day) == objection


VERDICTS = [
    (BOTH, FIRST, Standing.OPEN, LAST, ""),
    (BOTH, LAST, Standing.OPEN, LAST, ""),
    (
        BOTH,
        date(2026, 10, 4),
        Standing.OPENS_ON,
        FIRST,
        "Opens on October 5, 2026. Not before term.",
    ),
    (
        BOTH,
        date(2026, 12, 19),
        Standing.CLOSED_SINCE,
        LAST,
        "The last day was December 18, 2026. Not after term.",
    ),
    (
        replace(BOTH, first=LAST, last=FIRST),
        FIRST,
        Standing.NOT_FOR_YOU,
        None,
        "Not before term. Not after term.",
    ),
    (None, FIRST, Standing.OPEN, None, ""),
]


@pytest.mark.parametrize(("window", "today", "standing", "on", "reason"), VERDICTS)
def test_how_a_window_stands_on_a_day(window, today, standing, on, reason):
    verdict = judge_window(window, today)
    assert (verdict.standing, verdict.on, verdict.reason) == (standing, on, reason)


@given(DAYS, DAYS, DAYS)
def test_the_tile_is_open_exactly_on_the_days_the_field_takes(first, last, today):
    assume(first <= last)
    window = Window(first, last, "Why first.", "Why last.")

    verdict = judge_window(window, today)

    assert verdict.is_open == (window.objection(today) == "")
    if verdict.standing == Standing.OPENS_ON:
        assert judge_window(window, verdict.on).is_open
        assert not judge_window(window, verdict.on - timedelta(days=1)).is_open
    if verdict.standing == Standing.CLOSED_SINCE:
        assert judge_window(window, verdict.on).is_open
        assert not judge_window(window, verdict.on + timedelta(days=1)).is_open

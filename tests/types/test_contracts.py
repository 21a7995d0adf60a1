"""What holds of every type for different records: a date is stated once and shown everywhere."""

import pytest

from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing

from .people import PEOPLE, TODAY, TYPES, situation_of


@pytest.mark.parametrize("key", TYPES)
@pytest.mark.parametrize("who", PEOPLE)
def test_the_date_on_the_tile_is_that_of_the_request_window(key, who):
    request_type, facts = get_type(key), PEOPLE[who]
    situation = situation_of(key, facts)
    window = request_type.request_window(facts, situation.policy)
    found = request_type.eligibility(facts, TODAY, situation.policy)

    if window is None or found.standing in (Standing.NEEDS, Standing.NOT_FOR_YOU):
        return
    expected = {
        Standing.OPENS_ON: window.first,
        Standing.CLOSED_SINCE: window.last,
        Standing.OPEN: window.last,
    }
    assert found.on == expected[found.standing]
    # The guide, the page before the start and the checklist read this line.
    assert next(iter(request_type.date_lines(situation))).window == window


@pytest.mark.parametrize("key", TYPES)
@pytest.mark.parametrize("who", PEOPLE)
def test_each_bounded_field_shows_the_days_of_its_line(key, who):
    situation = situation_of(key, PEOPLE[who])
    request_type = get_type(key)
    lines = {line.name: line.window for line in request_type.date_lines(situation) if line.name}
    for page in request_type.pages:
        if page.form is None:
            continue
        form = page.form(situation=situation)
        for name in set(lines) & set(form.fields):
            attrs, window = form.fields[name].widget.attrs, lines[name]
            assert (attrs.get("min"), attrs.get("max")) == (
                window.first and window.first.isoformat(),
                window.last and window.last.isoformat(),
            )
            assert form.fields[name].help_text == window.sentence
            if window.first and window.last and window.first > window.last:
                continue
            for day in filter(None, (window.first, window.last)):
                assert window.objection(day) == ""


@pytest.mark.parametrize("key", TYPES)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_answer_but_open_has_its_reason_and_every_date_its_source(key, who):
    request_type, facts = get_type(key), PEOPLE[who]
    situation = situation_of(key, facts)
    found = request_type.eligibility(facts, TODAY, situation.policy)

    assert found.is_open or str(found.reason)
    assert found.standing not in (Standing.OPENS_ON, Standing.CLOSED_SINCE) or found.on
    for line in request_type.date_lines(situation):
        assert line.window.citation
        assert str(line.label) or not line.name


@pytest.mark.parametrize("key", TYPES)
@pytest.mark.parametrize("who", PEOPLE)
def test_the_calculator_runs_for_everybody_also_before_anything_is_typed(key, who):
    rows = get_type(key).panel(situation_of(key, PEOPLE[who]))
    assert {len(row) for row in rows} <= {3}
    assert {row[2] for row in rows} <= {"", "ok", "warn", "bad"}

"""From the released form to Check-In: each step with this person's days, and when it is done."""

from datetime import date

import pytest

from isso.requests.records.facts import RecordFacts
from isso.requests.rules.check_in import window_of
from isso.requests.rules.next_steps import (
    FROM_ABROAD,
    FROM_WITHIN,
    Known,
    arrival_objection,
    dates_before_arrival,
    next_steps,
)

TODAY, START = date(2026, 12, 10), date(2027, 1, 11)


def facts(**changes):
    return RecordFacts(**{"visa_class": "F-1", "program_start": START} | changes)


def steps(keys=FROM_ABROAD, *, noted=None, is_check_in_sent=False, **changes):
    known = facts(**changes)
    window = window_of(known, {"days_before": 30, "days_after": 30})
    return {
        step.key: step
        for step in next_steps(keys, Known(known, TODAY, noted or {}, window, is_check_in_sent))
    }


def done(*args, **kwargs):
    return [key for key, step in steps(*args, **kwargs).items() if step.is_done]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, []),
        ({"noted": {"sevis_fee": TODAY}}, ["sevis_fee"]),
        ({"noted": {"visa": date(2026, 12, 11)}}, []),
        ({"noted": {"visa": TODAY}}, ["visa"]),
        ({"noted": {"arrival": TODAY}}, []),
        ({"noted": {"arrival": date(2026, 12, 9)}}, ["arrival"]),
        ({"citizenship_country": "Canada"}, ["visa"]),
        ({"citizenship_country": "Bermuda"}, ["visa"]),
        ({"insurance_end": START}, []),
        ({"insurance_end": date(2027, 12, 31)}, ["insurance"]),
        ({"is_check_in_sent": True}, ["arrival", "check_in"]),
    ],
)
def test_a_step_is_done_once_its_day_or_its_proof_is_there(known, expected):
    assert done(**known) == expected


@pytest.mark.parametrize(
    ("visa_class", "rules"),
    [
        (
            "F-1",
            {
                "arrival": "8 CFR 214.2(f)(5)(i)",
                "insurance": "",
                "check_in": "8 CFR 214.3(g)(2)(iii); 22 CFR 62.13",
            },
        ),
        (
            "J-1",
            {
                "arrival": "8 CFR 214.2(j)(1)(ii)",
                "insurance": "22 CFR 62.14",
                "check_in": "8 CFR 214.3(g)(2)(iii); 22 CFR 62.13",
            },
        ),
    ],
)
def test_each_class_has_its_rules(visa_class, rules):
    found = steps(visa_class=visa_class)

    assert {key: found[key].citation for key in rules} == rules


def test_the_days_are_those_of_the_record():
    found = steps(noted={"arrival": date(2027, 1, 4), "visa": date(2026, 12, 15)})

    assert found["arrival"].when == (
        "Between December 12, 2026 and January 11, 2027. You noted: arrival on January 4, 2027."
    )
    assert found["visa"].when == "You noted: appointment on December 15, 2026."
    assert found["check_in"].when == "From December 12, 2026 to February 10, 2027."


def test_without_a_start_no_day_is_made_up():
    found = steps(program_start=None)

    assert [step.when for step in found.values()] == [""] * len(FROM_ABROAD)
    assert dates_before_arrival(FROM_ABROAD, facts(program_start=None)) == []


def test_whoever_is_here_neither_pays_again_nor_enters():
    assert list(steps(FROM_WITHIN)) == ["insurance", "check_in"]
    days = [day for _label, day, _rule in dates_before_arrival(FROM_WITHIN, facts())]
    assert days == [START, date(2027, 2, 10)]


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2026, 12, 11), False),
        (date(2026, 12, 12), True),
        (date(2027, 1, 11), True),
        (date(2027, 1, 12), False),
    ],
)
def test_one_arrives_within_30_days_before_the_start(day, fits):
    assert (arrival_objection(day, facts()) == "") is fits
    assert arrival_objection(day, facts(program_start=None)) == ""

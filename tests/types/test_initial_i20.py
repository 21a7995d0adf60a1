"""The first I-20 or DS-2019: who may ask, what each situation asks, what is keyed and written."""

from dataclasses import replace
from datetime import date

import pytest

from isso.requests.records.facts import RecordFacts
from isso.requests.rules.verdict import Standing

from .asking import verdict_of

KEY = "initial_i20"
TODAY = date(2026, 10, 5)
ADMITTED = RecordFacts(
    visa_class="none",
    stage="pre_arrival",
    citizenship_country="India",
    education_level="05",
    major="Civil Engineering",
    cip_code="14.0801",
    program_start=date(2027, 1, 19),
    program_end=date(2028, 12, 15),
    deposit_paid_on=date(2026, 9, 20),
)


@pytest.mark.parametrize("key", ["initial_i20", "transfer_in"])
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (Standing.OPEN, date(2027, 1, 5), "")),
        (
            {"stage": "continuing"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people who are admitted and have not arrived yet.",
            ),
        ),
        (
            {"exchange_category": "08"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for students. For visiting scholars the department asks.",
            ),
        ),
        (
            {"citizenship_country": "United States"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "Your record says that you are a citizen of the United States. You need no form.",
            ),
        ),
        (
            {"sevis_status": "initial"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "We issued your first form already. You find it among your documents.",
            ),
        ),
        # Who comes back after a break has an old record that has ended.
        ({"sevis_status": "completed"}, (Standing.OPEN, date(2027, 1, 5), "")),
        (
            {"deposit_paid_on": None},
            (Standing.NEEDS, None, "We have no note of your enrollment deposit yet."),
        ),
        (
            {"program_end": None},
            (
                Standing.NEEDS,
                None,
                "Your record has no program with a first and last day yet.",
            ),
        ),
        (
            {"program_start": date(2026, 10, 18)},
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. Your program starts on October 18, 2026, and "
                "the form takes time. Ask us about a later start.",
            ),
        ),
    ],
)
def test_who_may_ask(key, changes, expected):
    assert verdict_of(key, replace(ADMITTED, **changes), TODAY) == expected

"""Transfer in: who may ask, which days fit, what is keyed and what the record keeps."""

from dataclasses import replace
from datetime import date

import pytest

from isso.requests.records.facts import RecordFacts
from isso.requests.rules.verdict import Standing

from .asking import verdict_of

KEY = "transfer_in"
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


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.OPEN),
        ({"stage": "check_in"}, Standing.NOT_FOR_YOU),
        ({"deposit_paid_on": None}, Standing.NEEDS),
    ],
)
def test_who_may_ask(changes, standing):
    assert verdict_of(KEY, replace(ADMITTED, **changes), TODAY)[0] == standing

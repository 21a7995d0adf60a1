"""The least a scholar's insurance pays: each number at its border."""

import pytest

from isso.requests.rules.scholar_insurance import insurance_objections

ENOUGH = {
    "insurance_medical": 100_000,
    "insurance_repatriation": 25_000,
    "insurance_evacuation": 50_000,
    "insurance_deductible": 500,
    "insurance_coinsurance": 25,
    "insurance_backed_by": "am_best",
}


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, {}),
        (dict.fromkeys(ENOUGH), {}),
        ({"insurance_deductible": 0, "insurance_coinsurance": 0}, {}),
        (
            {"insurance_medical": 99_999},
            {
                "insurance_medical": "The plan must pay $100,000 or more for each accident or "
                "illness."
            },
        ),
        (
            {"insurance_repatriation": 24_999, "insurance_evacuation": 49_999},
            {
                "insurance_repatriation": "The plan must pay $25,000 or more for repatriation of "
                "remains.",
                "insurance_evacuation": "The plan must pay $50,000 or more for medical evacuation.",
            },
        ),
        (
            {"insurance_deductible": 501},
            {
                "insurance_deductible": "The deductible may be $500 at most for each accident or "
                "illness."
            },
        ),
        (
            {"insurance_coinsurance": 26},
            {
                "insurance_coinsurance": "The insured person may have to pay 25 percent of a bill "
                "at most."
            },
        ),
        (
            {"insurance_backed_by": "none"},
            {
                "insurance_backed_by": "The law accepts only an insurer with one of these ratings "
                "or guarantees."
            },
        ),
    ],
)
def test_what_a_plan_lacks(changes, sentences):
    found = insurance_objections(ENOUGH | changes)
    assert {name: str(sentence) for name, sentence in found.items()} == sentences

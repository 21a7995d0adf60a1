"""Costs, rates and sources of money as the tests of the first form name them."""

from datetime import date
from decimal import Decimal

from isso.home.cost_table import Costs
from isso.home.currencies import Rate
from isso.home.prices import Prices
from isso.requests.models.policy import PolicyInForce
from isso.requests.records.facts import RecordFacts
from isso.requests.request_form import Situation
from isso.requests.type_forms.first_form_financial import FINANCIAL_POLICIES, SourceRow

TODAY = date(2026, 11, 27)
COSTS = Costs("master", 2027, 9, 40_000, 15_000, 3_000, 1_000, spouse=9_000, child=6_000)
RATES = {
    code: Rate(code, Decimal(units), day)
    for code, units, day in [
        ("INR", "84", date(2026, 11, 2)),
        ("EUR", "0.92", date(2026, 11, 2)),
        ("NGN", "1620", date(2026, 9, 1)),
    ]
}
PRICES = Prices(TODAY, COSTS, RATES)
ADMITTED = RecordFacts(
    visa_class="none",
    stage="pre_arrival",
    education_level="05",
    program_start=date(2027, 8, 23),
    prices=PRICES,
)


def source(**changes):
    """Return what is answered about one source: a dollar account of one's own."""
    answers = dict.fromkeys(SourceRow.base_fields, "")
    return (
        answers
        | {
            "kind": "personal",
            "holder": "me",
            "amount": "59,000",
            "currency": "USD",
            "evidence": "bank_statement",
            "evidence_on": "2026-11-02",
            "language": "english",
        }
        | changes
    )


def answered(*sources, **others):
    """Return the answers of the page with these sources, and others."""
    answers = {"visa_class": "F-1", "source_count": str(len(sources)), **others}
    for number, each in enumerate(sources, start=1):
        answers |= {f"source_{number}_{name}": value for name, value in each.items()}
    return answers


def situation(answers, facts=ADMITTED, today=TODAY, **numbers):
    """Return what the page may know."""
    defaults = {name: each.default for name, each in FINANCIAL_POLICIES.items()}
    return Situation(facts, today, PolicyInForce(True, "", 10, defaults | numbers), answers)


def family(*relations):
    """Return the answers of the tab before: these people come along."""
    rows = {f"dependent_{number}_relation": each for number, each in enumerate(relations, start=1)}
    return {"dependent_count": str(len(relations)), **rows}

"""What the money of a first year becomes: the rows that add it up, the record, and SEVIS."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.home.cost_table import Level
from isso.home.currencies import Rate
from isso.home.prices import Prices
from isso.requests.effects import StateFunding
from isso.requests.records.facts import RecordFacts
from isso.requests.rules.first_year_money import level_of, total, worths_of
from isso.requests.type_forms.first_form_financial import sources_of
from isso.requests.type_forms.first_form_money import (
    financial_effects,
    financial_panel,
    financial_sevis,
)

from .money import ADMITTED, COSTS, PRICES, RATES, TODAY, answered, family, situation, source


def panel(answers, **known):
    """Return the rows as words."""
    rows = financial_panel(situation(answers, **known))
    return [(str(label), str(value), tone) for label, value, tone in rows]


COST_ROWS = [
    ("Costs of the first year", "Master’s degree, 2027–28, 9 months", ""),
    ("Tuition", "$40,000", ""),
    ("Housing, food and personal expenses", "$15,000", ""),
    ("Health insurance", "$3,000", ""),
    ("Fees", "$1,000", ""),
]


def test_before_anything_is_typed_the_rows_show_the_costs():
    assert panel({}) == [
        ("Costs together", "$59,000", ""),
        ("Money that counts", "$0", ""),
        ("Still missing", "$59,000", "bad"),
        *COST_ROWS,
    ]


def test_the_rows_follow_what_is_typed():
    answers = answered(
        source(amount="1,250,000", currency="INR"),
        source(amount="12.500,50", currency="EUR"),
        source(amount="500.75"),
        source(amount="12.500"),
        source(amount="10,000", evidence="stocks"),
        source(amount="81,000,000", currency="NGN"),
        **family("spouse", "child", "child"),
    )

    assert panel(answers) == [
        ("Costs together", "$80,000", ""),
        ("Money that counts", "$78,967", ""),
        ("Still missing", "$1,033", "bad"),
        ("Source of money 1", "1,250,000 INR = $14,880 at 84.00 of November 2, 2026", ""),
        ("Source of money 2", "12,500.50 EUR = $13,587 at 0.92 of November 2, 2026", ""),
        ("Source of money 3", "$500", ""),
        ("Source of money 5", "$10,000", "warn"),
        ("Source of money 5", "Does not count yet; the page says why", "warn"),
        ("Source of money 6", "81,000,000 NGN = $50,000 at 1,620.00 of September 1, 2026", ""),
        (
            "Exchange rate of NGN",
            "From September 1, 2026, 87 days old when it was used",
            "warn",
        ),
        *COST_ROWS,
        ("Your spouse", "$9,000", ""),
        ("Your children (2)", "$12,000", ""),
    ]


def test_an_old_rate_is_a_hint_and_no_obstacle():
    answers = answered(source(amount="100,000,000", currency="NGN"))
    assert ("Your money covers the costs", "Yes", "ok") in panel(answers)
    assert len(panel(answers, rate_days=87)) == len(panel(answers, rate_days=86)) - 1


@pytest.mark.parametrize(
    ("own", "others", "row"),
    [
        ("30,000", "30,000", ("Money of others", "50 percent; more than 50 are needed", "warn")),
        ("29,000", "31,000", ("Money of others", "51 percent; more than 50 are needed", "ok")),
    ],
)
def test_who_comes_sponsored_sees_the_share(own, others, row):
    sponsor = source(kind="own_government", payer="Ministry", amount=others)
    answers = answered(source(amount=own), sponsor)
    assert row not in panel(answers)
    assert row in panel(answers | {"visa_class": "J-1", "exchange_basis": "sponsored"})


@pytest.mark.parametrize("prices", [None, Prices(TODAY, None, RATES)])
def test_without_costs_there_is_nothing_to_add_up(prices):
    assert panel(answered(source()), facts=replace(ADMITTED, prices=prices)) == []


MANY = [
    source(amount="20,000"),
    source(kind="loan", amount="5,000", holder_name="First Bank", holder="organization"),
    source(kind="sponsor", amount="4,000", holder="organization", holder_name="Acme"),
    source(kind="school", amount="15,000", payer="Chemistry, assistantship"),
    source(kind="on_campus", amount="3,000", payer="Library"),
    source(kind="own_government", amount="6,000", payer="Ministry of Education"),
    source(kind="us_government", amount="2,000", payer="NSF"),
    source(kind="international_organization", amount="1,000", payer="UNESCO"),
    source(kind="binational_commission", amount="500", payer="Fulbright"),
    source(amount="840,000", currency="INR", holder="parent", holder_name="Ravi Mehta"),
]
COSTS_STATED = {
    "months": 9,
    "covers_from": date(2027, 8, 23),
    "tuition": 41_000,
    "living": 15_000,
    "dependents_cost": 0,
    "other_cost": 3_000,
    "other_cost_remark": "Health insurance",
}
NOTHING = {
    **dict.fromkeys(("personal", "school", "on_campus", "sponsor", "us_government"), 0),
    **dict.fromkeys(("own_government", "international_organization"), 0),
    **dict.fromkeys(("binational_commission", "other"), 0),
    **dict.fromkeys(("school_remark", "us_agency", "international_organization_remark"), ""),
    "other_remark": "",
    "received_us_funds": False,
}
ELSEWHERE = "First Bank, Acme, Ministry of Education, NSF, UNESCO, Fulbright"


@pytest.mark.parametrize(
    ("visa_class", "means"),
    [
        (
            "F-1",
            {
                "personal": 30_000,
                "school": 15_000,
                "school_remark": "Chemistry, assistantship",
                "on_campus": 3_000,
                "other": 18_500,
                "other_remark": ELSEWHERE,
            },
        ),
        (
            "J-1",
            {
                "personal": 35_000,
                "sponsor": 18_000,
                "us_government": 2_000,
                "us_agency": "NSF",
                "own_government": 6_000,
                "international_organization": 1_000,
                "international_organization_remark": "UNESCO",
                "binational_commission": 500,
                "other": 4_000,
                "other_remark": "Acme",
                "received_us_funds": True,
            },
        ),
    ],
)
def test_the_record_keeps_each_source_on_its_line(visa_class, means):
    answers = answered(*MANY, visa_class=visa_class)
    assert financial_effects(answers, ADMITTED) == [StateFunding(COSTS_STATED | NOTHING | means)]


def test_a_family_and_no_insurance_on_the_record():
    facts = replace(ADMITTED, prices=replace(PRICES, costs=replace(COSTS, insurance=0)))
    [effect] = financial_effects(answered(source(), **family("child", "spouse")), facts)
    lines = ("dependents_cost", "other_cost", "other_cost_remark")
    assert {name: effect.fields[name] for name in lines} == {
        "dependents_cost": 15_000,
        "other_cost": 0,
        "other_cost_remark": "",
    }


def test_many_payers_fit_the_line_of_the_form():
    names = [f"{number} " + "x" * 60 for number in range(3)]
    sources = [source(kind="sponsor", holder="organization", holder_name=each) for each in names]
    [effect] = financial_effects(answered(*sources), ADMITTED)
    assert effect.fields["other_remark"] == ", ".join(names)[:120]


@pytest.mark.parametrize(
    ("visa_class", "values"),
    [
        (
            "F-1",
            [
                ("Months", "09"),
                ("Tuition and fees", "41000"),
                ("Living expenses", "15000"),
                ("Expenses of dependents", "6000"),
                ("Other costs", "3000"),
                ("Which", "Health insurance"),
                ("Personal funds", "30000"),
                ("Funds from this school", "15000"),
                ("Which", "Chemistry, assistantship"),
                ("On-campus employment", "3000"),
                ("Other funds", "18500"),
                ("Which", ELSEWHERE),
            ],
        ),
        (
            "J-1",
            [
                ("Months", "09"),
                ("Received US government funds", "Y"),
                ("Tuition and fees", "41000"),
                ("Living expenses", "15000"),
                ("Expenses of dependents", "6000"),
                ("Other costs", "3000"),
                ("Which", "Health insurance"),
                ("Personal funds", "35000"),
                ("Program sponsor", "18000"),
                ("US government", "2000"),
                ("Which", "NSF"),
                ("Home government", "6000"),
                ("International organization", "1000"),
                ("Which", "UNESCO"),
                ("Binational commission", "500"),
                ("Other funds", "4000"),
                ("Which", "Acme"),
            ],
        ),
    ],
)
def test_what_an_advisor_copies_into_sevis(visa_class, values):
    answers = answered(*MANY, visa_class=visa_class, **family("child"))
    found = [(str(label), value) for label, value in financial_sevis(answers, ADMITTED)]
    assert found == values


sources = st.lists(
    st.builds(
        lambda cents, currency: source(amount=f"{Decimal(cents) / 100:.2f}", currency=currency),
        st.integers(1, 10**12),
        st.sampled_from(["USD", *RATES]),
    ),
    max_size=10,
)


@given(sources)
def test_the_sum_is_never_more_than_the_money(found):
    typed = sources_of(answered(*found))
    exact = sum(Decimal(each["amount"]) / PRICES.rate(each["currency"]).units for each in typed)
    summed = total(worths_of(typed, PRICES))
    assert summed <= exact < summed + max(len(typed), 1)


@given(sources.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_the_sources_changes_nothing(orders):
    written, again = (financial_effects(answered(*each), ADMITTED) for each in orders)
    assert written == again


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"education_level": "04"}, Level.BACHELOR),
        ({"education_level": "03"}, Level.BACHELOR),
        ({"education_level": "05"}, Level.MASTER),
        ({"education_level": "06"}, Level.DOCTORATE),
        ({"education_level": "11"}, Level.EXCHANGE),
        ({"education_level": "05", "exchange_category": "1F"}, Level.EXCHANGE),
        ({"education_level": "05", "exchange_category": "1D"}, Level.MASTER),
        ({"exchange_category": "08"}, Level.SCHOLAR),
        ({"education_level": "07"}, Level.LANGUAGE),
        ({"education_level": "10"}, Level.OTHER),
        ({}, None),
    ],
)
def test_each_level_has_its_column_in_the_table_of_costs(facts, level):
    assert level_of(RecordFacts(**facts)) == level


def test_prices_are_read_as_they_were_kept():
    assert Prices.from_json(PRICES.as_json()) == PRICES
    bare = Prices(TODAY)
    assert Prices.from_json(bare.as_json()) == bare


def test_only_what_was_missing_is_taken_from_newer_prices():
    euro = RATES["EUR"]
    sent = Prices(date(2026, 10, 1), None, {"EUR": euro})
    newer = Prices(TODAY, COSTS, {"EUR": Rate("EUR", Decimal(2), TODAY), "INR": RATES["INR"]})

    assert sent.filled_from(newer) == Prices(
        date(2026, 10, 1), COSTS, {"EUR": euro, "INR": RATES["INR"]}
    )

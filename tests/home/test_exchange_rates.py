"""What a dollar costs elsewhere: which rate counts, and what cannot be entered."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.panels import get_edit_handler

from isso.home.cost_table import academic_year_of
from isso.home.costs import costs_from
from isso.home.currencies import CURRENCIES, Rate
from isso.home.exchange import rates_on
from isso.home.models import CostOfAttendance, ExchangeRate


def enter(currency, day, units="84"):
    return ExchangeRate.objects.create(currency=currency, day=day, units=Decimal(units))


@pytest.mark.parametrize(
    ("units", "amount", "dollars"),
    [
        ("84", "1250000", 14_880),
        ("84", "84", 1),
        ("84", "83.99", 0),
        ("0.92", "12500.50", 13_587),
        ("0.307", "1000", 3257),
        ("25340", "500000000", 19_731),
        ("1", "0.99", 0),
        ("3", "0.01", 0),
        # A quotient so near the next dollar that fewer digits would round it up.
        ("999999999999", "999999999998.99", 0),
        ("0.000001", "9999999999999.99", 9_999_999_999_999_990_000),
    ],
)
def test_an_amount_is_worth_whole_dollars_rounded_down(units, amount, dollars):
    assert Rate("INR", Decimal(units), date(2026, 11, 2)).dollars(Decimal(amount)) == dollars


cents = st.integers(1, 10**15).map(lambda number: Decimal(number) / 100)
unit_prices = st.integers(1, 10**12).map(lambda number: Decimal(number) / 10**6)


@given(unit_prices, cents)
def test_nobody_is_given_a_dollar_too_much_or_loses_a_whole_one(units, amount):
    dollars = Rate("INR", units).dollars(amount)

    assert dollars * units <= amount < (dollars + 1) * units


def test_the_newest_rate_of_each_currency_counts(db, django_assert_num_queries):
    for day in (date(2026, 9, 1), date(2026, 11, 2), date(2026, 10, 1), date(2026, 12, 1)):
        enter("INR", day, f"{day.month}0")
    enter("EUR", date(2025, 1, 1), "0.92")
    enter("CAD", date(2026, 12, 1), "1.38")

    with django_assert_num_queries(1):
        found = rates_on(date(2026, 11, 27))

    assert found == {
        "INR": Rate("INR", Decimal(110), date(2026, 11, 2)),
        "EUR": Rate("EUR", Decimal("0.92"), date(2025, 1, 1)),
    }


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({}, {}),
        ({"units": "0.307"}, {}),
        ({"units": "0"}, {"units": ["Enter a number above 0, such as 84.25."]}),
        ({"units": "-1"}, {"units": ["Enter a number above 0, such as 84.25."]}),
        ({"day": "2026-10-06"}, {"day": ["Choose today or an earlier day."]}),
        (
            {"day": "2026-10-01"},
            {"day": ["This currency has a rate of that day already. Edit that one instead."]},
        ),
    ],
)
def test_rates_that_cannot_be(db, monday, changes, errors):
    enter("INR", date(2026, 10, 1))
    form_class = get_edit_handler(ExchangeRate).get_form_class()

    form = form_class({"currency": "INR", "units": "84", "day": "2026-10-05"} | changes)

    assert form.errors == errors


@pytest.mark.parametrize(("day", "units"), [(date(2026, 10, 1), "85"), (date(2026, 10, 2), "0")])
def test_the_database_refuses_a_second_rate_of_a_day_and_none_at_all(db, day, units):
    enter("INR", date(2026, 10, 1))

    with pytest.raises(IntegrityError):
        enter("INR", day, units)


def test_a_rate_reads_as_people_write_it(db):
    words = [
        str(enter("EUR", date(2026, 1, day), units)) for day, units in enumerate(("0.92", "100"), 1)
    ]
    assert words == ["0.92 EUR = 1 USD", "100 EUR = 1 USD"]


def test_the_dollar_is_the_first_currency_and_has_no_rate():
    codes = [code for code, _name in CURRENCIES]
    asked = ExchangeRate._meta.get_field("currency").choices

    assert [codes[0], len(codes), codes[1:]] == ["USD", len(set(codes)), sorted(codes[1:])]
    assert [code for code, _name in asked] == codes[1:]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2027, 1, 11), 2026),
        (date(2027, 6, 30), 2026),
        (date(2027, 7, 1), 2027),
        (date(2027, 8, 23), 2027),
    ],
)
def test_the_academic_year_of_a_day(day, year):
    assert academic_year_of(day) == year


@pytest.mark.parametrize(
    ("first_day", "tuition"),
    [(date(2026, 8, 24), 2026), (date(2027, 1, 11), 2026), (date(2027, 8, 23), 2027), (None, 2027)],
)
def test_the_costs_are_those_of_the_first_year(db, django_assert_num_queries, first_day, tuition):
    for year in (2025, 2026):
        make_costs("master", year)
    make_costs("master", 2027)
    make_costs("bachelor", 2030)

    with django_assert_num_queries(1):
        assert costs_from("master", first_day).tuition == tuition
    assert costs_from("doctorate", first_day) is None


def test_a_year_that_is_not_entered_yet_has_the_costs_of_the_latest(db):
    make_costs("master", 2026)

    assert costs_from("master", date(2029, 8, 20)).year == 2026


def make_costs(level, year):
    names = ("living", "insurance", "fees", "spouse", "child")
    CostOfAttendance.objects.create(level=level, year=year, tuition=year, **dict.fromkeys(names, 1))

"""Amounts of other currencies: what is understood, and the sentence for what is not."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.amount_field import Amount
from isso.requests.answers import readable

INVALID = "Write only the number, such as 12500 or 12,500.50."
NEGATIVE = "Write the amount without a minus sign."
TWO_WAYS = (
    "This can be read in two ways. Write it without a comma or period, or with two digits at the "
    "end: 12500 or 12500.00."
)
ZERO = "Enter more than zero. Leave out a source that gives nothing."
TOO_MUCH = "This is too much. Compare it with the paper."


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12500", "12500"),
        ("12,500", "12500"),
        ("12,500.50", "12500.50"),
        ("12.500,50", "12500.50"),
        ("12500.5", "12500.5"),
        ("12500,5", "12500.5"),
        ("12,50", "12.50"),
        ("12.50", "12.50"),
        ("1 250 000", "1250000"),
        ("1\u202f250\u00a0000,75", "1250000.75"),
        ("1'250'000.75", "1250000.75"),
        ("1’250’000", "1250000"),
        ("1.250.000", "1250000"),
        ("1,250,000", "1250000"),
        ("12,50,000", "1250000"),
        ("1,23,45,678.90", "12345678.90"),
        (" 00012 ", "12"),
        ("0.01", "0.01"),
        ("0,5", "0.5"),
        ("999 999 999 999 999.99", "999999999999999.99"),
    ],
)
def test_an_amount_is_read_however_it_is_written(typed, amount):
    assert Amount().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12.500", TWO_WAYS),
        ("1.250", TWO_WAYS),
        ("0.500", TWO_WAYS),
        ("0,500", TWO_WAYS),
        ("-1", NEGATIVE),
        ("−12,500", NEGATIVE),
        ("0", ZERO),
        ("0.00", ZERO),
        ("000", ZERO),
        ("1,2500", INVALID),
        ("12500.505", INVALID),
        ("1,234.567", INVALID),
        ("1,234,56", INVALID),
        ("1.23.456", INVALID),
        ("1,250.000", INVALID),
        ("1 250,000.00.00", INVALID),
        ("1,250 000", INVALID),
        ("12,50,00", INVALID),
        (".50", INVALID),
        ("12,", INVALID),
        ("$12,500", INVALID),
        ("12500 EUR", INVALID),
        ("about 12000", INVALID),
        ("1e5", INVALID),
        ("NaN", INVALID),
        ("١٢٠٠٠", INVALID),
        ("=1+1", INVALID),
        ("1 000 000 000 000 000", TOO_MUCH),
        ("9" * 10_000, INVALID),
        ("", "This field is required."),
    ],
)
def test_anything_else_is_refused_with_what_to_type(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        Amount().clean(typed)

    assert refusal.value.messages == [sentence]


cents = st.integers(1, 10**17 - 1).map(lambda number: Decimal(number) / 100)


@given(cents, st.sampled_from([",.", ".,", " .", " ,", "'.", "’,", "\u202f."]))
def test_every_country_writes_the_same_amount(amount, signs):
    thousands, point = signs
    written = f"{amount:,.2f}".replace(",", "x").replace(".", point).replace("x", thousands)

    assert Amount().clean(written) == Amount().clean(f"{amount:.2f}") == amount


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("12.500,50", "12,500.50"), ("1 250 000", "1,250,000"), ("12.500", "12.500"), ("", "")],
)
def test_staff_read_amounts_in_one_way(typed, shown):
    assert readable(Amount(), typed) == shown

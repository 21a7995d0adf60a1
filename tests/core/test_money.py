"""Amounts of money: what is understood, and the sentence for what is not."""

import pytest
from django.core.exceptions import ValidationError

from isso.requests.answers import readable
from isso.requests.form_fields import money

WHOLE = "Enter whole US dollars, such as 12000 or 12,000, without cents."


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", 0),
        ("12000", 12000),
        ("12,000", 12000),
        ("$12,000", 12000),
        (" $ 1,234,567 ", 1_234_567),
        ("12000.00", 12000),
        ("0000000000012", 12),
        ("99,999,999", 99_999_999),
        ("", None),
    ],
)
def test_an_amount_is_read_however_it_is_written(typed, amount):
    assert money("Tuition", required=False).clean(typed) == amount


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12,50", WHOLE),
        ("12.000", WHOLE),
        ("1,2000", WHOLE),
        ("12000.50", WHOLE),
        ("-1", WHOLE),
        ("€12000", WHOLE),
        ("about 12000", WHOLE),
        ("١٢٠٠٠", WHOLE),
        ("=1+1", WHOLE),
        ("100,000,000", "Enter at most $99,999,999."),
        ("9" * 10_000, "Enter at most $99,999,999."),
    ],
)
def test_anything_else_is_refused_with_what_to_type(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        money("Tuition").clean(typed)

    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize(
    ("typed", "shown"), [("12000", "$12,000"), ("$1,500", "$1,500"), ("12,50", "12,50"), ("", "")]
)
def test_staff_read_amounts_in_one_way(typed, shown):
    assert readable(money("Tuition"), typed) == shown

"""A US phone number is kept as SEVIS takes it, however people write it."""

import pytest
from django import forms

from isso.requests.form_fields import UsPhone

TEN = "6175550123"


@pytest.mark.parametrize(
    "typed",
    [
        TEN,
        "617 555 0123",
        "617-555-0123",
        "617.555.0123",
        "(617) 555-0123",
        "(617)555‑0123",
        "+1 617 555 0123",
        "1-617-555-0123",
        " 6175550123 ",
    ],
)
def test_is_read(typed):
    assert UsPhone().clean(typed) == TEN


@pytest.mark.parametrize("typed", ["555 0123", "+44 20 7946 0958", "61755501234", "617555012x"])
def test_is_refused(typed):
    with pytest.raises(forms.ValidationError) as refusal:
        UsPhone().clean(typed)

    assert refusal.value.messages == ["Enter all ten digits, like 202-555-0123."]


def test_may_be_empty():
    assert UsPhone(required=False).clean("") == ""

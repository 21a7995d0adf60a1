"""An answer is read in words, never as the value that is kept."""

import pytest
from django import forms

from isso.requests.answers import readable


@pytest.mark.parametrize(
    ("field", "kept", "words"),
    [
        (forms.BooleanField(), True, "Yes"),
        (forms.BooleanField(), False, "No"),
        (forms.BooleanField(), None, ""),
        (forms.CharField(), "", ""),
        (forms.DateField(), "2026-10-05", "October 5, 2026"),
        (forms.ChoiceField(choices=[("post", "After completion")]), "post", "After completion"),
    ],
)
def test_reads(field, kept, words):
    assert readable(field, kept) == words

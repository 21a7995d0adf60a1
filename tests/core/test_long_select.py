"""A choice among hundreds is Django's own, only written faster."""

import re

import pytest
from django import forms

from isso.requests.long_select import LongSelect

CHOICES = [
    ("", "—"),
    ("Côte d’Ivoire", "Côte d’Ivoire"),
    ("<&\"'>", "<b>Odd & named</b>"),
    (7, "7"),
]
ATTRS = {"id": "id_country", "aria-invalid": "true", "required": True, "disabled": False}


def same(markup):
    """Leave out the blanks of a template."""
    return re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", "", markup)).replace("&#x27;", "&#39;")


@pytest.mark.parametrize("value", [None, "", "Côte d’Ivoire", "<&\"'>", 7, "7", "Atlantis"])
def test_the_markup_is_that_of_django(value):
    widgets = [kind(ATTRS, CHOICES) for kind in (forms.Select, LongSelect)]
    plain, fast = (
        same(each.render("country", value, {"data-show-if": "a=b|c"})) for each in widgets
    )

    assert sorted(re.findall(r'[a-z-]+="[^"]*"|[a-z]+', fast)) == sorted(
        re.findall(r'[a-z-]+="[^"]*"|[a-z]+', plain)
    )
    assert re.findall(r"<option.*", fast) == re.findall(r"<option.*", plain)

"""Countries are written by people and coded for SEVIS; both lists are those of the schema."""

import pytest

from isso.requests.form_fields import country
from isso.requests.records.countries import (
    ADDRESS_COUNTRIES,
    BIRTH_COUNTRIES,
    CITIZENSHIP_COUNTRIES,
    COUNTRIES,
    code_of,
    name_of,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Austria", "AU"),
        ("Australia", "AS"),
        ("China", "CH"),
        ("Switzerland", "SZ"),
        ("South Korea", "KS"),
        ("Republic of Korea", "KS"),
        ("Türkiye", "TU"),
        ("turkey ", "TU"),
        ("Ivory Coast", "IV"),
        ("Soviet Union", "UR"),
        ("Atlantis", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_code_by_any_name(name, code):
    assert code_of(name) == code


def test_one_name_is_stored():
    assert (name_of("turkey"), name_of("Ivory Coast"), name_of("Atlantis")) == (
        "Türkiye",
        "Côte d'Ivoire",
        "",
    )


def test_no_name_means_two_countries():
    names = [n.casefold() for each in COUNTRIES for n in (each.name, *each.also_called)]
    assert sorted(names) == sorted(set(names))


def test_every_name_fits_the_record():
    assert [each.name for each in COUNTRIES if len(each.name) > 60] == []


@pytest.mark.parametrize(
    ("name", "birth", "citizenship", "address"),
    [
        ("Senegal", True, True, True),
        ("United States", True, False, False),
        ("Puerto Rico", True, False, False),
        ("Soviet Union", True, False, False),
        ("Stateless", True, True, False),
        ("Unknown", False, False, False),
    ],
)
def test_where_a_country_may_be_chosen(name, birth, citizenship, address):
    offered = [
        (name, name) in choices
        for choices in (BIRTH_COUNTRIES, CITIZENSHIP_COUNTRIES, ADDRESS_COUNTRIES)
    ]
    assert offered == [birth, citizenship, address]


def test_the_field_keeps_the_name():
    assert country("Country").clean("Senegal") == "Senegal"


def test_our_codes_are_as_many_as_those_of_sevis():
    """Schema 6.55 lists 307 countries of birth and 258 of citizenship, each code once."""
    codes = [each.code for each in COUNTRIES]
    current = [each.code for each in COUNTRIES if not each.is_only_birth]

    assert (len(set(codes)), len(set(current))) == (307, 258)
    assert {code for code in codes if len(code) != 2 or not code.isalnum()} == set()

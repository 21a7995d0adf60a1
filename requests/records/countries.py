"""The countries SEVIS knows: names as people write them, codes as SEVIS wants them.

The codes look like FIPS 10-4 and clash with ISO: AU is Austria, CH is China (domain/records.md §2).
"""

import csv
from pathlib import Path
from typing import NamedTuple


class Country(NamedTuple):
    """One country of the SEVIS code list; some exist only as a place of birth."""

    code: str
    name: str
    also_called: tuple[str, ...]
    is_only_birth: bool


def _read():
    with (Path(__file__).parent / "countries.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Country(
                row["code"],
                row["name"],
                tuple(filter(None, row["also_called"].split(";"))),
                row["only_birth"] == "yes",
            )
            for row in csv.DictReader(file)
        )


COUNTRIES = _read()
_BY_NAME = {
    name.casefold(): country
    for country in COUNTRIES
    for name in (country.name, *country.also_called)
}
# Nobody chooses them: the first says nothing, the others are no places a letter reaches.
_UNKNOWN, _NO_PLACES = "U5", {"U2", "U3"}

# (stored value, words on the screen): both are the name.
BIRTH_COUNTRIES = tuple((each.name, each.name) for each in COUNTRIES if each.code != _UNKNOWN)
# SEVIS takes neither the United States nor its territories nor countries that are no more.
CITIZENSHIP_COUNTRIES = tuple(
    (each.name, each.name) for each in COUNTRIES if not each.is_only_birth and each.code != _UNKNOWN
)
# Where somebody lives abroad, and who issues passports.
ADDRESS_COUNTRIES = tuple(
    (each.name, each.name)
    for each in COUNTRIES
    if not each.is_only_birth and each.code not in {_UNKNOWN, *_NO_PLACES}
)
# Any place a letter reaches, here or abroad.
ALL_COUNTRIES = (("United States", "United States"), *ADDRESS_COUNTRIES)


def code_of(name: str) -> str:
    """Return the SEVIS code of a country, by any name it goes by; "" when there is none."""
    country = _BY_NAME.get(str(name or "").strip().casefold())
    return country.code if country else ""


def name_of(name: str) -> str:
    """Return the one name a country is stored under; "" when nobody knows it."""
    country = _BY_NAME.get(str(name or "").strip().casefold())
    return country.name if country else ""

"""The columns of an import file, and what their cells may say."""

import re
import unicodedata
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from ..countries import ADDRESS_COUNTRIES, BIRTH_COUNTRIES, CITIZENSHIP_COUNTRIES, COUNTRIES
from ..groups import CHANGEABLE_FIELDS, FACT_GROUPS
from ..models import StudentRecord
from .folding import folded
from .problems import RowProblem, quoted

# They tell who a row is about; an import fills in what is empty here and never changes the rest.
IDENTITY = ("family_name", "given_name", "birth_date", "sevis_id", "institution_id")
REQUIRED = ("family_name", "given_name", "birth_date")
# The one way to give a known person another SEVIS ID: after re-entry, or a change of level.
NEW_SEVIS_ID = "new_sevis_id"
_in_groups = [name for names in FACT_GROUPS.values() for name in names]
FACT_COLUMNS = tuple(
    name
    for name in (*_in_groups, *sorted(CHANGEABLE_FIELDS - set(_in_groups)))
    if name not in IDENTITY
)
ALL_COLUMNS = (*IDENTITY, NEW_SEVIS_ID, *FACT_COLUMNS)
FIELDS = {name: StudentRecord._meta.get_field(name) for name in (*IDENTITY, *FACT_COLUMNS)}
FIELDS[NEW_SEVIS_ID] = FIELDS["sevis_id"]

# Written into a cell to empty a fact; an empty cell says nothing.
CLEAR = "(clear)"
UNSAID = object()
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)

COUNTRY_COLUMNS = {
    "birth_country": BIRTH_COUNTRIES,
    "citizenship_country": CITIZENSHIP_COUNTRIES,
    "residence_country": CITIZENSHIP_COUNTRIES,
    "passport_country": ADDRESS_COUNTRIES,
    "foreign_address_country": ADDRESS_COUNTRIES,
}
_COUNTRY_BY_WORD = {
    folded(word): country.name
    for country in COUNTRIES
    for word in (country.code, country.name, *country.also_called)
}
_COUNTRY_NAMES = {
    column: {name for name, _words in countries} for column, countries in COUNTRY_COLUMNS.items()
}


class FormulaCell:
    """Stands for a cell that holds a formula, or its error, instead of a value."""


def may_be_cleared(name: str) -> bool:
    """Tell whether an import may empty this fact: no identity, and not a plain yes or no."""
    if name in IDENTITY or name == NEW_SEVIS_ID:
        return False
    return FIELDS[name].null or isinstance(FIELDS[name], models.CharField)


def value_of(name: str, cell):
    """Return what a cell says about a fact, as the record keeps it, or UNSAID.

    Raises RowProblem with the column and a sentence that says what to write instead.
    """
    text = _text(name, cell)
    if not text:
        return UNSAID
    if text.casefold() == CLEAR:
        return _cleared(name)
    field = FIELDS[name]
    if isinstance(field, models.DateField):
        return _date(name, text, cell)
    if isinstance(field, models.BooleanField):
        return _yes_or_no(name, text)
    if name in COUNTRY_COLUMNS:
        return _country(name, text)
    if field.choices:
        return _choice(name, text, field)
    if field is FIELDS["sevis_id"]:
        text = text.upper()
    try:
        return field.clean(text, None)
    except ValidationError as error:
        raise RowProblem(name, " ".join(error.messages)) from error


def _text(name, cell):
    """Return the words of a cell, whatever program wrote it; formula characters are only text."""
    if cell is None:
        return ""
    if cell is FormulaCell:
        raise RowProblem(
            name, _("The cell holds a formula. Copy it and paste only its value in its place.")
        )
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFC", str(cell))
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\r\n" for char in text):
        raise RowProblem(name, _("The cell has a character nobody can read. Type it again."))
    # Marks that turn the direction of a line would make later words look like others.
    text = "".join(char for char in text if unicodedata.bidirectional(char) not in _DIRECTIONS)
    return " ".join(text.split())


_DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def _cleared(name):
    if not may_be_cleared(name):
        raise RowProblem(name, _("This fact cannot be emptied. Leave the cell empty."))
    return None if FIELDS[name].null else ""


def _date(name, text, cell):
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError as error:
        raise RowProblem(
            name,
            _("%(text)s is not clear as a date. Write year-month-day, for example 2026-08-25.")
            % {"text": quoted(cell)},
        ) from error
    if not EARLIEST <= day <= LATEST:
        raise RowProblem(name, _("The year %(year)d cannot be right.") % {"year": day.year})
    if name == "birth_date" and day >= timezone.localdate():
        raise RowProblem(name, _("A date of birth lies in the past."))
    return day


def _yes_or_no(name, text):
    word = text.casefold()
    if word in YES | NO:
        return word in YES
    raise RowProblem(name, _("%(text)s is neither yes nor no.") % {"text": quoted(text)})


def _country(name, text):
    country = _COUNTRY_BY_WORD.get(folded(text))
    if country in _COUNTRY_NAMES[name]:
        return country
    raise RowProblem(
        name,
        _("SEVIS knows no country %(text)s here. Write its English name or its SEVIS code.")
        % {"text": quoted(text)},
    )


def _choice(name, text, field):
    """Return the value meant by a code or by its words, however they are written."""
    wanted = folded(text)
    for value, words in field.choices:
        if wanted in (folded(value), folded(words)):
            return value
    # Excel takes the zero away from codes like 05.
    if text.isdigit() and text.zfill(2) in dict(field.choices):
        return text.zfill(2)
    possible = ", ".join(str(value) for value, _words in field.choices)
    raise RowProblem(
        name,
        _("%(text)s is not one of these: %(possible)s.")
        % {"text": quoted(text), "possible": possible},
    )

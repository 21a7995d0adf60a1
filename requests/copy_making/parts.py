"""What a copy is made of: parts, their entries, and cells that are both data and words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst

from isso.home.calendar import moment
from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord

from ..desk.record_lines import in_words


@dataclass(frozen=True)
class Cell:
    """One fact: ``value`` for machines, ``words`` for people."""

    name: str
    label: Any
    value: Any
    words: Any

    def as_json(self):
        """Return the value."""
        return self.value


@dataclass(frozen=True)
class AnswerCell(Cell):
    """One answer to a form; its question goes along, as each form asks in its own words."""

    def as_json(self):
        """Return the answer as it was typed and as it reads."""
        return {"question": str(self.label), "value": self.value, "words": str(self.words)}


@dataclass(frozen=True)
class Entry:
    """One row of a part, with what hangs on it."""

    cells: list[Cell]
    title: Any = ""
    parts: tuple = ()

    @property
    def cells_by_name(self):
        """The cells by their names in the data."""
        return {cell.name: cell for cell in self.cells}

    def as_json(self):
        """Return the entry as an object."""
        return {cell.name: cell.as_json() for cell in self.cells} | {
            part.key: part.as_json() for part in self.parts
        }


@dataclass(frozen=True)
class Part:
    """Entries of one kind under a heading."""

    key: str
    title: Any
    entries: list[Entry]
    is_one: bool = False

    def as_json(self):
        """Return a list of objects, or the one object."""
        found = [entry.as_json() for entry in self.entries]
        return found[0] if self.is_one else found


def field_names(parts) -> dict:
    """Return what each name of the data means, part by part, in the words of the screen."""
    return {part.key: _names(part) for part in parts}


def _names(part):
    names = {}
    for entry in part.entries:
        for cell in entry.cells:
            if not isinstance(cell, AnswerCell):
                names.setdefault(cell.name, str(cell.label))
        for inner in entry.parts:
            names.setdefault(inner.key, {}).update(_names(inner))
    return names


def said(name, label, value, words=None) -> Cell:
    """Return a fact that is no column; without ``words`` it reads as it is."""
    return Cell(name, label, value, _words(value) if words is None else words)


def columns(row, names) -> list[Cell]:
    """Return these columns of a row, in this order."""
    return [_cell(row, row._meta.get_field(name)) for name in names]


def all_columns(row, without=()) -> list[Cell]:
    """Return every column of a row, except its key, its people and those named."""
    return [_cell(row, field) for field in fields_of(row, without)]


def fields_of(model, without=()):
    """Return the fields that ``all_columns`` reads of rows of a model."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in without
        and not field.primary_key
        and field.related_model not in (User, StudentRecord)
    ]


def _cell(row, field):
    label = capfirst(str(field.verbose_name))
    value = getattr(row, field.name)
    if field.is_relation:
        value = str(value) if value else ""
        return Cell(field.name, label, value, value)
    words = in_words(row, field.name, value) if _is_plain(value) else _words(value)
    return Cell(field.name, label, value, words)


def _is_plain(value):
    return not isinstance(value, datetime | dict)


def _words(value):
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    return "" if value is None else value

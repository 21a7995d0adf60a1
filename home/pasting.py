"""Reads a table that was copied from a spreadsheet: a header, then a line for each row.

Whatever cannot be read is told with its line and column, all at once.
"""

import csv
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .statistics import PEOPLE, PERCENT, TEXT

MOST_LINES = 300
MOST_COLUMNS = 12
LONGEST_LABEL = 120
MOST_PEOPLE = 10_000_000
MOST_PROBLEMS = 10

# Spreadsheets write thousands with commas, dots are decimals; spaces may be narrow ones.
_WHOLE = re.compile(r"\d{1,3}(?:[,\u0020\u00a0\u2009\u202f']\d{3})+|\d+")
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*%?")
_NEARLY_A_NUMBER = re.compile(r"[-+]?\d")
_NOT_SHOWN = {"", "-", "–", "—", "*", "<5", "< 5", "under 5"}


def read_pasted(text: str):
    """Return columns of (heading, kind) and the lines, or raise sentences in a ValidationError."""
    lines = list(enumerate(_cells(text), start=1))
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if len(lines) < 2:
        raise ValidationError(_("Paste a header line and at least one line below it."))
    if len(lines) > MOST_LINES + 1:
        raise ValidationError(_("Paste at most %(most)s lines.") % {"most": MOST_LINES})
    (number, headings), *body = lines
    _check_header(number, headings)
    _check_shape(headings, body)
    columns = zip(*(cells for _number, cells in body), strict=True)
    kinds = [_kind(heading, cells) for heading, cells in zip(headings, columns, strict=True)]
    kinds[0] = TEXT
    problems, read = [], []
    for number, cells in body:
        line = []
        for heading, kind, cell in zip(headings, kinds, cells, strict=True):
            try:
                line.append(_READERS[kind](cell))
            except ValueError as error:
                problems.append(
                    _("Line %(line)s, column “%(column)s”: %(problem)s")
                    % {"line": number, "column": heading, "problem": error}
                )
        if not cells[0]:
            problems.append(_("Line %(line)s: the first cell is empty.") % {"line": number})
        read.append(line)
    _refuse(problems)
    return list(zip(headings, kinds, strict=True)), read


def _cells(text):
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    delimiter = "\t" if "\t" in text else ","
    # Line by line: a quotation mark left open must not swallow the lines below it.
    for line in text.split("\n"):
        cells = next(csv.reader([line], delimiter=delimiter), [])
        yield [cell.strip() for cell in cells]


def _check_header(number, headings):
    if len(headings) < 2:
        raise ValidationError(
            _("Line %(line)s has one column only. Separate columns with tabs or commas.")
            % {"line": number}
        )
    if len(headings) > MOST_COLUMNS:
        raise ValidationError(_("Paste at most %(most)s columns.") % {"most": MOST_COLUMNS})
    problems = [
        _("Line %(line)s, column %(column)s: the heading is empty.")
        % {"line": number, "column": at + 1}
        for at, heading in enumerate(headings)
        if not heading
    ]
    problems += [
        _("Line %(line)s, column %(column)s: the heading is longer than %(most)s characters.")
        % {"line": number, "column": at + 1, "most": LONGEST_LABEL}
        for at, heading in enumerate(headings)
        if len(heading) > LONGEST_LABEL
    ]
    problems += [
        _("Line %(line)s: two columns are called “%(column)s”.")
        % {"line": number, "column": heading}
        for heading in dict.fromkeys(headings)
        if heading and headings.count(heading) > 1
    ]
    _refuse(problems)


def _check_shape(headings, body):
    _refuse(
        [
            _("Line %(line)s has %(cells)s cells, the header has %(columns)s.")
            % {"line": number, "cells": len(cells), "columns": len(headings)}
            for number, cells in body
            if len(cells) != len(headings)
        ]
    )


def _refuse(problems):
    if len(problems) > MOST_PROBLEMS:
        left = len(problems) - MOST_PROBLEMS
        problems = [*problems[:MOST_PROBLEMS], _("And %(left)s more.") % {"left": left}]
    if problems:
        raise ValidationError(problems)


def _kind(heading, cells):
    """Tell numbers from words by what most cells are, so that a slip is an error, not a text."""
    told = [cell for cell in cells if cell not in _NOT_SHOWN]
    if "%" in heading or "percent" in heading.casefold() or any("%" in cell for cell in told):
        return PERCENT
    numbers = sum(bool(_NEARLY_A_NUMBER.match(cell)) for cell in told)
    return PEOPLE if numbers * 2 >= len(told) and heading.casefold() != "rank" else TEXT


def _read_text(cell):
    if len(cell) > LONGEST_LABEL:
        raise ValueError(_("write at most %(most)s characters.") % {"most": LONGEST_LABEL})
    return cell


def _read_people(cell):
    if cell.casefold() in _NOT_SHOWN:
        return None
    if not _WHOLE.fullmatch(cell):
        raise ValueError(_("“%(cell)s” is no whole number.") % {"cell": cell[:40]})
    number = int(re.sub(r"\D", "", cell))
    if number > MOST_PEOPLE:
        raise ValueError(_("“%(cell)s” is too large.") % {"cell": cell[:40]})
    return number


def _read_percent(cell):
    if cell.casefold() in _NOT_SHOWN:
        return None
    found = _DECIMAL.fullmatch(cell)
    if not found or Decimal(found[1]) > 100:
        raise ValueError(_("“%(cell)s” is no percent from 0 to 100.") % {"cell": cell[:40]})
    return Decimal(found[1])


_READERS = {TEXT: _read_text, PEOPLE: _read_people, PERCENT: _read_percent}

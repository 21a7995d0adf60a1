"""docs/import.md: the columns of an import file, read from the code."""

from django.db import models

from .columns import ALL_COLUMNS, COUNTRY_COLUMNS, FIELDS, NEW_SEVIS_ID, may_be_cleared

BEGIN = "| column | what | how it is written | may be emptied |\n"


def column_table() -> str:
    """Return the table of all columns."""
    lines = [BEGIN, "| --- | --- | --- | --- |\n"]
    for name in ALL_COLUMNS:
        label = "new SEVIS ID" if name == NEW_SEVIS_ID else FIELDS[name].verbose_name
        emptied = "yes" if may_be_cleared(name) else "no"
        lines.append(f"| `{name}` | {label} | {_how(name)} | {emptied} |\n")
    return "".join(lines)


def with_current_table(text: str) -> str:
    """Return the document with the table, which ends it, as the code has it."""
    return text.partition(BEGIN)[0] + column_table()


def _how(name):
    field = FIELDS[name]
    if field.choices:
        return ", ".join(f"`{value}` {words}" for value, words in field.choices)
    if isinstance(field, models.DateField):
        return "date, `2026-08-25`"
    if isinstance(field, models.BooleanField):
        return "yes or no"
    if isinstance(field, models.PositiveSmallIntegerField):
        return "whole number"
    if name in COUNTRY_COLUMNS:
        return "country, by its English name or its SEVIS code"
    return f"text, at most {field.max_length} characters"

"""The record as an advisor reads it: groups of filled lines, each with what it said before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.groups import (
    FACT_GROUPS,
    GROUP_LABELS,
    OFFICE_FIELDS,
    SENSITIVE_FIELDS,
    masked,
)
from isso.requests.records.models import StudentRecord

OFFICE_GROUP = "office"
# The student's pages speak to the student; here one reads about him.
LABELS = GROUP_LABELS | {
    "biographical": gettext_lazy("Person"),
    OFFICE_GROUP: gettext_lazy("For the office alone"),
}
STAFF_LABELS = {"preferred_name": gettext_lazy("Name to use")}
GROUPS = FACT_GROUPS | {OFFICE_GROUP: tuple(sorted(OFFICE_FIELDS))}


@dataclass(frozen=True)
class Change:
    """One earlier change of a line, in words."""

    at: Any
    who: str
    old: str
    new: str
    source: str


@dataclass(frozen=True)
class Fact:
    """One filled line; ``may_show`` and ``is_shown`` are about a masked number."""

    name: str
    label: str
    value: str
    changes: list
    may_show: bool = False
    is_shown: bool = False


@dataclass(frozen=True)
class FactGroup:
    """Lines that belong together, what is missing among them, and who said so last."""

    key: str
    label: Any
    facts: list
    missing: list
    source: str
    as_of: date


def fact_groups(record, changes, shown=""):
    """Return every group; ``changes`` are those of the record, the newest first."""
    by_field = {}
    for change in changes:
        by_field.setdefault(change.field, []).append(change)
    return [_group(record, key, names, by_field, shown) for key, names in GROUPS.items()]


def _group(record, key, names, by_field, shown):
    facts, missing = [], []
    for name in names:
        value = in_words(record, name, getattr(record, name))
        if value or name in by_field:
            facts.append(_fact(record, name, value, by_field.get(name, ()), shown))
        else:
            missing.append(label_of(name))
    last = max(
        (by_field[name][0] for name in names if name in by_field),
        key=lambda change: (change.at, change.pk),
        default=None,
    )
    source, as_of = (
        (last.source, timezone.localdate(last.at)) if last else (record.source, record.source_as_of)
    )
    return FactGroup(key, LABELS[key], facts, missing, source, as_of)


def _fact(record, name, value, changes, shown):
    is_shown = name == shown
    return Fact(
        name,
        label_of(name),
        value if is_shown else masked(name, value),
        [change_in_words(record, change) for change in changes],
        may_show=name in SENSITIVE_FIELDS and bool(value),
        is_shown=is_shown,
    )


def change_in_words(record, change):
    """Return a change of a column of the record as it reads, numbers masked."""
    who = str(change.by) if change.by else _("The system")
    old, new = (_stored_in_words(record, change.field, value) for value in _sides(change))
    return Change(change.at, who, old, new, change.source)


def _sides(change):
    return change.old_shown, change.new_shown


def label_of(name, model=StudentRecord):
    """Return the name of a column as a label."""
    if model is StudentRecord and name in STAFF_LABELS:
        return str(STAFF_LABELS[name])
    return capfirst(str(model._meta.get_field(name).verbose_name))


def in_words(row, name, value):
    """Return the value of a column as people read it; "" when there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value, "M j, Y")
    words = dict(row._meta.get_field(name).flatchoices)
    return str(words.get(value, value))


def _stored_in_words(record, name, value):
    """Say what the history keeps as text: a code, a date or a yes in its written form."""
    field = next((each for each in record._meta.concrete_fields if each.name == name), None)
    if field is None or name in SENSITIVE_FIELDS or value == "":
        return value
    try:
        return in_words(record, name, field.to_python(value))
    except ValidationError:
        return value

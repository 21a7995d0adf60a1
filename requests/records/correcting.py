"""Corrections by the office: only what was changed, never over somebody else's newer value."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from .changing import add_to_record, change_record, change_row
from .models import Hold, RecordChange, StudentRecord


@dataclass(frozen=True)
class Correction:
    """New values of one row (the record itself or one around it), with marks of the old ones.

    ``key`` names it in the form; ``shown`` are the marks of the values as the page showed them.
    """

    key: str
    row: Any
    changes: dict
    shown: dict


class ChangedMeanwhile(Exception):
    """Somebody changed the same since the page was opened; nothing was written.

    ``conflicts`` is {(key, field): (value now, the change that made it, or None)}.
    """

    def __init__(self, conflicts):
        super().__init__("Changed meanwhile")
        self.conflicts = conflicts


class Refused(Exception):
    """The values of one row cannot be right: ``key`` names it, ``error`` says why."""

    def __init__(self, key, error):
        super().__init__(str(error))
        self.key, self.error = key, error


def mark_of(row, name, value):
    """Return a mark that tells whether a value is still the same, and nothing about the value."""
    plain = "" if value is None else str(value)
    what = f"{row._meta.label_lower}:{row.pk}:{name}:{plain}"
    return salted_hmac("record correction", what, algorithm="sha256").hexdigest()[:16]


def is_marked(row, name, value, mark):
    """Return whether ``mark`` is the one of this value."""
    return constant_time_compare(mark_of(row, name, value), mark)


@transaction.atomic
def correct(record, corrections, *, new_hold=None, by, source):
    """Write every correction, or none, and return the changes noted.

    Raises ChangedMeanwhile, Refused, and PermissionDenied for one's own record.
    """
    if by is None or by.pk == record.user_id:
        raise PermissionDenied
    StudentRecord.objects.select_for_update().get(pk=record.pk)
    current = {each.key: _read_again(record, each.row) for each in corrections}
    conflicts = {
        (each.key, name): (
            getattr(current[each.key], name),
            _last_change(record, current[each.key], name),
        )
        for each in corrections
        for name in each.changes
        if not is_marked(
            current[each.key], name, getattr(current[each.key], name), each.shown.get(name, "")
        )
    }
    if conflicts:
        raise ChangedMeanwhile(conflicts)
    noted = []
    for each in corrections:
        try:
            if isinstance(each.row, StudentRecord):
                noted += change_record(record, each.changes, by=by, source=source)
            else:
                noted += change_row(current[each.key], each.changes, by=by, source=source)
        except ValidationError as error:
            raise Refused(each.key, error) from error
    if new_hold:
        try:
            add_to_record(record, Hold, new_hold | {"placed_by": by}, by=by, source=source)
        except ValidationError as error:
            raise Refused("new_hold", error) from error
    return noted


def _read_again(record, row):
    if isinstance(row, StudentRecord):
        return StudentRecord.objects.get(pk=record.pk)
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk, record=record)


def _last_change(record, row, name):
    """Return who made the value what it is, as far as the history tells."""
    noted = RecordChange.objects.filter(record=record).select_related("by").order_by("-at", "-pk")
    if isinstance(row, StudentRecord):
        return noted.filter(field=name).first()
    noted = noted.filter(field=row._meta.model_name)
    return noted.filter(new__contains=str(getattr(row, name))).first() or noted.first()

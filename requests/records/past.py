"""What a record said on an earlier day, as far as its history tells in values."""

from dataclasses import replace

from .models import StudentRecord
from .reading import PLAIN_FIELDS


def facts_before(facts, changes):
    """Return the facts as they were before ``changes``, (field, old words) with the newest first.

    Fields of the record go back to their value. Rows around it (work, dependents ...) are noted in
    sentences and stay as they are.
    """
    old = {name: _value(name, words) for name, words in changes if name in PLAIN_FIELDS}
    return replace(facts, **old) if old else facts


def _value(name, words):
    field = StudentRecord._meta.get_field(name)
    if words == "" and field.null:
        return "" if name == "sevis_id" else None
    return field.to_python(words)

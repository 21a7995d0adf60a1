"""Takes the personal words out of rows: each statement names what stays, everything else goes.

Rows themselves stay, so that nothing that refers to them breaks; a column that somebody adds
later goes, too, unless a statement keeps it.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from .files import discard

# Stands in the database where a name has to stand; it is data, and not translated.
ANONYMIZED = "(anonymized)"


@dataclass(frozen=True)
class Emptied:
    """Rows of one model, found by ``path`` from what is emptied, and the columns that stay."""

    model: type[models.Model]
    path: str
    stays: tuple[str, ...] = ()
    # Columns that would look broken when empty.
    named: tuple[str, ...] = ()
    also: dict[str, Any] = field(default_factory=dict)

    def empty(self, owner_keys):
        """Empty the rows of these owners; returns how many."""
        rows = self.model._base_manager.filter(**{f"{self.path}__in": owner_keys})
        _discard_files(rows, filter(self._goes, self.model._meta.concrete_fields))
        return rows.update(**self.values())

    def values(self):
        """Return column → what stands in it afterward; raises ValueError where nothing can."""
        going = [each for each in self.model._meta.concrete_fields if self._goes(each)]
        stated = dict.fromkeys(self.named, ANONYMIZED) | self.also
        return {each.name: _nothing_in(each) for each in going if each.name not in stated} | stated

    def _goes(self, column):
        # What the database works out goes with what it is worked out from.
        own = column.generated or column.primary_key or column.is_relation
        return not (own or column.name in self.stays)


@dataclass(frozen=True)
class Deleted:
    """Rows of one model that would say nothing without their words."""

    model: type[models.Model]
    path: str

    def empty(self, owner_keys):
        """Delete the rows of these owners; returns how many."""
        rows = self.model._base_manager.filter(**{f"{self.path}__in": owner_keys})
        _discard_files(rows, self.model._meta.concrete_fields)
        _all, by_model = rows.delete()
        return by_model.get(self.model._meta.label, 0)


@dataclass(frozen=True)
class Untouched:
    """Rows of one model that say nothing personal, and why."""

    model: type[models.Model]
    path: str
    why: str

    def empty(self, owner_keys):
        """Do nothing."""
        return 0


def _discard_files(rows, columns):
    for column in columns:
        if isinstance(column, models.FileField):
            discard(rows.exclude(**{column.name: ""}).values_list(column.name, flat=True))


def _nothing_in(column):
    if column.null:
        return None
    if isinstance(column, models.JSONField):
        return column.get_default() if column.has_default() else {}
    if isinstance(column, models.BooleanField):
        return False
    if isinstance(column, models.CharField | models.TextField | models.FileField):
        return ""
    if isinstance(column, models.IntegerField):
        return 0
    raise ValueError(f"Say what becomes of {column}: it cannot be empty")

"""What one kind of data states about its end: clock, days, what happens, what stays.

A day count N means: kept through the Nth calendar day after the clock starts, in the office's
time zone; the day after, it goes. Defaults are the office's policy, not law: a bound that rests
on a rule cites it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Method(StrEnum):
    """What happens at the end."""

    DELETE = "delete"
    ANONYMIZE = "anonymize"
    DELETE_FILES = "delete_files"


METHOD_WORDS = {
    Method.DELETE: _("delete"),
    Method.ANONYMIZE: _("anonymize"),
    Method.DELETE_FILES: _("delete the files"),
}
OFFICE_POLICY = _("the office’s policy")


@dataclass(frozen=True)
class Period:
    """How many days a kind is kept, and within which bounds a supervisor may change that."""

    default: int
    legal_min: int
    legal_max: int
    citation: Any = OFFICE_POLICY

    def refusal(self):
        """Return the sentence that refuses a number outside the bounds."""
        return _("Enter between %(min)d and %(max)d days (%(source)s).") % {
            "min": self.legal_min,
            "max": self.legal_max,
            "source": self.citation,
        }


@dataclass(frozen=True)
class Cutoff:
    """The first day that is still kept; whatever started before has had its days."""

    day: date

    @classmethod
    def after(cls, days, today):
        """Return the cutoff of things kept ``days`` days."""
        return cls(today - timedelta(days=days))

    @cached_property
    def moment(self) -> datetime:
        """Midnight at the beginning of that day, where the office is."""
        return timezone.make_aware(datetime.combine(self.day, time.min))


@dataclass(frozen=True)
class Purge:
    """A kind too small or too technical for a plan; it says why, and is told as a number."""

    key: str
    title: Any
    clock: Any
    period: Period
    method: Method
    stays: Any
    why_no_plan: Any
    # Deletes what started before the cutoff and belongs to nobody held; returns how many.
    purge: Callable[[Cutoff], int]
    outcome: Any = "–"
    is_planned = False


@dataclass(frozen=True)
class Planned:
    """A kind that is announced first and then done, object by object."""

    key: str
    title: Any
    clock: Any
    period: Period
    method: Method
    stays: Any
    # Of what: how to find, lock and name one object (subjects.py).
    subject: Any
    # The objects whose clock started before the cutoff and that still have something to lose.
    ripe: Callable[[Cutoff], QuerySet]
    # Empties one locked object; returns how many of what are gone.
    empty: Callable[[Any], dict[str, int]]
    outcome: Any = "–"
    is_planned = True

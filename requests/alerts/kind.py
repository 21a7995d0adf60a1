"""What one kind of alert states, and what its rule returns: plain values, no database behind them.

A step is a number that only rises as days pass, most often the days since the day it is about:
−30 is thirty days before. Each step is told once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isso.requests.records.facts import RecordFacts

from ..models.alert import Severity


@dataclass(frozen=True)
class Situation:
    """One person on one day, and the policies in force by request type."""

    facts: RecordFacts
    today: date
    policies: dict


class Step(NamedTuple):
    """From which number on something is how serious."""

    number: int
    severity: Severity


class Found(NamedTuple):
    """One alert of one person today; ``about`` tells alerts of the same kind apart."""

    step: int
    severity: Severity
    day: date | None
    about: str = ""
    # The key of the request type that cures it.
    cure: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of alert; its sentences read a ``Found`` or the row that keeps it."""

    key: str
    title: Any
    rule: Callable[[Situation], Iterable[Found]]
    # What the person reads: what is wrong, what to do, by when.
    sentence: Callable[[Any], str]
    # What an advisor reads.
    office_sentence: Callable[[Any], str]
    citation: Any
    step_words: Callable[[int], str] = field(default=lambda number: step_in_days(number))
    # The steps a list can be narrowed to.
    numbers: tuple[int, ...] = ()
    # Whether it is the person's to do; else it stands on the desk alone.
    tells_person: bool = True
    # Whether it is news when it comes back: the second hold of a kind is another one.
    is_news_again: bool = False
    # The kind of document whose sending cures it.
    paper: str = ""


def reached(ladder, number):
    """Return the highest step of a ladder that a number has reached, or None."""
    return max((step for step in ladder if step.number <= number), default=None)


def found_by_day(ladder, situation, day, last_day=None, **more):
    """Return what a ladder of days around ``day`` says today; the alert names ``last_day``."""
    if day is None:
        return []
    step = reached(ladder, (situation.today - day).days)
    if step is None:
        return []
    return [Found(step.number, step.severity, last_day or day, **{"about": f"{day}"} | more)]


def step_in_days(number):
    """Say a step that counts days."""
    if number < 0:
        said = ngettext("%(days)d day before", "%(days)d days before", -number)
        return said % {"days": -number}
    if number > 0:
        said = ngettext("%(days)d day after", "%(days)d days after", number)
        return said % {"days": number}
    return _("On the day")

"""A span of days and why it is not wider: one statement for the tile, the form and the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .verdict import OPEN, Standing, Verdict


def in_words(day):
    """Write a date with its month in words, for sentences."""
    return date_format(day, "F j, Y")


@dataclass(frozen=True)
class Window:
    """First and last day something may be, each with its reason; an end may be missing."""

    first: date | None = None
    last: date | None = None
    # Why not earlier, and why not later: whole sentences.
    why_first: Any = ""
    why_last: Any = ""
    citation: str = ""

    @property
    def sentence(self):
        """Say the span and its reasons, as it stands beside a field."""
        if self.first and self.first == self.last:
            span = f"{in_words(self.first)}."
        elif self.first and self.last:
            span = _("From %(first)s to %(last)s.") % {
                "first": in_words(self.first),
                "last": in_words(self.last),
            }
        elif self.first:
            span = _("%(first)s or later.") % {"first": in_words(self.first)}
        elif self.last:
            span = _("%(last)s or earlier.") % {"last": in_words(self.last)}
        else:
            span = ""
        return " ".join(str(part) for part in (span, self.why_first, self.why_last) if part)

    def objection(self, day):
        """Return why ``day`` does not fit, with the nearest day that does; "" when it fits."""
        if self.first and self.last and self.first > self.last:
            return " ".join(str(part) for part in (self.why_first, self.why_last) if part)
        if self.first and day < self.first:
            nearest = _("Choose %(date)s or a later day.") % {"date": in_words(self.first)}
            return f"{nearest} {self.why_first}".strip()
        if self.last and day > self.last:
            nearest = _("Choose %(date)s or an earlier day.") % {"date": in_words(self.last)}
            return f"{nearest} {self.why_last}".strip()
        return ""


def judge_window(window: Window | None, today: date) -> Verdict:
    """Return how a window stands today: open until its last day, opens later, or closed."""
    if window is None:
        return OPEN
    if window.first and window.last and window.first > window.last:
        return Verdict(Standing.NOT_FOR_YOU, window.objection(today), citation=window.citation)
    if window.first and today < window.first:
        reason = _("Opens on %(date)s.") % {"date": in_words(window.first)}
        return Verdict(
            Standing.OPENS_ON,
            f"{reason} {window.why_first}".strip(),
            on=window.first,
            citation=window.citation,
        )
    if window.last and today > window.last:
        reason = _("The last day was %(date)s.") % {"date": in_words(window.last)}
        return Verdict(
            Standing.CLOSED_SINCE,
            f"{reason} {window.why_last}".strip(),
            on=window.last,
            citation=window.citation,
        )
    return Verdict(Standing.OPEN, on=window.last, citation=window.citation)


@dataclass(frozen=True)
class DateLine:
    """One span as people read it; ``name`` is the field it bounds, "" for the request itself."""

    name: str
    label: Any
    window: Window


WindowOf = Callable[[Any], Window | None]

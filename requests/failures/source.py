"""The shape of one kind of failure: where it is read, how bad it is, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    Value,
)
from django.db.models.functions import Cast

# How bad it is; the worst stands first.
URGENT, SOON, LATER = 1, 2, 3


@dataclass(frozen=True)
class Failure:
    """One thing that is stuck, as people read it."""

    what: Any
    url: str = ""
    detail: Any = ""
    # The primary key of the record whose data this line shows, if any.
    record: int | None = None
    # The mail this line is about, if any: whom it concerns is found out for a whole page.
    mail: Any = None


@dataclass(frozen=True)
class Source:
    """One kind of failure; an item is cured when ``rows`` finds it no longer.

    ``rows(user, now)`` returns the queryset of what this user may see of it. ``tell(failed)``
    puts one of its objects into words.
    """

    key: str
    title: Any
    remedy: Any
    weight: int
    since: str
    rows: Callable
    tell: Callable
    related: tuple[str, ...] = ()

    def lines(self, rows):
        """Return (weight, since, kind, key) of each item, alike for all sources."""
        return (
            rows.order_by()
            .annotate(
                row_weight=Value(self.weight, output_field=IntegerField()),
                row_since=ExpressionWrapper(F(self.since), output_field=DateTimeField()),
                row_kind=Value(self.key, output_field=CharField()),
                row_key=Cast("pk", CharField()),
            )
            .values_list("row_weight", "row_since", "row_kind", "row_key")
        )

    def counted(self, rows):
        """Return (kind, how many), alike for all sources."""
        kind = Value(self.key, output_field=CharField())
        rows = rows.order_by().annotate(row_kind=kind).values("row_kind")
        return rows.annotate(number=Count("pk")).values_list("row_kind", "number")


@dataclass(frozen=True)
class Line:
    """One line of the inbox."""

    source: Source
    since: datetime
    failure: Failure

    @property
    def severity(self):
        """The name of how bad it is, for style sheets."""
        return {URGENT: "urgent", SOON: "soon", LATER: "later"}[self.source.weight]

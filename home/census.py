"""Counting the statistics of a year from the records, as they were on one day.

The portal knows the records; it registers a provider in ``AppConfig.ready()``. Only counts leave
it, and small ones are struck out here, before anybody sees or stores them: an editor, who may see
no student's data, could otherwise recognize the one person of a row.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from .statistics import PEOPLE, PERCENT, TEXT, hidden_cells


@dataclass(frozen=True)
class Count:
    """How many people fall under each label; ``kind`` is one of home.statistics.KINDS."""

    kind: str
    title: str
    heading: str
    people: dict[str, int]
    note: str = ""
    # Somebody may stand in two rows, so that they make no sum.
    has_total: bool = True


Provider = Callable[[date], Iterable[Count]]
_providers: list[Provider] = []


def register_census(provider: Provider) -> None:
    """Let a room above count the people it knows."""
    if provider not in _providers:
        _providers.append(provider)


def can_count() -> bool:
    """Tell whether anybody keeps records to count."""
    return bool(_providers)


def tables_on(day: date, block) -> list[dict]:
    """Count the records of a day and return the values of table blocks, small numbers left out."""
    counts = [count for provider in _providers for count in provider(day)]
    return [_table(count, block) for count in counts if count.people]


def _table(count, block):
    # The largest first: what follows is the same for everybody who counts that day.
    ranked = sorted(count.people.items(), key=lambda pair: (-pair[1], pair[0]))
    columns = [(count.heading, TEXT), (_("People"), PEOPLE)]
    lines = [[label, number] for label, number in ranked]
    if count.has_total:
        total = sum(count.people.values())
        columns.append((_("Percent"), PERCENT))
        lines = [[*line, _share(line[1], total)] for line in lines]
        lines.append([_("Total"), total, Decimal("100.0")])
    hidden = hidden_cells([kind for _heading, kind in columns], lines)
    for line, struck in zip(lines, hidden, strict=True):
        for column in struck:
            # Nothing tells the small numbers from those hidden for their sake.
            line[column] = None
    return {
        "kind": count.kind,
        "title": count.title,
        "table": block.table_of(columns, lines),
        "bars": _("People"),
        "note": count.note,
    }


def _share(number, total):
    return (Decimal(100) * number / total).quantize(Decimal("0.1"))

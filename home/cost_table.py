"""What a year of study costs: its lines, sums and table, without a database."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """What somebody studies for, in the order of the table."""

    BACHELOR = "bachelor", _("Bachelor’s degree")
    MASTER = "master", _("Master’s degree")
    DOCTORATE = "doctorate", _("Doctorate")
    EXCHANGE = "exchange", _("Exchange, no degree")
    LANGUAGE = "language", _("Language program")
    OTHER = "other", _("Other program")
    SCHOLAR = "scholar", _("Visiting scholar")


LINES = [
    ("tuition", _("Tuition")),
    ("living", _("Housing, food and personal expenses")),
    ("insurance", _("Health insurance")),
    ("fees", _("Fees")),
]
DEPENDENTS = [
    ("spouse", _("More for a husband or wife")),
    ("child", _("More for each child")),
]


def academic_year_of(day):
    """Return the calendar year in which the academic year of a day began: in summer."""
    return day.year - (day.month < 7)


def year_name(year):
    """Write an academic year by its first calendar year: 2026–27."""
    return f"{year}–{(year + 1) % 100:02d}"


@dataclass(frozen=True)
class Costs:
    """The estimated costs of one year at one level, in whole dollars."""

    level: str
    year: int
    months: int
    tuition: int
    living: int
    insurance: int
    fees: int
    spouse: int = 0
    child: int = 0
    note: str = ""

    @property
    def total(self):
        """What one person needs."""
        return sum(getattr(self, name) for name, _label in LINES)

    def total_with(self, spouse=False, children=0):
        """What a person needs who brings a family."""
        return self.total + (self.spouse if spouse else 0) + children * self.child


@dataclass(frozen=True)
class CostTable:
    """The costs of one year side by side: a column for each level."""

    levels: list[tuple[str, int]]
    lines: list[tuple[str, list[str]]]
    totals: list[str]
    dependents: list[tuple[str, list[str]]]
    notes: list[tuple[str, str]]


def cost_table(costs):
    """Lay out the costs of one year, the levels in their usual order."""
    columns = sorted(costs, key=lambda each: Level.values.index(each.level))
    return CostTable(
        levels=[(Level(each.level).label, each.months) for each in columns],
        lines=_rows(LINES, columns),
        totals=[_dollars(each.total) for each in columns],
        dependents=_rows(DEPENDENTS, columns),
        notes=[(Level(each.level).label, each.note) for each in columns if each.note],
    )


def _rows(lines, columns):
    return [(label, [_dollars(getattr(each, name)) for each in columns]) for name, label in lines]


def _dollars(amount):
    return f"${amount:,}"

"""The costs of attendance as everybody reads them: the public page and the portal alike."""

from datetime import date

from .cost_table import Costs, academic_year_of
from .models import CostOfAttendance


def costs_for(level: str, year: int | None = None) -> Costs | None:
    """Return the costs of a level in the year that begins in ``year``, or of the latest year."""
    entered = CostOfAttendance.objects.filter(level=level)
    if year is not None:
        entered = entered.filter(year=year)
    latest = entered.order_by("-year").first()
    return latest.costs() if latest else None


def costs_from(level: str, first_day: date | None) -> Costs | None:
    """Return the costs of a level in the year of a program's first day, in one query.

    While the office has not entered that year, the latest one stands for it.
    """
    entered = list(CostOfAttendance.objects.filter(level=level).order_by("-year"))
    year = academic_year_of(first_day) if first_day else None
    found = next((each for each in entered if each.year == year), None) or next(iter(entered), None)
    return found.costs() if found else None

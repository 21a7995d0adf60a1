"""The costs of attendance as everybody reads them: the public page and the portal alike."""

from .cost_table import Costs
from .models import CostOfAttendance


def costs_for(level: str, year: int | None = None) -> Costs | None:
    """Return the costs of a level in the year that begins in ``year``, or of the latest year."""
    entered = CostOfAttendance.objects.filter(level=level)
    if year is not None:
        entered = entered.filter(year=year)
    latest = entered.order_by("-year").first()
    return latest.costs() if latest else None

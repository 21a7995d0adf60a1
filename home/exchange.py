"""The exchange rates that count on a day, for whoever has to convert money."""

from datetime import date

from django.db.models import OuterRef, Subquery

from .currencies import Rate
from .models import ExchangeRate


def rates_on(day: date) -> dict[str, Rate]:
    """Return the newest rate of each currency that is not of a later day, in one query."""
    newest = ExchangeRate.objects.filter(currency=OuterRef("currency"), day__lte=day)
    counting = Subquery(newest.order_by("-day").values("day")[:1])
    return {each.currency: each.rate() for each in ExchangeRate.objects.filter(day=counting)}

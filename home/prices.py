"""What a year costs and what a dollar costs: the prices by which one request is judged."""

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from .cost_table import Costs
from .currencies import DOLLAR, ONE_FOR_ONE, Rate


@dataclass(frozen=True)
class Prices:
    """The costs of somebody's first year, and the exchange rates that counted on a day."""

    as_of: date
    # None while the office has entered no costs for this level.
    costs: Costs | None = None
    rates: dict[str, Rate] = field(default_factory=dict)

    def rate(self, currency):
        """Return the rate of a currency, or None where the office has none."""
        return ONE_FOR_ONE if currency == DOLLAR else self.rates.get(currency)

    def age_of(self, rate):
        """Return how many days old a rate was when it was used."""
        return (self.as_of - rate.day).days if rate.day else 0

    def filled_from(self, newer):
        """Return these prices, with what they lack taken from newer ones."""
        return Prices(self.as_of, self.costs or newer.costs, newer.rates | self.rates)

    def as_json(self):
        """Return them as they are kept with what was sent."""
        return {
            "as_of": self.as_of.isoformat(),
            "costs": self.costs and asdict(self.costs),
            "rates": {
                code: [f"{rate.units:f}", rate.day.isoformat()] for code, rate in self.rates.items()
            },
        }

    @classmethod
    def from_json(cls, kept):
        """Read what ``as_json`` wrote."""
        return cls(
            date.fromisoformat(kept["as_of"]),
            kept["costs"] and Costs(**kept["costs"]),
            {
                code: Rate(code, Decimal(units), date.fromisoformat(day))
                for code, (units, day) in kept["rates"].items()
            },
        )

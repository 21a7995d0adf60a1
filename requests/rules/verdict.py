"""What a rule says: may this person ask for this today, and if not, why and from when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """How a request type stands to one person today."""

    OPEN = "open"
    OPENS_ON = "opens_on"
    NEEDS = "needs"
    CLOSED_SINCE = "closed_since"
    NOT_FOR_YOU = "not_for_you"


@dataclass(frozen=True)
class Verdict:
    """One answer with its reason in plain words, its date and the rule it comes from.

    ``on`` is the day it opens, the day it closed, or, while it is open, the last day. ``cure``
    says what would change it, where that is something else than waiting.
    """

    standing: Standing
    reason: str = ""
    on: date | None = None
    citation: str = ""
    cure: str = ""

    @property
    def is_open(self):
        """Whether the request may be started today."""
        return self.standing == Standing.OPEN

    @property
    def is_later(self):
        """Whether it may open by itself or by something the person can do."""
        return self.standing in (Standing.OPENS_ON, Standing.NEEDS)


OPEN = Verdict(Standing.OPEN)


def judge(rules, facts, today, policy):
    """Return the first objection of these rules, in their order, or OPEN.

    A rule is a function ``(facts, today, policy) -> Verdict | None``; None means no objection.
    """
    for rule in rules:
        verdict = rule(facts, today, policy)
        if verdict is not None:
            return verdict
    return OPEN

"""Lines of the student page: a request and whose turn it is, work with its jobs, funding."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class RequestLine:
    """One request of the student, and whose turn it is."""

    student_request: Any
    turn: str
    is_late: bool


@dataclass(frozen=True)
class WorkLine:
    """One authorization with the jobs reported under it."""

    work: Any
    jobs: list


@dataclass(frozen=True)
class FundingLine:
    """One statement of costs and means, each with its sum in dollars."""

    as_of: Any
    months: str
    costs: int
    means: int
    reference: str

    def __str__(self):
        return _("costs $%(costs)s, means $%(means)s") % {
            "costs": f"{self.costs:,}",
            "means": f"{self.means:,}",
        }

    @property
    def is_short(self):
        """Whether the means do not cover the costs."""
        return self.means < self.costs

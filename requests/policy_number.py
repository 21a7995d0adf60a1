"""The numbers of a policy: what the office may set for a request type, and how people read them."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

YES_OR_NO = _("yes or no")


@dataclass(frozen=True)
class Policy:
    """A number the office may set within the bounds of the law; its label speaks to students."""

    label: Any
    default: int
    legal_min: int
    legal_max: int
    unit: Any
    citation: str = ""
    # Whether guides tell it: what steers only the office's own work concerns no visitor.
    is_public: bool = True

    def in_words(self, value):
        """Return a value of this number as people read it."""
        if self.unit is YES_OR_NO:
            return _("Yes") if value else _("No")
        return f"{number_format(value, force_grouping=True)} {self.unit}"

    def refusal(self):
        """Return the sentence that refuses a value outside the bounds."""
        if self.unit is YES_OR_NO:
            return _("Enter 1 for yes or 0 for no.")
        return _("The law allows %(min)d to %(max)d %(unit)s here (%(citation)s).") % {
            "min": self.legal_min,
            "max": self.legal_max,
            "unit": self.unit,
            "citation": self.citation,
        }


def yes_or_no(label, default, citation):
    """Return a policy number that is a decision: kept as 1 or 0, told as Yes or No."""
    return Policy(label, int(default), 0, 1, YES_OR_NO, citation)

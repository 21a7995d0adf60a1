"""Costs and means as a form shows them, line by line: shared by all requests that ask for both."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Money, dollars, money, text
from ..request_form import RequestForm

COSTS = ("tuition", "living", "dependents_cost", "other_cost")
MEANS = (
    *("personal", "school", "on_campus", "sponsor", "us_government", "own_government"),
    *("international_organization", "other"),
)
# Lines that SEVIS knows only for one of the two visa classes.
ONLY_F1 = ("school", "on_campus")
ONLY_J1 = ("sponsor", "us_government", "own_government", "international_organization")


class MoneyLines(RequestForm):
    """What the time costs and who pays; the money covers the costs, or the gap is named."""

    cost_lines: ClassVar[tuple[str, ...]] = COSTS
    means_lines: ClassVar[tuple[str, ...]] = MEANS
    only_f1: ClassVar[tuple[str, ...]] = ONLY_F1
    only_j1: ClassVar[tuple[str, ...]] = ONLY_J1

    tuition = money(_("Tuition and fees"))
    living = money(_("Living expenses"))
    dependents_cost = money(_("Expenses of your dependents"))
    other_cost = money(_("Other costs"), required=False)
    personal = money(_("Your own and your family’s money"), required=False)
    school = money(_("Money from this university"), required=False)
    on_campus = money(_("On-campus employment"), required=False)
    sponsor = money(_("Money from your program sponsor"), required=False)
    us_government = money(_("US government"), required=False)
    own_government = money(_("Your home government"), required=False)
    international_organization = money(_("International organization"), required=False)
    other = money(_("Another source"), required=False)
    other_remark = text(_("Which other source?"), 120, required=False)

    def set_limits(self, situation):
        """Ask only for the lines of this person's visa class and family."""
        facts = situation.facts
        unasked = self.only_f1 if facts.visa_class == "J-1" else self.only_j1
        for name in (*unasked, *(() if facts.dependents else ("dependents_cost",))):
            del self.fields[name]

    def clean(self):
        """The money covers the costs: 8 CFR 214.2(f)(1)(i)(B)."""
        cleaned = super().clean()
        if cleaned.get("other") and not cleaned.get("other_remark"):
            self.add_error("other_remark", _("Name the other source."))
        if any(name in self.errors for name in (*self.cost_lines, *self.means_lines)):
            return cleaned
        cost, means = total(cleaned, self.cost_lines), total(cleaned, self.means_lines)
        if means < cost:
            self.add_error(
                "personal",
                _(
                    "Your costs come to %(cost)s and your money to %(means)s: %(gap)s are missing. "
                    "Add a source or correct an amount."
                )
                % {"cost": dollars(cost), "means": dollars(means), "gap": dollars(cost - means)},
            )
        return cleaned


def total(cleaned, names):
    """Add up lines of money; an empty one is nothing."""
    return sum(cleaned.get(name) or 0 for name in names)


def typed_total(answers, names):
    """Add up the amounts typed so far; what cannot be read yet is nothing."""
    amounts = {}
    for name in names:
        try:
            amounts[name] = Money(required=False).clean(answers.get(name))
        except forms.ValidationError:
            continue
    return total(amounts, names)


def is_paid_by(*names):
    """Return a condition for slots: one of these sources is named with an amount."""

    def asked(answers):
        return typed_total(answers, names) > 0

    return asked

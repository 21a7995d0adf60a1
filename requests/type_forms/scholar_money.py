"""Who pays for a scholar's stay, and for which days: whole US dollars for all of it."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, dollars, money, text
from ..policy_number import Policy
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.sponsoring import money_needed
from ..rules.windows import Window
from .money_lines import total, typed_total
from .scholar_appointment import COURTESY, EMPLOYEE

CITATION = "22 CFR 62.10(a)"
# The policy numbers of every request that asks for a scholar's money (rules/sponsoring.py).
LEAST_MONEY = {
    "money_per_month": Policy(
        _("Least money a month for scholars without a salary from us"),
        *(1500, 0, 20_000),
        _("US dollars"),
        _("Office practice"),
    ),
    "dependent_per_year": Policy(
        _("More money a year for each dependent"),
        *(4000, 0, 20_000),
        _("US dollars"),
        _("Office practice"),
    ),
}
BEGINS, ENDS = _("The stay begins on that day."), _("The stay ends on that day.")
# Each source of these answers, and the line of a funding statement in which the record keeps it.
SOURCES = {
    "salary": "sponsor",
    "department_money": "sponsor",
    "home_employer_money": "other",
    "home_government_money": "own_government",
    "us_government_money": "us_government",
    "organization_money": "international_organization",
    "own_money": "personal",
    "other_money": "other",
}


def stay_in(situation):
    """Return the first and the last day of the stay as typed; None for what is not known yet."""
    return day_in(situation.answers, "stay_begins"), day_in(situation.answers, "stay_ends")


def covers_from(days, why, citation):
    """Return the window of a first day: something is there when ``days`` begin."""

    def window(situation):
        begins, _ends = days(situation)
        return begins and Window(None, begins, why_last=why, citation=citation)

    return window


def covers_until(days, why, citation):
    """Return the window of a last day: something lasts until ``days`` end."""

    def window(situation):
        _begins, ends = days(situation)
        return ends and Window(ends, None, why, citation=citation)

    return window


def dependents_in(answers):
    """Return how many dependents come along, by these answers."""
    number = str(answers.get("dependents_number") or "")
    comes = answers.get("dependents_come") == "yes"
    return int(number) if comes and number.isascii() and number.isdigit() else 0


def needed_for(days, dependents, situation):
    """Return the least money for a stay; None for an employee, and where days are not known."""
    begins, ends = days
    if situation.answers.get("hired_as") != COURTESY or not (begins and ends and begins <= ends):
        return None
    return money_needed(begins, ends, dependents, situation.policy)


class ScholarMoneyForm(RequestForm):
    """The sources of money, for the whole stay."""

    windows: ClassVar = {
        "money_from": covers_from(stay_in, BEGINS, CITATION),
        "money_until": covers_until(stay_in, ENDS, CITATION),
    }

    salary = money(_("Salary from this university"), required=False)
    department_money = money(_("Other money of this university"), required=False)
    home_employer_money = money(_("Employer or university at home"), required=False)
    home_government_money = money(_("Government of the home country"), required=False)
    us_government_money = money(
        _("US government"),
        required=False,
        help_text=_("Money given for this exchange, such as Fulbright; not a research grant."),
    )
    organization_money = money(_("International organization"), required=False)
    own_money = money(_("The scholar’s own money"), required=False)
    other_money = money(_("Another source"), required=False)
    other_source = text(_("Which other source?"), 120, required=False)
    money_from = Date(label=_("First day the money is for"))
    money_until = Date(label=_("Last day the money is for"))

    def needed(self):
        """Return the least money for the stay, or None."""
        situation = self.situation
        return needed_for(stay_in(situation), dependents_in(situation.answers), situation)

    def clean(self):
        """Whoever comes can live here: an employee has a salary, others the office’s least."""
        cleaned = super().clean()
        if cleaned.get("other_money") and not cleaned.get("other_source"):
            self.add_error("other_source", _("Name the other source."))
        if any(name in self.errors for name in SOURCES):
            return cleaned
        if self.situation.answers.get("hired_as") == EMPLOYEE and not cleaned.get("salary"):
            self.add_error("salary", _("An employee has a salary. Enter it."))
        needed, there = self.needed(), total(cleaned, SOURCES)
        if needed is not None and there < needed:
            self.add_error(
                "own_money",
                _(
                    "The stay needs %(needed)s at least, and the money comes to %(there)s: "
                    "%(gap)s are missing. Add a source or correct an amount."
                )
                % {
                    "needed": dollars(needed),
                    "there": dollars(there),
                    "gap": dollars(needed - there),
                },
            )
        elif not there and "salary" not in self.errors:
            self.add_error("own_money", _("Enter at least one source of money."))
        return cleaned


def funding_of(cleaned):
    """Return the lines of a funding statement, each source in the line SEVIS has for it."""
    lines = dict.fromkeys(SOURCES.values(), 0)
    for name, line in SOURCES.items():
        lines[line] += cleaned.get(name) or 0
    return lines


def typed_money(answers):
    """Add up the sources as typed so far."""
    return typed_total(answers, SOURCES)

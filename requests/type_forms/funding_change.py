"""The pages of a change of funding: for which months, what they cost, and who pays."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.sponsors import INTERNATIONAL_ORGANIZATIONS, OTHER, US_AGENCIES

from ..form_fields import Date, choice, long_text, money, text, yes_no
from ..request_form import RequestForm
from ..rules.dates import add_months
from ..rules.windows import Window
from .money_lines import COSTS, MEANS, ONLY_F1, ONLY_J1, MoneyLines

CITATION = "8 CFR 214.2(f)(1)(i)(B); 22 CFR 62.10(a)"
# SEVIS takes two of each (domain/requests.md §18), besides a binational commission.
SECOND = ("us_government_2", "international_organization_2")
# Each line that is paid by somebody SEVIS wants a name of, and the field that names it.
NAMED_BY = {
    "school": "school_remark",
    "other_cost": "other_cost_remark",
    "us_government": "us_agency",
    "us_government_2": "us_agency_2",
    "international_organization": "organization",
    "international_organization_2": "organization_2",
}
SPONSORS = ("us_agency", "us_agency_2", "organization", "organization_2")


def covered_window(situation):
    """A form shows one year of money: one that runs, or the next."""
    ends, last = situation.facts.program_end, add_months(situation.today, 12)
    return Window(
        add_months(situation.today, -12),
        min(last, ends) if ends else last,
        _("A form shows the year that runs or the next one."),
        citation=CITATION,
    )


def statement_window(situation):
    """An old bank statement proves nothing about today."""
    months = situation.policy["statement_months"]
    return Window(
        add_months(situation.today, -months),
        situation.today,
        _("A statement counts for %(months)d months.") % {"months": months},
        citation=_("Office practice"),
    )


class PeriodForm(RequestForm):
    """What has changed, and for which months."""

    windows: ClassVar = {"covers_from": covered_window}

    change = choice(
        _("What has changed?"),
        [
            ("gained", _("I have a new assistantship, scholarship or sponsor")),
            ("lost", _("I have lost money")),
            ("costs", _("My costs have changed")),
            ("visa", _("I need current numbers for a visa interview")),
            ("other", _("Something else")),
        ],
    )
    explanation = long_text(_("Explain it in a sentence or two"), 500, required=False)
    months = forms.ChoiceField(
        label=_("For how many months?"),
        choices=[("", "—"), *((f"{each:02d}", str(each)) for each in range(1, 13))],
        help_text=_("As on your form: the months of study in one year, 9 or 12 for most."),
    )
    covers_from = Date(label=_("First day of these months"))


class SourcesForm(MoneyLines):
    """Every cost and every source, with the name of whoever pays."""

    windows: ClassVar = {"statement_on": statement_window}
    means_lines: ClassVar = (*MEANS, *SECOND, "binational_commission")
    only_f1: ClassVar = (*ONLY_F1, "school_remark")
    only_j1: ClassVar = (
        *(*ONLY_J1, *SECOND, "binational_commission", "received_us_funds"),
        *(*SPONSORS, *(f"{each}_name" for each in SPONSORS)),
    )
    field_order: ClassVar = (
        *("tuition", "living", "dependents_cost", "other_cost", "other_cost_remark"),
        *("personal", "statement_on", "school", "school_remark", "on_campus", "sponsor"),
        *("us_government", "us_agency", "us_agency_name"),
        *("us_government_2", "us_agency_2", "us_agency_2_name"),
        *("international_organization", "organization", "organization_name"),
        *("international_organization_2", "organization_2", "organization_2_name"),
        *("own_government", "binational_commission", "other", "other_remark"),
    )

    other_cost_remark = text(_("Which other costs?"), 120, required=False)
    statement_on = Date(label=_("Date of your newest bank statement"), required=False)
    school_remark = text(
        _("Which money from this university?"),
        120,
        required=False,
        help_text=_("For example: teaching assistantship, Chemistry."),
    )
    us_agency = forms.ChoiceField(
        label=_("Which agency?"), choices=[("", "—"), *US_AGENCIES], required=False
    )
    us_agency_name = text(_("Its name"), 58, required=False)
    us_government_2 = money(_("A second US agency"), required=False)
    us_agency_2 = forms.ChoiceField(
        label=_("Which second agency?"), choices=[("", "—"), *US_AGENCIES], required=False
    )
    us_agency_2_name = text(_("Its name"), 58, required=False)
    organization = forms.ChoiceField(
        label=_("Which organization?"),
        choices=[("", "—"), *INTERNATIONAL_ORGANIZATIONS],
        required=False,
    )
    organization_name = text(_("Its name"), 58, required=False)
    international_organization_2 = money(_("A second international organization"), required=False)
    organization_2 = forms.ChoiceField(
        label=_("Which second organization?"),
        choices=[("", "—"), *INTERNATIONAL_ORGANIZATIONS],
        required=False,
    )
    organization_2_name = text(_("Its name"), 58, required=False)
    binational_commission = money(
        _("Binational commission, such as Fulbright at home"), required=False
    )
    received_us_funds = yes_no(
        _("Does any of this money come from the US government, also through somebody else?")
    )

    def set_limits(self, situation):
        """Ask for a name only where a sponsor is on no list of SEVIS."""
        super().set_limits(situation)
        for name in SPONSORS:
            if name in self.fields:
                attrs = self.fields[f"{name}_name"].widget.attrs
                attrs["data-show-if"] = f"{name}={OTHER}"

    def clean(self):
        """SEVIS wants a name for each of these lines, and the office the day of the statement."""
        cleaned = super().clean()
        for line, name in NAMED_BY.items():
            if cleaned.get(line) and name in self.fields and not cleaned.get(name):
                self._ask(name)
        for name in SPONSORS:
            if cleaned.get(name) == OTHER and not cleaned.get(f"{name}_name"):
                self._ask(f"{name}_name")
        if cleaned.get("personal") and not cleaned.get("statement_on"):
            self._ask("statement_on")
        if cleaned.get("us_government") and cleaned.get("received_us_funds") == "no":
            self.add_error(
                "received_us_funds",
                _("You named money of the US government above. Choose “Yes” or correct it."),
            )
        return cleaned

    def _ask(self, name):
        if name not in self.errors:
            self.add_error(name, _("Answer this question."))


ALL_COSTS, ALL_MEANS = COSTS, SourcesForm.means_lines

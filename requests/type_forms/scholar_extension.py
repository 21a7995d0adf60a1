"""The pages of a scholar's extension: the new end, the work, the money and the insurance for it."""

from datetime import timedelta
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.extending import new_end_window
from ..rules.scholar_insurance import CITATION as INSURANCE_CITATION
from .scholar_appointment import COURTESY, EMPLOYEE, HIRED_AS, AccessForm
from .scholar_insurance import InsuranceForm
from .scholar_money import (
    CITATION,
    ENDS,
    ScholarMoneyForm,
    covers_from,
    covers_until,
    needed_for,
)

GOES_ON = _("The extension begins on that day.")


def extension_in(situation):
    """Return the first and the last day of the extension; None for what is not known."""
    ends = situation.facts.program_end
    return ends and ends + timedelta(days=1), day_in(situation.answers, "new_end")


def new_end_days(situation):
    """After the present end, within the maximum."""
    return new_end_window(situation.facts)


class ExtensionForm(RequestForm):
    """Until when, why, and that it stays the same exchange."""

    windows: ClassVar = {"new_end": new_end_days}

    new_end = Date(label=_("New last day of the stay"))
    reason = long_text(
        _("Why does the stay go on?"), 500, help_text=_("At most 500 characters, for SEVIS.")
    )
    position_title = text(_("Title of the position"), 120)
    hired_as = choice(_("What is the scholar to the university?"), HIRED_AS)
    same_purpose = yes_no(_("Does the scholar stay in the same category and for the same purpose?"))
    tenure_track = yes_no(_("Is it a tenure-track position, or can it become one?"))
    waiver = yes_no(
        _("Has the Department of State recommended a waiver of the home residence rule?"),
        help_text=_("Section 212(e). Ask the scholar."),
    )

    @classmethod
    def prefill(cls, facts):
        """Show the appointment on record."""
        known = facts.appointment
        if known is None:
            return {}
        return {
            "position_title": known.position,
            "hired_as": EMPLOYEE if known.is_employee else COURTESY,
        }

    def clean_same_purpose(self):
        """An extension continues the same exchange: 22 CFR 62.43; 62.41 for another category."""
        if self.cleaned_data["same_purpose"] == "no":
            raise forms.ValidationError(
                _(
                    "An extension continues the same exchange. Only the Department of State "
                    "changes a category (22 CFR 62.41). Speak with our office."
                )
            )
        return self.cleaned_data["same_purpose"]

    def clean_tenure_track(self):
        """No exchange visitor is in a tenure-track position: 22 CFR 62.20(d)(1)."""
        if self.cleaned_data["tenure_track"] == "yes":
            raise forms.ValidationError(
                _("The law allows no tenure-track position in J-1 status. Speak with our office.")
            )
        return self.cleaned_data["tenure_track"]

    def clean_waiver(self):
        """After a favorable recommendation nothing is extended: 22 CFR 41.63."""
        if self.cleaned_data["waiver"] == "yes":
            raise forms.ValidationError(
                _("Then no extension is possible any more. Speak with our office.")
            )
        return self.cleaned_data["waiver"]


class ExtensionWorkForm(AccessForm):
    """The work of the extra time, which Research Compliance checks again."""


class ExtensionMoneyForm(ScholarMoneyForm):
    """The money of the extra time."""

    windows: ClassVar = {
        "money_from": covers_from(extension_in, GOES_ON, CITATION),
        "money_until": covers_until(extension_in, ENDS, CITATION),
    }

    def needed(self):
        """Count the extra time, and the family on record."""
        situation = self.situation
        return needed_for(extension_in(situation), len(situation.facts.dependents), situation)


class ExtensionInsuranceForm(InsuranceForm):
    """The insurance of the extra time."""

    windows: ClassVar = {
        "insurance_from": covers_from(extension_in, GOES_ON, INSURANCE_CITATION),
        "insurance_until": covers_until(extension_in, ENDS, INSURANCE_CITATION),
    }

"""The pages of a return: when, to which term and program, and with what money."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.next_program import end_window
from ..rules.returning import entry_objection, return_window
from .money_lines import MoneyLines


def comes_back(situation):
    """When the person may come back."""
    return return_window(situation.facts, situation.today, situation.policy)


def program_ends(situation):
    """When the program may end, once its first day is known."""
    starts = day_in(situation.answers, "starts_on")
    return starts and end_window(starts)


class ReturnForm(RequestForm):
    """The way back, as the readmission letter says."""

    windows: ClassVar = {"returns_on": comes_back, "ends_on": program_ends}

    same_program = yes_no(_("Do you go on with the program you left?"))
    is_abroad = yes_no(_("Are you outside the United States now?"))
    return_term = text(_("Term in which you study here again"), 60)
    starts_on = Date(label=_("First day of that term"))
    returns_on = Date(label=_("Day you come back to the United States"))
    ends_on = Date(
        label=_("Day on which you will complete the program"),
        help_text=_("As your academic/program advisor plans it now."),
    )
    remarks = long_text(_("What else should we know?"), 500, required=False)

    def clean_same_program(self):
        """Another program is an admission of its own."""
        if self.cleaned_data["same_program"] == "no":
            raise forms.ValidationError(
                _("Another program needs a new admission. Ask the admissions office first.")
            )
        return self.cleaned_data["same_program"]

    def clean_is_abroad(self):
        """Who never left has not ended the stay, and needs advice today, not a form."""
        if self.cleaned_data["is_abroad"] == "no":
            raise forms.ValidationError(
                _("Your record has ended and you are still here. Speak with our office today.")
            )
        return self.cleaned_data["is_abroad"]

    def clean(self):
        """One comes back before the term, with a new form at most 30 days before it."""
        cleaned = super().clean()
        returns, starts = cleaned.get("returns_on"), cleaned.get("starts_on")
        if returns and starts and "returns_on" not in self.errors:
            objection = entry_objection(self.situation.facts, returns, starts)
            if objection:
                self.add_error("returns_on", objection)
        return cleaned


class ReturnMoneyForm(MoneyLines):
    """What the first year after the return costs, and who pays."""

"""The pages of a change of level: the new program, its dates, English, and the first year."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import EducationLevel

from ..form_fields import Date, choice, cip, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.next_program import MATRICULATION, end_window, start_window
from .money_lines import MoneyLines

LEVELS = [
    (level.value, level.label)
    for level in (
        EducationLevel.LANGUAGE,
        EducationLevel.ASSOCIATE,
        EducationLevel.BACHELOR,
        EducationLevel.MASTER,
        EducationLevel.DOCTORATE,
        EducationLevel.OTHER,
    )
]
MET, NOT_REQUIRED = "met", "not_required"


def new_start_window(situation):
    """When the new program may begin."""
    return start_window(situation.facts, situation.today, situation.policy)


def new_end_window(situation):
    """When the new program may end, once its first day is known."""
    start = day_in(situation.answers, "new_start")
    return start and end_window(start)


class ProgramForm(RequestForm):
    """What is studied next, as the admission letter says."""

    approver_sees = ("new_level", "new_degree", "new_major", "new_department")

    new_level = choice(_("Level of the new program"), LEVELS)
    new_degree = text(_("Degree"), 120, help_text=_("For example Doctor of Philosophy."))
    new_major = text(_("Major"), 120, help_text=_("As on the admission letter."))
    new_cip = cip(
        _("CIP code of the major"), help_text=_("The department that admits you knows it.")
    )
    new_department = text(_("Department"), 120)
    english = choice(
        _("Does the new program ask for English?"),
        [
            (MET, _("Yes, and I have shown it")),
            (NOT_REQUIRED, _("No")),
        ],
    )
    english_reason = long_text(_("Why does it not?"), 250, required=False)
    same_objective = yes_no(
        _("Does the new degree keep the purpose of your exchange?"),
        help_text=_("Item 4 of your DS-2019 names it."),
    )
    dependents_stay = yes_no(_("Do your dependents stay with you for the new program?"))

    def set_limits(self, situation):
        """Ask about the family only where there is one, and J-1 about its purpose and degrees."""
        if situation.facts.visa_class == "J-1":
            field = self.fields["new_level"]
            field.choices = [each for each in field.choices if each[0] in MATRICULATION]
        else:
            del self.fields["same_objective"]
        if not situation.facts.dependents:
            del self.fields["dependents_stay"]
        self.fields["english_reason"].widget.attrs["data-show-if"] = f"english={NOT_REQUIRED}"

    def clean_same_objective(self):
        """A J-1 program keeps the objective for which it was approved: 22 CFR 62.23."""
        if self.cleaned_data["same_objective"] == "no":
            raise forms.ValidationError(
                _(
                    "A J-1 program keeps the purpose for which you came. Speak with our office "
                    "about other ways."
                )
            )
        return self.cleaned_data["same_objective"]

    def clean(self):
        """SEVIS wants a reason where no English is required."""
        cleaned = super().clean()
        if cleaned.get("english") == NOT_REQUIRED and not cleaned.get("english_reason"):
            if "english_reason" not in self.errors:
                self.add_error(
                    "english_reason", _("Write why, such as a course in another language.")
                )
        elif cleaned.get("english") == MET:
            cleaned["english_reason"] = ""
        return cleaned


class DatesForm(RequestForm):
    """First and last day of the new program, and what ends with the old one."""

    approver_sees = ("new_start", "new_end")
    windows = {"new_start": new_start_window, "new_end": new_end_window}

    new_start = Date(label=_("First day of the new program"))
    new_end = Date(label=_("Last day of the new program"))
    deposit_paid = yes_no(_("Have you accepted the offer and paid the deposit, if there is one?"))
    training_ends = yes_no(
        _("Do you accept that OPT ends when the new program begins?"),
        help_text=_("This holds for its STEM extension, too."),
    )

    def set_limits(self, situation):
        """Only who has practical training that goes on is asked about its end."""
        facts, today = situation.facts, situation.today
        kinds = ("OPT", "STEM")
        if not any(work.end >= today for kind in kinds for work in facts.approved(kind)):
            del self.fields["training_ends"]

    def clean_deposit_paid(self):
        """The place is sure before the record moves."""
        if self.cleaned_data["deposit_paid"] == "no":
            raise forms.ValidationError(_("Accept the offer first; then send this request."))
        return self.cleaned_data["deposit_paid"]

    def clean_training_ends(self):
        """A new level ends the training of the one before: 8 CFR 214.2(f)(10)(ii)(B)."""
        if self.cleaned_data["training_ends"] == "no":
            raise forms.ValidationError(
                _("OPT always ends with the new program. Choose a later start, or wait.")
            )
        return self.cleaned_data["training_ends"]


class FirstYearForm(MoneyLines):
    """What the first year costs, and who pays."""

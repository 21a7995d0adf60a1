"""The first tab of an invited scholar: is the department's word right, and where are you now."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import choice, long_text, text, yes_no
from ..rules.admission import ABROAD, CHANGE, IS_HERE, TRANSFER
from ..rules.scholar_arrival import GIVEN
from .asked_when import AskedWhenForm
from .dependent_add import I94_NUMBER

SITUATIONS = [
    (ABROAD, _("I live outside the United States")),
    (TRANSFER, _("I am a J-1 scholar at another sponsor in the United States")),
    (CHANGE, _("I am in the United States in another status")),
]
PAPERS = [
    ("degree_proof", _("Proof of your highest degree")),
    ("funds_proof", _("Proof of the money")),
    ("english_proof", _("Proof of English")),
    ("insurance_proof", _("Proof of insurance")),
]


class VisitForm(AskedWhenForm):
    """What the office knows of the visit is shown beside; the scholar says whether it is right."""

    asked_when: ClassVar = {
        "what_is_wrong": ("is_right", ("no",)),
        "current_sponsor": ("situation", (TRANSFER,)),
        "present_status": ("situation", (CHANGE,)),
        "i94_number": ("situation", IS_HERE),
    }

    is_right = yes_no(
        _("Is what your department told us right?"),
        help_text=_("Category, dates, host and place stand beside these questions."),
    )
    what_is_wrong = long_text(
        _("What is wrong?"), 500, help_text=_("We speak with your department before we go on.")
    )
    situation = choice(_("Where are you now?"), SITUATIONS)
    current_sponsor = text(_("Name of that sponsor"), 120)
    present_status = text(
        _("Your present status"), 20, help_text=_("The class on your I-94, such as H-4 or B-2.")
    )
    i94_number = forms.CharField(
        label=_("I-94 number"),
        max_length=11,
        validators=[I94_NUMBER],
        help_text=_("11 characters, from the CBP I-94 website."),
    )
    department_gave = forms.MultipleChoiceField(
        label=_("Your department has sent us"),
        choices=PAPERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You need not upload these."),
    )

    def set_limits(self, situation):
        """Show what the department has sent; nobody changes it here."""
        super().set_limits(situation)
        given = set(situation.answers.get(GIVEN) or ())
        if not given:
            del self.fields[GIVEN]
            return
        self.fields[GIVEN].disabled = True
        self.fields[GIVEN].choices = [each for each in PAPERS if each[0] in given]

    def clean_situation(self):
        """The SEVIS ID of a transfer is what the department knows: 22 CFR 62.42."""
        if self.cleaned_data["situation"] == TRANSFER and not self.situation.facts.sevis_id:
            raise forms.ValidationError(
                _(
                    "Your department did not ask for a transfer, and we have no SEVIS ID of you. "
                    "Write to us before you go on."
                )
            )
        return self.cleaned_data["situation"]

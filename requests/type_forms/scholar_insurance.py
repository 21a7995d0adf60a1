"""What a scholar's health insurance pays: asked of whoever buys it, with the law's numbers."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, money, text
from ..rules.scholar_insurance import BACKED_BY, CITATION, insurance_objections
from .asked_when import AskedWhenForm
from .scholar_money import BEGINS, ENDS, covers_from, covers_until, stay_in

BY_SCHOLAR = "scholar"
BUYERS = [
    ("employee", _("The university: the scholar joins the plan for employees")),
    ("department", _("The department buys a plan")),
    (BY_SCHOLAR, _("The scholar buys a plan")),
]
KNOWN = tuple(key for key, _label in BUYERS if key != BY_SCHOLAR)


class PlanForm(AskedWhenForm):
    """A plan by its numbers, each held against 22 CFR 62.14; pages put their questions before."""

    insurance_plan = text(_("Name of the plan"), 120)
    insurance_from = Date(label=_("Insured from"))
    insurance_until = Date(label=_("Insured until"))
    insurance_medical = money(_("It pays for each accident or illness"))
    insurance_repatriation = money(_("It pays for repatriation of remains"))
    insurance_evacuation = money(_("It pays for medical evacuation"))
    insurance_deductible = money(_("Deductible for each accident or illness"))
    insurance_coinsurance = forms.IntegerField(
        label=_("Percent of a bill that the insured person pays"), min_value=0, max_value=100
    )
    insurance_backed_by = choice(_("Who stands behind the plan?"), BACKED_BY)

    def clean(self):
        """Say beside each number what the law wants."""
        cleaned = super().clean()
        asked = {name: value for name, value in cleaned.items() if name not in self.unasked}
        for name, sentence in insurance_objections(asked).items():
            self.add_error(name, sentence)
        return cleaned


PLAN = tuple(PlanForm.base_fields)


class InsuranceForm(PlanForm):
    """Who buys the insurance; a plan that is known already shows its numbers."""

    asked_when: ClassVar = dict.fromkeys(PLAN, ("insurance_by", KNOWN))
    # Insurance lasts as long as the stay: 22 CFR 62.14(b).
    windows: ClassVar = {
        "insurance_from": covers_from(stay_in, BEGINS, CITATION),
        "insurance_until": covers_until(stay_in, ENDS, CITATION),
    }
    field_order: ClassVar = ("insurance_by",)

    insurance_by = choice(
        _("Who sees to health insurance?"),
        BUYERS,
        help_text=_(
            "J-1 scholars and their families are insured for every day of the stay: 22 CFR 62.14. "
            "What is not known yet, the scholar shows later."
        ),
    )

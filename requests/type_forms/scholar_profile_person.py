"""The tabs of an invited scholar about the person and the family: a student's, but for a few."""

from dataclasses import replace
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import ExchangeCategory, VisaClass

from ..rules.windows import in_words
from .first_form_biographical import BiographicalForm
from .first_form_dependents import DependentsForm

AS_VISITOR = {"visa_class": VisaClass.J1.value}


def as_visitor(situation):
    """Return what the forms of students may know of somebody who comes in J-1 status anyway."""
    return replace(situation, answers=situation.answers | AS_VISITOR)


class ScholarBiographicalForm(BiographicalForm):
    """Who the scholar is; the code of the position is the office's, and stays are in J status."""

    # The department names the degree and the work, and the office finds the code.
    not_of_scholars: ClassVar = (
        *("position_code", "been_before", "earlier_stays", "earlier_sevis_id"),
    )

    def set_limits(self, situation):
        """Leave out what students are asked, and name the stays the record knows."""
        super().set_limits(as_visitor(situation))
        for name in self.not_of_scholars:
            self.fields.pop(name, None)
        if stays := situation.facts.exchange_stays:
            self.fields["exchange_before"].help_text = _(
                "Your department told us of: %(stays)s. Write every stay, these and others."
            ) % {"stays": "; ".join(_stay_in_words(each) for each in stays)}


def _stay_in_words(stay):
    known = dict(ExchangeCategory.choices)
    days = f"{in_words(stay.start)} – {in_words(stay.end)}"
    return f"{stay.visa_class}, {known.get(stay.category, _('another category'))}, {days}"


class ScholarDependentsForm(DependentsForm):
    """Who comes along in J-2 status; each of them is insured like the scholar: 22 CFR 62.14."""

    family_insured = forms.BooleanField(
        label=_("Each of them will have health insurance for every day, as the law wants it"),
        help_text=_("The same minimums as for you: 22 CFR 62.14."),
    )

    def set_limits(self, situation):
        """Insurance is a question where somebody comes along."""
        super().set_limits(as_visitor(situation))
        if not self.each.count(situation.answers):
            del self.fields["family_insured"]

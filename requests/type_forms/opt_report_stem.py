"""The two kinds of reports that STEM OPT asks for by the calendar."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text, yes_no
from ..request_form import RequestForm
from ..rules.opt_reporting import STEM, training_of
from ..rules.stem_reports import evaluation_days
from .opt_report import EVALUATION, VALIDATION, OnlyFor, stem_reports_in, window_for

# What the student confirms: 8 CFR 214.2(f)(12)(ii).
CONFIRMED = ("name_is_right", "address_is_right", "employer_is_right", "still_employed")


def days_of_evaluation(situation):
    """Return on which days the evaluation may have been signed."""
    stem = training_of(situation.facts, STEM)
    return stem and evaluation_days(stem.start, situation.today)


class MonthsField(forms.ChoiceField):
    """One of the reports owed; one that has been noted since is still read."""

    def offer(self, reports, today):
        """Offer these, each with its day."""
        self.choices = [
            ("", "—"),
            *((str(each.months), f"{each.label}: {each.words(today)}") for each in reports),
        ]


class ValidationForm(OnlyFor, RequestForm):
    """The report after 6, 12, 18 or 24 months: what is on the record is still true."""

    reports = (VALIDATION,)

    months = MonthsField(label=_("Which report?"))
    name_is_right = yes_no(_("Is your legal name in the portal right?"))
    address_is_right = yes_no(_("Is your address in the portal right?"))
    employer_is_right = yes_no(_("Are your employer’s name and address in the portal right?"))
    still_employed = yes_no(_("Do you still work there as in your training plan?"))
    differences = long_text(
        _("What is different?"),
        1000,
        required=False,
        help_text=_("Needed where you answered No. Send a report about the change, too."),
    )

    def set_limits(self, situation):
        """Offer what is owed and not yet sent."""
        super().set_limits(situation)
        if self.fields:
            owed = [each for each in stem_reports_in(situation) if each.opens_on <= situation.today]
            self.fields["months"].offer(owed, situation.today)

    def clean_months(self):
        """A report is sent once."""
        months = self.cleaned_data["months"]
        done = {str(each.months) for each in stem_reports_in(self.situation) if each.done_on}
        if months in done:
            raise forms.ValidationError(_("This report is with us already. Choose another one."))
        return months

    def clean(self):
        """A No is explained."""
        cleaned = super().clean()
        says_no = any(cleaned.get(name) == "no" for name in CONFIRMED)
        if says_no and not cleaned.get("differences"):
            self.add_error("differences", _("Write what is different, and since when."))
        return cleaned


class EvaluationForm(OnlyFor, RequestForm):
    """The self-evaluation of Form I-983, which the employer signs as well."""

    reports = (EVALUATION,)
    windows: ClassVar = {"evaluated_on": window_for(reports, days_of_evaluation)}

    evaluation = choice(
        _("Which evaluation is it?"),
        [
            ("12", _("The one after 12 months")),
            ("24", _("The final one, at the end or when I leave the employer")),
        ],
    )
    evaluated_on = Date(label=_("Day on which both signed it"))

"""The pages of a program extension: the new date, the reason, the studies left and the money."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.dates import add_months
from ..rules.exchange import stay_without_degree_ends
from ..rules.windows import Window, in_words
from .money_lines import MoneyLines
from .questionnaire import Questionnaire

CITATION = "8 CFR 214.2(f)(7)(iii)"
EXCHANGE_CITATION = "22 CFR 62.43"
INSURANCE_CITATION = "22 CFR 62.14"
MEDICAL = "illness"
COMPELLING = [
    ("major", _("I changed my major or my research topic")),
    ("research", _("Unexpected research problems")),
    ("courses", _("Required courses were not offered in time")),
    ("credits", _("Credits were lost in a transfer or a change of program")),
    (MEDICAL, _("Illness, documented by a medical letter")),
    ("academic", _("Another compelling academic reason")),
]
# What people ask for and the law does not give: each with what to do instead.
REFUSED = {
    "grades": (
        _("Extra courses to raise my grades, or out of interest"),
        _("Courses your degree does not require are no reason for an extension."),
    ),
    "optional": (
        _("Optional research"),
        _("Research your degree does not require is no reason for an extension."),
    ),
    "incompletes": (
        _("Finishing incomplete grades"),
        _("Incomplete grades alone are no reason. Ask your advisor what can be done by your date."),
    ),
    "retake": (
        _("Repeating a course my degree does not require"),
        _("Repeating a course your degree does not require is no reason for an extension."),
    ),
    "training": (
        _("More practical training or an internship"),
        _("Practical training is no reason. Ask for CPT, OPT or academic training by itself."),
    ),
    "minor": (
        _("Completing a minor"),
        _("A minor is no reason for an extension."),
    ),
}
REASONS = [*COMPELLING, *((key, label) for key, (label, _sentence) in REFUSED.items())]


def new_end_window(situation):
    """After the present end, and no longer than the office extends at once."""
    facts, policy = situation.facts, situation.policy
    ends = facts.program_end
    if ends is None:
        return None
    last = add_months(ends, policy["most_months"])
    why_last = _("We extend by %(months)d months at most at a time.") % {
        "months": policy["most_months"]
    }
    whole = stay_without_degree_ends(facts, policy)
    if whole and whole < last:
        last = whole
        why_last = _("Studies without a degree last %(months)d months at most.") % {
            "months": policy["non_degree_months"]
        }
    return Window(
        ends + timedelta(days=1),
        last,
        _("Your program ends on %(date)s now.") % {"date": in_words(ends)},
        why_last,
        EXCHANGE_CITATION if facts.visa_class == "J-1" else CITATION,
    )


def extra_months(program_end, new_end):
    """Return the months the money must cover: every month begun."""
    months = (new_end.year - program_end.year) * 12 + new_end.month - program_end.month
    return max(1, months + (add_months(program_end, months) < new_end))


class DateForm(RequestForm):
    """Until when, and why."""

    approver_sees = ("new_end_date", "reason", "explanation")
    windows = {"new_end_date": new_end_window}

    new_end_date = Date(label=_("New program end date"))
    reason = choice(_("Why do you need more time?"), REASONS)
    explanation = long_text(
        _("Explain what caused the delay"),
        500,
        help_text=_(
            "At most 500 characters. It goes into SEVIS, and your academic/program advisor reads "
            "it. Do not name an illness; the medical letter says enough."
        ),
    )
    probation = yes_no(_("Is the delay caused by academic probation or suspension?"))

    def clean_reason(self):
        """Tell at once why a reason does not count."""
        reason = self.cleaned_data["reason"]
        if reason in REFUSED:
            raise forms.ValidationError(REFUSED[reason][1])
        return reason

    def clean_probation(self):
        """Probation and suspension are no reason: 8 CFR 214.2(f)(7)(iii)."""
        if self.cleaned_data["probation"] == "yes":
            raise forms.ValidationError(
                _(
                    "The law allows no extension for a delay by probation or suspension. Speak "
                    "with our office now, before your program ends."
                )
            )
        return self.cleaned_data["probation"]


class StudiesForm(RequestForm):
    """What is left to do."""

    approver_sees = ("remaining_courses", "remaining_credits", "thesis_stage", "term_plan")

    remaining_courses = long_text(_("Requirements that are still open"), 500)
    remaining_credits = forms.IntegerField(
        label=_("Credits that are still open"), min_value=0, max_value=200
    )
    thesis_stage = choice(
        _("Where does your thesis stand?"),
        [
            ("none", _("My program has none")),
            ("planned", _("Not begun")),
            ("research", _("Research under way")),
            ("writing", _("Writing")),
            ("defense", _("Defense or last revision")),
        ],
    )
    term_plan = long_text(
        _("Your plan for each term until the new date"),
        500,
        help_text=_("For example: fall 2027, two courses and the last chapter."),
    )


def insurance_window(situation):
    """J-1 students are insured until the new end: 22 CFR 62.14."""
    until = day_in(situation.answers, "new_end_date")
    if situation.facts.visa_class != "J-1" or until is None:
        return None
    return Window(
        until,
        why_first=_("J-1 students need health insurance until the new end date."),
        citation=INSURANCE_CITATION,
    )


class FundingForm(MoneyLines):
    """What the extra time costs, and who pays."""

    windows = {"insurance_until": insurance_window}

    insurance_until = Date(label=_("Last day of your health insurance"))

    def set_limits(self, situation):
        """Ask J-1 students for insurance, and name the months that the money must cover."""
        super().set_limits(situation)
        facts = situation.facts
        if facts.visa_class != "J-1":
            del self.fields["insurance_until"]
        until = day_in(situation.answers, "new_end_date")
        if facts.program_end and until and until > facts.program_end:
            self.fields["tuition"].help_text = _(
                "For the extra time only: %(months)d months, until %(date)s."
            ) % {"months": extra_months(facts.program_end, until), "date": in_words(until)}

    @classmethod
    def prefill(cls, facts):
        """Show until when the record knows of insurance."""
        return {"insurance_until": facts.insurance_end} if facts.visa_class == "J-1" else {}


class ExtensionQuestionnaire(Questionnaire):
    """What the academic/program advisor attests: 8 CFR 214.2(f)(7)(iii)."""

    reason_confirmed = choice(
        _("What caused the delay?"), [*COMPELLING, ("none", _("None of these"))]
    )
    why_compelling = long_text(_("Why is this a compelling reason?"), 1000)
    probation_caused = yes_no(_("Is the delay caused by academic probation or suspension?"))
    progress_normal = yes_no(_("Does the student make normal progress toward the degree?"))
    completion_date = Date(label=_("When do you expect the student to finish the program?"))
    credits_left = forms.IntegerField(
        label=_("How many credits are still open?"), min_value=0, max_value=200
    )

    refusals = {
        ("reason_confirmed", "none"): _(
            "Only these reasons count. Return it to the student with a comment."
        ),
        ("probation_caused", "yes"): _(
            "The law allows no extension for this. Return it to the student with a comment."
        ),
        ("progress_normal", "no"): _(
            "An extension needs normal progress. Return it to the student with a comment."
        ),
    }

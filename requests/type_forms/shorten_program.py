"""The pages of an early completion: the new date with its reason, and what comes after."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.early_end import new_end_window, stay_after
from ..rules.windows import Window

STAY_CITATION = "8 CFR 214.2(f)(5)(iv)"
GRADUATES, THESIS, MISTAKE, ACTIVITY, WITHDRAWS = (
    *("graduates", "thesis", "mistake", "activity"),
    "withdraws",
)
REASONS = [
    (GRADUATES, _("I complete all requirements earlier")),
    (THESIS, _("My thesis is defended or handed in earlier")),
    (MISTAKE, _("The end date on my form is later than my last term")),
    (ACTIVITY, _("My research, teaching or exchange ends earlier")),
    (WITHDRAWS, _("I stop before I have finished")),
]
ONLY_J1 = (ACTIVITY,)
OPT, TRAINING, TRANSFER, LEVEL, LEAVE, OTHER = (
    *("opt", "training", "transfer", "level", "leave"),
    "other",
)
PLANS = [
    (OPT, _("Work in the United States with OPT")),
    (TRAINING, _("Academic training")),
    (TRANSFER, _("Study at another school")),
    (LEVEL, _("Begin another degree here")),
    (LEAVE, _("Leave the United States")),
    (OTHER, _("Something else, such as another status")),
]


def leaving_window(situation):
    """Until the last day of the stay that the new date leaves."""
    ends = day_in(situation.answers, "new_end_date")
    if ends is None:
        return None
    is_j1 = situation.facts.visa_class == "J-1"
    return Window(
        last=stay_after(
            situation.facts,
            ends,
            situation.policy,
            has_finished=situation.answers.get("reason") != WITHDRAWS,
        ),
        why_last=_("Your last days in the country count from the new end date."),
        citation="22 CFR 62; 8 CFR 214.2(j)(1)(ii)" if is_j1 else STAY_CITATION,
    )


class DateForm(RequestForm):
    """The day on which the program truly ends, and why it is earlier."""

    approver_sees = ("new_end_date", "reason")
    windows = {"new_end_date": new_end_window}

    new_end_date = Date(label=_("New program end date"))
    reason = choice(_("Why does your program end earlier?"), REASONS)
    explanation = long_text(
        _("Anything SEVIS should say about it"), 500, required=False, help_text=_("Optional.")
    )

    def set_limits(self, situation):
        """Offer the reasons of the own visa class."""
        facts = situation.facts
        unfit = () if facts.visa_class == "J-1" else ONLY_J1
        field = self.fields["reason"]
        field.choices = [each for each in REASONS if each[0] not in unfit]

    def clean_reason(self):
        """Who leaves F-1 studies unfinished withdraws: 8 CFR 214.2(f)(5)(iv)."""
        reason = self.cleaned_data["reason"]
        if reason == WITHDRAWS and self.situation.facts.visa_class != "J-1":
            raise forms.ValidationError(
                _(
                    "Stopping without a degree is a withdrawal and leaves you fewer days. Speak "
                    "with our office before you stop."
                )
            )
        return reason


class AfterForm(RequestForm):
    """What follows on the new date, since every plan has its own last day."""

    windows = {"leaves_on": leaving_window}

    plan = choice(_("What do you do after that date?"), PLANS)
    leaves_on = Date(label=_("Day on which you leave"), required=False)

    def set_limits(self, situation):
        """OPT is for F-1, academic training for J-1 students."""
        facts = situation.facts
        unfit = (OPT,) if facts.visa_class == "J-1" else (TRAINING,)
        field = self.fields["plan"]
        field.choices = [each for each in PLANS if each[0] not in unfit]
        self.fields["leaves_on"].widget.attrs["data-show-if"] = f"plan={LEAVE}"

    def clean(self):
        """Who leaves says when; of everybody else no day is kept."""
        cleaned = super().clean()
        if cleaned.get("plan") != LEAVE:
            self.errors.pop("leaves_on", None)
            cleaned["leaves_on"] = None
        elif not cleaned.get("leaves_on") and "leaves_on" not in self.errors:
            self.add_error("leaves_on", _("Enter the day on which you leave."))
        return cleaned

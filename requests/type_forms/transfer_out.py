"""The pages of a transfer out: the new school, the days, and what ends with the release."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import EducationLevel

from ..form_fields import Date, choice, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.leaving import CITATION, EXCHANGE_CITATION, new_start_last_day, release_window
from ..rules.scholars import is_scholar
from ..rules.windows import Window
from .approver import EMAIL

SCHOOL_CODE = RegexValidator(
    r"^[A-Z]{3}214F[0-9]{8}\Z",
    _("Enter the SEVIS school code, such as BOS214F12345000. The new school tells you."),
)
PROGRAM_NUMBER = RegexValidator(
    r"^(P-[1-4]|G-[1-7])-[0-9]{5}\Z", _("Enter the J-1 program number, such as P-1-12345.")
)


class SchoolCode(forms.CharField):
    """A SEVIS school code or J-1 program number, in capital letters and without spaces."""

    def to_python(self, value):
        """Take it however it was copied."""
        return "".join(super().to_python(value).split()).upper()


def new_start_window(situation):
    """From the release on, for F-1 within five months: 8 CFR 214.2(f)(8)."""
    release = day_in(situation.answers, "release_date")
    if release is None:
        return None
    why_first = _("Your new program cannot begin before the release.")
    if situation.facts.visa_class != "F-1":
        return Window(release, None, why_first, citation=EXCHANGE_CITATION)
    attended = day_in(situation.answers, "last_attended")
    withdrew = situation.answers.get("has_withdrawn") == "yes"
    return Window(
        release,
        new_start_last_day(situation.facts, release, attended if withdrew else None),
        why_first,
        _(
            "It must begin within five months of the release, of the end of your program or "
            "OPT, and of your last attendance, whichever comes first."
        ),
        CITATION,
    )


def release_day_window(situation):
    """The days on which the record may be released."""
    return release_window(situation.facts, situation.today, situation.policy)


class SchoolForm(RequestForm):
    """Where the record goes."""

    new_school = text(_("Name of the new school"), 120, help_text=_("As on the admission letter."))
    new_school_code = SchoolCode(label=_("SEVIS school code"), max_length=30)
    campus = text(
        _("Campus"), 60, help_text=_("A school with several campuses has a code for each.")
    )
    new_level = choice(_("Level of the new program"), EducationLevel.choices)
    contact_name = text(_("International office there: name of a person"), 160)
    contact_email = forms.CharField(
        label=_("E-mail address of this person"), max_length=255, validators=[EMAIL]
    )
    contact_phone = text(_("Phone of this person"), 26, required=False)
    same_category = yes_no(
        _("Does the new program have the category and the objective of your present one?"),
        help_text=_("Items 3 and 4 of your DS-2019. Both sponsors must agree to the transfer."),
    )
    transfer_reason = long_text(_("Why do you transfer?"), 500, required=False)

    def set_limits(self, situation):
        """Ask for the code of the person's own visa class."""
        code = self.fields["new_school_code"]
        if is_scholar(situation.facts):
            # They keep their category; no level is reached.
            del self.fields["new_level"]
        if situation.facts.visa_class != "J-1":
            del self.fields["same_category"]
        if situation.facts.visa_class == "J-1":
            code.label = _("Program number of the new sponsor")
            code.help_text = _("P, a digit and five digits, such as P-1-12345.")
            code.validators.append(PROGRAM_NUMBER)
        else:
            code.help_text = _("Three letters, 214F and eight digits, such as BOS214F12345000.")
            code.validators.append(SCHOOL_CODE)

    def clean_same_category(self):
        """A J-1 record keeps its category and its objective: 22 CFR 62.42."""
        if self.cleaned_data["same_category"] == "no":
            raise forms.ValidationError(
                _(
                    "A J-1 record moves only within its category and for the same purpose. Speak "
                    "with our office about other ways."
                )
            )
        return self.cleaned_data["same_category"]


class DaysForm(RequestForm):
    """When the record is released, and what ends on that day."""

    windows = {"release_date": release_day_window, "new_program_start": new_start_window}

    release_date = Date(label=_("Day on which we release your record"))
    new_program_start = Date(label=_("First day of the new program"))
    opt_ends_accepted = yes_no(_("Do you accept that your work permission ends on that day?"))
    has_withdrawn = yes_no(_("Have you withdrawn from your program here?"))
    last_attended = Date(label=_("Last day you attended classes"), required=False)
    leaves_before = yes_no(_("Will you leave the United States before the new program?"))
    dependents_go = yes_no(_("Do all your dependents move with you?"))

    def set_limits(self, situation):
        """Ask only what applies to this person."""
        facts, today = situation.facts, situation.today
        if not any(each.end >= today for each in _work(facts)):
            del self.fields["opt_ends_accepted"]
        studies = facts.program_end is not None and facts.program_end >= today
        if not studies or is_scholar(facts):
            del self.fields["has_withdrawn"], self.fields["last_attended"]
        else:
            self.fields["last_attended"].between(last=today)
            self.fields["last_attended"].widget.attrs["data-show-if"] = "has_withdrawn=yes"
        if not facts.dependents:
            del self.fields["dependents_go"]

    def clean_opt_ends_accepted(self):
        """Work permission cannot outlive the release: 8 CFR 214.2(f)(8)."""
        if self.cleaned_data["opt_ends_accepted"] == "no":
            raise forms.ValidationError(
                _("Work permission always ends with the release. Choose a later day, or wait.")
            )
        return self.cleaned_data["opt_ends_accepted"]

    def clean(self):
        """Who has withdrawn says when."""
        cleaned = super().clean()
        attended = cleaned.get("last_attended")
        if cleaned.get("has_withdrawn") == "yes" and "last_attended" not in self.errors:
            if attended is None:
                self.add_error("last_attended", _("Enter the last day you attended classes."))
            elif attended > self.situation.today:
                self.add_error("last_attended", _("Choose today or an earlier day."))
        return cleaned


def _work(facts):
    return [
        each for kind in ("CPT", "OPT", "STEM", "AT", "on_campus") for each in facts.approved(kind)
    ]

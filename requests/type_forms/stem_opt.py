"""The pages of the STEM OPT extension: the card, the degree, earlier extensions, the employer."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import EducationLevel

from ..form_fields import Date, choice, cip, text, yes_no
from ..request_form import RequestForm
from ..rules.optional_training import LADDER, is_higher
from ..rules.stem_extension import (
    STEM,
    STEM_FILING,
    earlier_degree_days,
    job_days,
    stem_levels,
)
from ..rules.training import post_completion_opt
from ..rules.windows import Window, in_words
from .employer import EmployerForm

CURRENT, PREVIOUS = "current", "previous"
CARD_NUMBER = RegexValidator(
    r"^[A-Z]{3}[0-9]{10}\Z", _("Three capital letters and ten digits, like SRC1234567890.")
)
USCIS_NUMBER = RegexValidator(r"^[0-9]{9}\Z", _("Enter the nine digits without spaces."))
E_VERIFY = RegexValidator(r"^[0-9]{4,20}\Z", _("Enter the digits of the E-Verify company number."))
LEVELS = [(level.value, level.label) for level in LADDER]


def card_end_days(situation):
    """The last day on the card is the last day of OPT on the record."""
    opt = post_completion_opt(situation.facts)
    if opt is None:
        return None
    differs = _("Our record says your OPT ends on this day. Send us your EAD if it says another.")
    return Window(opt.end, opt.end, "", differs, STEM_FILING)


def degree_days(situation):
    """When the degree may have been awarded: an earlier one counts for ten years."""
    if situation.answers.get("based_on") == PREVIOUS:
        return earlier_degree_days(situation.today)
    return Window(
        situation.facts.program_start,
        situation.today,
        "",
        _("Only a degree that was awarded counts."),
        STEM,
    )


class CardForm(RequestForm):
    """The card under which the person works now."""

    windows = {"ead_end": card_end_days}

    ead_start = Date(label=_("First day on your EAD card"))
    ead_end = Date(label=_("Last day on your EAD card"))
    ead_number = text(
        _("Card number"),
        13,
        validators=[CARD_NUMBER],
        help_text=_("13 characters on the front of the card."),
    )
    uscis_number = text(
        _("USCIS number"), 9, validators=[USCIS_NUMBER], help_text=_("Nine digits on the card.")
    )

    @classmethod
    def prefill(cls, facts):
        """Show the dates the record holds."""
        opt = post_completion_opt(facts)
        return {"ead_start": opt.start, "ead_end": opt.end} if opt else {}

    def clean(self):
        """A card runs forward."""
        cleaned = super().clean()
        start, end = cleaned.get("ead_start"), cleaned.get("ead_end")
        if start and end and end < start:
            self.add_error("ead_start", _("The first day must not come after the last day."))
        return cleaned


class DegreeForm(RequestForm):
    """The degree the extension rests on."""

    windows = {"degree_awarded": degree_days}

    based_on = choice(
        _("Which degree is on the STEM list?"),
        [
            (CURRENT, _("The one I have just completed")),
            (PREVIOUS, _("An earlier one from a school in the United States")),
        ],
    )
    qualifying_major = text(_("Major of that degree"), 120)
    qualifying_cip = cip(
        _("CIP code of that degree"),
        help_text=_(
            "On your I-20 beside the major, like 11.0701. It must be on the DHS STEM list."
        ),
    )
    degree_level = choice(_("Level"), LEVELS)
    degree_awarded = Date(label=_("Day it was awarded"))
    previous_school = text(
        _("School that awarded it"),
        120,
        required=False,
        help_text=_("It must be accredited and certified by SEVP."),
    )

    def set_limits(self, situation):
        """The school is asked for an earlier degree only."""
        self.fields["previous_school"].widget.attrs["data-show-if"] = f"based_on={PREVIOUS}"

    @classmethod
    def prefill(cls, facts):
        """Most people ask with the degree they have just completed."""
        return {
            "based_on": CURRENT,
            "qualifying_major": facts.major,
            "qualifying_cip": facts.cip_code,
            "degree_level": facts.education_level if facts.education_level in LADDER else "",
        }

    def clean(self):
        """An earlier degree names its school; the present one is the record's."""
        cleaned = super().clean()
        facts, based_on = self.situation.facts, cleaned.get("based_on")
        if based_on == PREVIOUS and not cleaned.get("previous_school"):
            self.add_error("previous_school", _("Enter the school that awarded the degree."))
        level = cleaned.get("degree_level")
        if based_on == CURRENT and level and level != facts.education_level:
            self.add_error(
                "degree_level",
                _("Our record says %(level)s. Choose it, or ask with an earlier degree.")
                % {"level": EducationLevel(facts.education_level).label}
                if facts.education_level
                else _("Our record does not know your level. Write to us."),
            )
        used = stem_levels(facts)
        if level and used and not all(is_higher(level, earlier) for earlier in used):
            self.add_error(
                "degree_level",
                _("You used STEM OPT before. A second one needs a degree at a higher level."),
            )
        return cleaned


class EarlierForm(RequestForm):
    """Whether STEM OPT was used before, here or from another school."""

    previous_stem = yes_no(_("Have you had STEM OPT before?"))
    previous_stem_level = forms.ChoiceField(
        label=_("Level of the degree it rested on"),
        choices=[("", "—"), *LEVELS],
        required=False,
    )

    def set_limits(self, situation):
        """The level belongs to one answer."""
        self.fields["previous_stem_level"].widget.attrs["data-show-if"] = "previous_stem=yes"

    @classmethod
    def prefill(cls, facts):
        """Say what the record knows."""
        used = stem_levels(facts)
        return {"previous_stem": "yes", "previous_stem_level": used[-1]} if used else {}

    def clean(self):
        """A second extension needs a higher degree: 8 CFR 214.2(f)(10)(ii)(C)(3)."""
        cleaned = super().clean()
        answer, level = cleaned.get("previous_stem"), cleaned.get("previous_stem_level")
        now = self.situation.answers.get("degree_level") or self.situation.facts.education_level
        if answer == "no" and stem_levels(self.situation.facts):
            self.add_error("previous_stem", _("Our record shows an earlier STEM OPT. Choose Yes."))
        elif answer == "yes" and not level:
            self.add_error("previous_stem_level", _("Choose the level of that degree."))
        elif answer == "yes" and not is_higher(now, level):
            self.add_error(
                "previous_stem_level",
                _("A second STEM OPT needs a degree at a higher level than the first."),
            )
        return cleaned


class StemEmployerForm(EmployerForm):
    """An employer who pays, trains and takes part in E-Verify."""

    windows = {"job_start": lambda situation: job_days(situation.facts)}
    field_order = ("employer_name", "ein", "everify_number")

    everify_number = text(
        _("E-Verify company number"),
        20,
        validators=[E_VERIFY],
        help_text=_("Your employer knows it; Form I-765 asks for it, too."),
    )

    def set_limits(self, situation):
        """Say what the extension asks of an employer."""
        self.fields["employer_street"].help_text = _(
            "The training site of Form I-983, section 5. Your home only if you work fully remote."
        )

    @classmethod
    def prefill(cls, facts):
        """Most people stay with the employer they have."""
        jobs = [job for job in facts.jobs if job.end is None]
        if not jobs:
            return {}
        job = jobs[-1]
        return {
            "employer_name": job.employer,
            "employer_street": job.street,
            "employer_city": job.city,
            "employer_state": job.state,
            "employer_postal_code": job.postal_code,
            "job_title": job.job_title,
            "job_start": job.start,
            "hours_per_week": job.hours_per_week,
            "full_part": "full" if job.hours_per_week > 20 else "part",
        }

    def clean_self_employed(self):
        """Somebody else must employ and train the person."""
        if self.cleaned_data["self_employed"] == "yes":
            raise forms.ValidationError(
                _("STEM OPT needs an employer who trains you. Self-employment is not allowed.")
            )
        return self.cleaned_data["self_employed"]

    def clean_paid(self):
        """STEM OPT is paid like the work of others in the same place."""
        if self.cleaned_data["paid"] == "no":
            raise forms.ValidationError(_("STEM OPT must be paid. Unpaid work is not allowed."))
        return self.cleaned_data["paid"]

    def clean_job_end(self):
        """The extension is for work that goes on after OPT."""
        end, opt = self.cleaned_data["job_end"], post_completion_opt(self.situation.facts)
        if end and opt and end <= opt.end:
            raise forms.ValidationError(
                _("Your OPT ends on %(date)s. STEM OPT needs work after that day.")
                % {"date": in_words(opt.end)}
            )
        return end

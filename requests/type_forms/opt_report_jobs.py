"""The jobs of OPT as they are reported: a new one, what has changed about one, and its end."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, UsPhone, choice, long_text, postal_code, state, street, text, yes_no
from ..request_form import RequestForm
from ..rules.opt_reporting import STEM, days_of, past_days_of
from ..rules.unemployment import QUALIFYING_HOURS
from ..rules.windows import in_words
from .employer import EIN, EMAIL, NO_DIGITS, EmployerForm
from .opt_report import (
    CHANGED_JOB,
    ENDED_JOB,
    NEW_JOB,
    STEM_EMPLOYER,
    JobChoice,
    OnlyFor,
    job_named,
    training_in,
    window_for,
)

ENOUGH_FOR_STEM = _("STEM OPT needs at least 20 hours a week with each employer.")


def days_of_job(situation):
    """Return on which days a job may begin: those of the card."""
    return days_of(training_in(situation))


def days_of_change(situation):
    """Return on which days a job may have changed or ended."""
    return past_days_of(training_in(situation), situation.today)


class NewJobForm(OnlyFor, EmployerForm):
    """A new employer, with what SEVIS and, on STEM OPT, the training plan ask for."""

    reports = (NEW_JOB, STEM_EMPLOYER)
    windows: ClassVar = {"job_start": window_for(reports, days_of_job)}
    # On OPT the hours of several jobs add up, so that each of them may have few.
    NOT_NEEDED_ON_OPT = (
        *("ein", "job_title", "supervisor_first", "supervisor_last", "supervisor_phone"),
        "supervisor_email",
    )

    in_everify = yes_no(
        _("Does this employer take part in E-Verify?"),
        help_text=_("STEM OPT is possible with such an employer only."),
    )

    def set_limits(self, situation):
        """OPT asks less of an employer than STEM OPT does."""
        super().set_limits(situation)
        if not self.fields or situation.answers.get("training") == STEM:
            return
        del self.fields["in_everify"]
        for name in self.NOT_NEEDED_ON_OPT:
            self.fields[name].required = False
        self.least_hours = 1
        self.part_time_words = _("Part time means 20 hours a week or fewer.")
        self.fields["hours_per_week"].help_text = _(
            "All your jobs together need 20 hours a week. Fewer count as days without work."
        )
        self.fields["full_part"].choices = [
            ("full", _("Full time, more than 20 hours a week")),
            ("part", _("Part time, 20 hours a week or fewer")),
        ]

    def clean_self_employed(self):
        """On STEM OPT somebody else employs and trains the person."""
        if self._is_stem and self.cleaned_data["self_employed"] == "yes":
            raise forms.ValidationError(
                _("STEM OPT needs an employer who trains you. Self-employment is not allowed.")
            )
        return self.cleaned_data["self_employed"]

    def clean_paid(self):
        """STEM OPT is paid; OPT may be volunteer work where labor law allows it."""
        if self._is_stem and self.cleaned_data["paid"] == "no":
            raise forms.ValidationError(_("STEM OPT must be paid. Unpaid work is not allowed."))
        return self.cleaned_data["paid"]

    def clean_in_everify(self):
        """Without E-Verify there is no STEM OPT with this employer."""
        if self.cleaned_data["in_everify"] == "no":
            raise forms.ValidationError(
                _("STEM OPT is possible with an employer in E-Verify only. Speak with our office.")
            )
        return self.cleaned_data["in_everify"]

    @property
    def _is_stem(self):
        return self.situation.answers.get("training") == STEM


CHANGES = {
    "name": (_("Name of the employer"), ("new_employer_name",)),
    "ein": (_("Employer identification number (EIN)"), ("new_ein",)),
    "place": (
        _("Where I work"),
        ("new_street", "new_city", "new_state", "new_postal_code"),
    ),
    "title": (_("Job title"), ("new_job_title",)),
    "duties": (_("What I do"), ("new_relation",)),
    "hours": (_("Hours a week"), ("new_hours",)),
    "pay": (_("Pay"), ("new_compensation",)),
    "supervisor": (
        _("Supervisor"),
        (
            *("new_supervisor_first", "new_supervisor_last"),
            *("new_supervisor_phone", "new_supervisor_email"),
        ),
    ),
}


class ChangedJobForm(OnlyFor, RequestForm):
    """What has changed about a job on the record; the rest of it stays."""

    reports = (CHANGED_JOB,)
    windows: ClassVar = {"changed_on": window_for(reports, days_of_change)}

    changed_job = JobChoice(label=_("Which job?"))
    changed_on = Date(label=_("Since which day?"))
    changes = forms.MultipleChoiceField(
        label=_("What has changed?"),
        choices=[(key, label) for key, (label, _names) in CHANGES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    new_employer_name = text(_("New name of the employer"), 121, required=False)
    new_ein = text(_("New EIN"), 10, required=False, validators=[EIN])
    new_street = street(_("New street and number"), 64, required=False)
    new_city = text(_("City"), 60, required=False)
    new_state = state(required=False)
    new_postal_code = postal_code(required=False)
    new_job_title = text(_("New job title"), 64, required=False)
    new_relation = long_text(
        _("How does the work relate to your major now?"),
        1000,
        required=False,
        help_text=_("Two or three sentences: which skills and courses do you use?"),
    )
    new_hours = forms.IntegerField(
        label=_("New hours a week"), min_value=1, max_value=100, required=False
    )
    new_compensation = text(
        _("New pay"), 120, required=False, help_text=_("For example 31 dollars an hour.")
    )
    new_supervisor_first = text(
        _("New supervisor’s given name"), 80, required=False, validators=[NO_DIGITS]
    )
    new_supervisor_last = text(
        _("New supervisor’s family name"), 40, required=False, validators=[NO_DIGITS]
    )
    new_supervisor_phone = UsPhone(label=_("New supervisor’s phone"), required=False)
    new_supervisor_email = forms.CharField(
        label=_("New supervisor’s e-mail address"),
        max_length=255,
        required=False,
        validators=[EMAIL],
    )

    def set_limits(self, situation):
        """Offer the jobs there are; each question follows its tick."""
        super().set_limits(situation)
        if not self.fields:
            return
        self.fields["changed_job"].offer(situation.facts)
        for key, (_label, names) in CHANGES.items():
            for name in names:
                self.fields[name].widget.attrs["data-show-if"] = f"changes={key}"

    def clean_new_ein(self):
        """Keep the digits alone, as SEVIS takes them."""
        return self.cleaned_data["new_ein"].replace("-", "")

    def clean(self):
        """What is ticked is told; STEM OPT keeps its 20 hours."""
        cleaned = super().clean()
        for key in cleaned.get("changes", ()):
            for name in CHANGES[key][1]:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Write what is true now."))
        hours = cleaned.get("new_hours")
        is_stem = self.situation.answers.get("training") == STEM
        if hours and "hours" in cleaned.get("changes", ()) and is_stem and hours < QUALIFYING_HOURS:
            self.add_error("new_hours", ENOUGH_FOR_STEM)
        job = job_named(self.situation, cleaned.get("changed_job"))
        day = cleaned.get("changed_on")
        if job and day and day < job.start and "changed_on" not in self.errors:
            words = _("This job began on %(date)s. Choose that day or a later one.")
            self.add_error("changed_on", words % {"date": in_words(job.start)})
        return cleaned


class EndedJobForm(OnlyFor, RequestForm):
    """Which job has ended, and when."""

    reports = (ENDED_JOB, STEM_EMPLOYER)
    windows: ClassVar = {"job_ended_on": window_for(reports, days_of_change)}

    ended_job = JobChoice(label=_("Which job has ended?"))
    job_ended_on = Date(label=_("Last day of work there"))
    end_reason = choice(
        _("How did it end?"),
        [
            ("left", _("I left")),
            ("contract", _("The contract was for this time")),
            ("laid_off", _("The employer ended it")),
            ("other", _("Another way")),
        ],
    )

    def set_limits(self, situation):
        """Offer the jobs there are."""
        super().set_limits(situation)
        if not self.fields:
            return
        self.fields["ended_job"].offer(situation.facts)
        if situation.answers.get("training") == STEM:
            self.fields["end_reason"].help_text = _(
                "Your final evaluation on Form I-983 is due in 10 days, too. You may send it later."
            )

    def clean(self):
        """A job ends after it began, and before the next one takes its place."""
        cleaned = super().clean()
        job, day = job_named(self.situation, cleaned.get("ended_job")), cleaned.get("job_ended_on")
        if job and day and day < job.start and "job_ended_on" not in self.errors:
            words = _("This job began on %(date)s. Choose that day or a later one.")
            self.add_error("job_ended_on", words % {"date": in_words(job.start)})
        return cleaned

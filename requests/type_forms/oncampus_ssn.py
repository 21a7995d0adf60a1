"""What a job on campus is asked for, and what the department that hires confirms."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, UsPhone, choice, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.campus_work import campus_job_days
from .approver import ApproverForm, approver_email, approver_name
from .employer import EIN
from .questionnaire import Questionnaire

ON_PREMISES, AFFILIATED = "premises", "affiliated"


class NumberForm(RequestForm):
    """Whether there is a Social Security number already."""

    has_number = yes_no(
        _("Do you have a Social Security number?"),
        help_text=_("Never write the number itself here."),
    )

    def clean_has_number(self):
        """An F-1 student with a number needs nothing from us to work on campus."""
        answer = self.cleaned_data["has_number"]
        if answer == "yes" and self.situation.facts.visa_class == "F-1":
            raise forms.ValidationError(
                _("Then you need no letter. Work on campus needs no other permission from us.")
            )
        return answer


class CampusJobForm(RequestForm):
    """The job, which the department reads and confirms."""

    approver_sees = (
        *("employer", "place", "employer_number", "job_title", "duties", "position_number"),
        *("job_start", "job_end", "hours_in_term", "hours_in_breaks", "pay"),
    )
    windows: ClassVar = {
        "job_start": lambda situation: campus_job_days(
            situation.facts, situation.today, situation.policy
        )
    }

    employer = text(_("Department or employer on campus"), 121)
    place = choice(
        _("Where do you work?"),
        [
            (ON_PREMISES, _("On campus, for the university or a business that serves students")),
            (AFFILIATED, _("At a place that belongs to my program by contract or funding")),
        ],
    )
    employer_number = text(
        _("Employer identification number (EIN)"),
        10,
        validators=[EIN],
        help_text=_("Of the university, or of the business. The department knows it."),
    )
    job_title = text(_("Job title"), 64)
    duties = long_text(_("What will you do?"), 500)
    position_number = text(_("Position number"), 40, required=False)
    job_start = Date(label=_("First day of work"))
    job_end = Date(label=_("Last day, if it is known"), required=False)
    hours_in_term = forms.IntegerField(
        label=_("Hours a week while classes are in session"), min_value=1, max_value=100
    )
    other_hours = forms.IntegerField(
        label=_("Hours a week in your other campus jobs"), min_value=0, max_value=100
    )
    hours_in_breaks = forms.IntegerField(
        label=_("Hours a week in vacations"), min_value=0, max_value=100, required=False
    )
    pay = text(_("Pay"), 120, help_text=_("For example 17 dollars an hour."))

    @classmethod
    def prefill(cls, facts):
        """Most people have one job."""
        return {"other_hours": 0}

    def set_limits(self, situation):
        """Tell the most hours beside the field."""
        self.fields["hours_in_term"].help_text = _(
            "All campus jobs together: at most %(hours)d."
        ) % {"hours": situation.policy["hours_in_term"]}

    def clean_employer_number(self):
        """Keep the digits alone."""
        return self.cleaned_data["employer_number"].replace("-", "")

    def clean(self):
        """All jobs together stay within the hours; the job runs forward within the program."""
        cleaned = super().clean()
        most = self.situation.policy["hours_in_term"]
        together = (cleaned.get("hours_in_term") or 0) + (cleaned.get("other_hours") or 0)
        if together > most and "hours_in_term" not in self.errors:
            words = _("Together it is %(hours)d hours a week. At most %(most)d are allowed.")
            self.add_error("hours_in_term", words % {"hours": together, "most": most})
        start, end = cleaned.get("job_start"), cleaned.get("job_end")
        ends = self.situation.facts.program_end
        if start and end and end < start:
            self.add_error("job_end", _("The last day must not come before the first day."))
        elif end and ends and end > ends:
            self.add_error("job_end", _("Work on campus ends with your program at the latest."))
        return cleaned


class HirerForm(ApproverForm):
    """Who in the department hires or supervises, and confirms the job from an e-mail."""

    approver_sees = (*ApproverForm.approver_sees, "supervisor_phone")

    approver_name = approver_name(_("Who supervises you?"))
    approver_email = approver_email(_("University e-mail address of this person"))
    supervisor_phone = UsPhone(label=_("Phone of this person"))


class HiringQuestionnaire(Questionnaire):
    """What the department confirms, so that its letter and ours say the same."""

    refusals: ClassVar = {
        ("on_campus", "no"): _(
            "Only work on campus, or at a place that belongs to the program, is allowed."
        ),
        ("displaces_nobody", "no"): _("A student may not take the place of a worker who is there."),
        ("hours_confirmed", "no"): _("Return it to the student, with the right hours and days."),
    }

    is_official = yes_no(_("Do you hire or supervise this student?"))
    on_campus = yes_no(_("Is the work done on campus, or at a place that belongs to the program?"))
    hours_confirmed = yes_no(_("Are the first day, the hours and the pay right?"))
    displaces_nobody = yes_no(_("Is it true that no US worker loses this work?"))
    letter_signed = yes_no(_("Did you give the student an offer letter signed by hand?"))

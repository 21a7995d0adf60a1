"""What CPT asks: the employer, the dates, the course, and what the academic advisor confirms."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import (
    Date,
    Money,
    UsPhone,
    choice,
    long_text,
    postal_code,
    state,
    street,
    text,
    yes_no,
)
from ..request_form import RequestForm
from ..rules.curricular_training import cpt_days, full_time_days_with
from .approver import EMAIL
from .questionnaire import Questionnaire

ON_SITE, HYBRID, REMOTE = "on_site", "hybrid", "remote"
# Part time is 20 hours a week or fewer: 8 CFR 214.2(f)(10)(i).
PART_TIME_HOURS = 20
FULL_PART = [
    ("part", _("Part time, 20 hours a week or fewer")),
    ("full", _("Full time, more than 20 hours a week")),
]


class EmployerForm(RequestForm):
    """Where the work is, what it is, and who supervises it."""

    approver_sees = ("employer_name", "job_title", "duties", "work_mode", "remote_share")

    employer_name = text(_("Employer"), 100, help_text=_("As written on your offer letter."))
    site_street = street(_("Street and number of the work site"), 60)
    site_city = text(_("City"), 60)
    site_state = state()
    site_postal_code = postal_code()
    work_mode = choice(
        _("Where will you work?"),
        [
            (ON_SITE, _("At this address")),
            (HYBRID, _("Partly at this address, partly remote")),
            (REMOTE, _("Remote")),
        ],
    )
    remote_share = forms.IntegerField(
        label=_("Percent of the hours you work remotely"),
        min_value=1,
        max_value=99,
        required=False,
    )
    job_title = text(_("Job title"), 100)
    duties = long_text(_("What you will do"), 1000)
    supervisor_name = text(_("Supervisor"), 100)
    supervisor_email = forms.CharField(
        label=_("Supervisor’s e-mail address"), max_length=255, validators=[EMAIL]
    )
    supervisor_phone = UsPhone(label=_("Supervisor’s phone"))

    def set_limits(self, situation):
        """Say the office's policy where remote work is named."""
        share = self.fields["remote_share"]
        share.widget.attrs["data-show-if"] = f"work_mode={HYBRID}"
        share.help_text = _(
            "Our policy: up to %(most)d percent. For more, first speak with our office."
        ) % {"most": situation.policy["remote_share"]}

    def clean(self):
        """Who works partly remote says how much."""
        cleaned = super().clean()
        if cleaned.get("work_mode") == HYBRID:
            if not cleaned.get("remote_share") and "remote_share" not in self.errors:
                self.add_error("remote_share", _("Enter a number between 1 and 99."))
        elif "remote_share" in cleaned:
            cleaned["remote_share"] = None
        return cleaned


class DatesForm(RequestForm):
    """When, how much, and paid or not."""

    approver_sees = ("start_date", "end_date", "full_part", "hours_per_week")
    windows: ClassVar = {"start_date": cpt_days, "end_date": cpt_days}

    start_date = Date(label=_("First day of work"))
    end_date = Date(label=_("Last day of work"))
    full_part = choice(_("Full time or part time?"), FULL_PART)
    hours_per_week = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=60)
    paid = yes_no(_("Is it paid?"))
    pay_amount = Money(label=_("Pay for the whole time, before taxes"), required=False)

    def set_limits(self, situation):
        """The amount belongs to paid work."""
        self.fields["pay_amount"].widget.attrs["data-show-if"] = "paid=yes"
        self.fields["pay_amount"].help_text = _("In whole US dollars, as in your offer letter.")

    def clean(self):
        """Dates run forward, hours and days fit the limits, and paid work says how much."""
        cleaned = super().clean()
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and end and end < start and "end_date" not in self.errors:
            self.add_error("end_date", _("The last day must not come before the first day."))
        self._check_hours(cleaned)
        self._check_full_time_days(cleaned)
        if cleaned.get("paid") == "yes" and not cleaned.get("pay_amount"):
            if "pay_amount" not in self.errors:
                self.add_error("pay_amount", _("Enter what you are paid, or answer No above."))
        elif cleaned.get("paid") == "no" and "pay_amount" in cleaned:
            cleaned["pay_amount"] = None
        return cleaned

    def _check_hours(self, cleaned):
        hours, full_part = cleaned.get("hours_per_week"), cleaned.get("full_part")
        if hours and full_part == "part" and hours > PART_TIME_HOURS:
            self.add_error("hours_per_week", _("Part time means 20 hours a week or fewer."))
        if hours and full_part == "full" and hours <= PART_TIME_HOURS:
            self.add_error("hours_per_week", _("Full time means more than 20 hours a week."))

    def _check_full_time_days(self, cleaned):
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if not (start and end and start <= end and cleaned.get("full_part") == "full"):
            return
        limit = self.situation.policy["full_time_day_limit"]
        total = full_time_days_with(self.situation.facts, start, end)
        if total >= limit:
            self.add_error(
                "end_date",
                _(
                    "With this you would reach %(total)d days of full-time CPT. From %(limit)d "
                    "days on you lose OPT at this level. Choose an earlier last day or part time."
                )
                % {"total": total, "limit": limit},
            )


class CourseForm(RequestForm):
    """Why the work belongs to the program."""

    approver_sees = (
        *("basis", "course_number", "course_title", "course_term", "course_credits"),
        *("relevance", "remarks"),
    )

    basis = choice(
        _("How does it count?"),
        [
            ("course", _("I earn credit in a course")),
            ("requirement", _("My degree requires it")),
        ],
    )
    course_number = text(_("Course number"), 20, required=False)
    course_title = text(_("Course title"), 120, required=False)
    course_term = text(
        _("Term of the course"), 40, required=False, help_text=_("For example Spring 2027.")
    )
    course_credits = forms.IntegerField(
        label=_("Credits"), min_value=0, max_value=20, required=False
    )
    # SEVIS takes 250 characters of each.
    relevance = long_text(
        _("How does it relate to your major?"), 250, help_text=_("At most 250 characters.")
    )
    remarks = long_text(
        _("Remarks to print on your I-20"),
        250,
        required=False,
        help_text=_("Most people leave this empty."),
    )

    def set_limits(self, situation):
        """The course questions belong to one answer."""
        for name in ("course_number", "course_title", "course_term", "course_credits"):
            self.fields[name].widget.attrs["data-show-if"] = "basis=course"

    def clean(self):
        """Credit needs a course."""
        cleaned = super().clean()
        if cleaned.get("basis") == "course" and not cleaned.get("course_number"):
            self.add_error("course_number", _("Enter the number of the course that gives credit."))
        return cleaned


class CptQuestionnaire(Questionnaire):
    """What the academic/program advisor confirms: it is part of the curriculum and fits in."""

    refusals: ClassVar = {
        ("counts_as", "neither"): _(
            "Training that is neither required nor for credit cannot be approved as CPT."
        ),
        ("on_time", "no"): _("Return it to the student and write which hours or dates fit."),
        ("good_standing", "no"): _(
            "Only students in good standing may have CPT. Return it to the student."
        ),
    }

    counts_as = choice(
        _("Is the training required for the degree, or does it give credit toward it?"),
        [
            ("required", _("Required for the degree")),
            ("credit", _("Gives credit toward the degree")),
            ("neither", _("Neither")),
        ],
    )
    course = text(
        _("Which course, how many credits, in which term?"),
        160,
        required=False,
        help_text=_("Leave it empty if the degree requires the training without a course."),
    )
    related = long_text(_("How does it relate to the declared major?"), 1000)
    on_time = yes_no(
        _("Can the student stay full time and finish on time with these hours and dates?")
    )
    good_standing = yes_no(_("Is the student in good standing?"))
    recommended = choice(_("What do you recommend?"), FULL_PART)
    completion_date = Date(label=_("When do you expect the student to finish the program?"))

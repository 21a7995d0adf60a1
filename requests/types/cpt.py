"""Curricular Practical Training: work that is part of the curriculum, before the program ends."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..effects import AuthorizeEmployment
from ..form_fields import (
    US_PHONE,
    Date,
    choice,
    long_text,
    postal_code,
    state,
    street,
    text,
    yes_no,
)
from ..request_type import (
    ApprovalStep,
    FormPage,
    Policy,
    RequestForm,
    RequestType,
    Slot,
    Step,
)
from ..rules.dates import academic_year_completed_on, days_in
from ..rules.eligibility import (
    check_in_is_done,
    in_words,
    program_has_not_ended,
    sevis_status_is,
    visa_class_is,
)
from ..rules.verdict import Standing, Verdict
from ..type_forms.approver import EMAIL, ApproverForm

CITATION = "8 CFR 214.2(f)(10)(i)"


def one_academic_year_is_done(facts, today, policy):
    """Training needs one full academic year of full-time study first."""
    if facts.full_time_since is None:
        return Verdict(
            Standing.NEEDS,
            _("Your record does not say since when you study full time. Write to us."),
            citation=CITATION,
        )
    opens = academic_year_completed_on(facts.full_time_since)
    if today >= opens:
        return None
    return Verdict(
        Standing.OPENS_ON,
        _("You can ask from %(date)s, after one academic year of full-time study.")
        % {"date": in_words(opens)},
        on=opens,
        citation=CITATION,
    )


def not_english_training(facts, today, policy):
    """Students of English language programs have no CPT."""
    if facts.education_level != "07":
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("Students of English language programs cannot use CPT."),
        citation=CITATION,
    )


class EmployerForm(RequestForm):
    """Where the work is."""

    approver_sees = ("employer_name", "job_title", "duties", "work_mode")

    employer_name = text(_("Employer"), 100, help_text=_("As written on your offer letter."))
    site_street = street(_("Street and number of the work site"), 60)
    site_city = text(_("City"), 60)
    site_state = state()
    site_postal_code = postal_code()
    work_mode = choice(
        _("Where will you work?"),
        [
            ("on_site", _("At this address")),
            ("hybrid", _("Partly at this address, partly remote")),
            ("remote", _("Remote")),
        ],
    )
    job_title = text(_("Job title"), 100)
    duties = long_text(_("What you will do"), 1000)
    supervisor_name = text(_("Supervisor"), 100)
    supervisor_email = forms.CharField(
        label=_("Supervisor’s e-mail address"), max_length=255, validators=[EMAIL]
    )
    supervisor_phone = forms.CharField(
        label=_("Supervisor’s phone"),
        max_length=10,
        validators=[US_PHONE],
        help_text=_("Ten digits."),
    )


class DatesForm(RequestForm):
    """When, how much, and paid or not."""

    approver_sees = ("start_date", "end_date", "full_part", "hours_per_week")

    start_date = Date(label=_("First day of work"))
    end_date = Date(label=_("Last day of work"))
    full_part = choice(
        _("Full time or part time?"),
        [
            ("part", _("Part time, 20 hours a week or fewer")),
            ("full", _("Full time, more than 20 hours a week")),
        ],
    )
    hours_per_week = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=60)
    paid = yes_no(_("Is it paid?"))

    def first_day(self):
        """Return the earliest start: never back in time, and not before the year is done."""
        since = self.situation.facts.full_time_since
        earliest = self.situation.today
        if since:
            earliest = max(earliest, academic_year_completed_on(since))
        return earliest

    def set_limits(self, situation):
        """Bound the dates and say why beside the field."""
        first, last = self.first_day(), situation.facts.program_end
        self.fields["start_date"].between(first, last)
        self.fields["end_date"].between(first, last)
        self.fields["start_date"].help_text = _(
            "From %(date)s on. CPT cannot be given for days in the past."
        ) % {"date": date_format(first, "F j, Y")}
        if last:
            self.fields["end_date"].help_text = _("Your program ends on %(date)s.") % {
                "date": date_format(last, "F j, Y")
            }

    def clean(self):
        """Dates run forward inside the program; hours fit full or part; days fit the limit."""
        cleaned = super().clean()
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        last = self.situation.facts.program_end
        if start and start < self.first_day():
            self.add_error(
                "start_date",
                _("Choose %(date)s or a later day.") % {"date": in_words(self.first_day())},
            )
        if start and end and end < start:
            self.add_error("end_date", _("The last day must not come before the first day."))
        elif end and last and end > last:
            self.add_error(
                "end_date",
                _("Your program ends on %(date)s. CPT must end by then.")
                % {"date": in_words(last)},
            )
        self._check_hours(cleaned)
        self._check_full_time_days(cleaned)
        return cleaned

    def _check_hours(self, cleaned):
        hours, full_part = cleaned.get("hours_per_week"), cleaned.get("full_part")
        if hours and full_part == "part" and hours > 20:
            self.add_error("hours_per_week", _("Part time means 20 hours a week or fewer."))
        if hours and full_part == "full" and hours <= 20:
            self.add_error("hours_per_week", _("Full time means more than 20 hours a week."))

    def _check_full_time_days(self, cleaned):
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if not (start and end and start <= end and cleaned.get("full_part") == "full"):
            return
        limit = self.situation.policy["full_time_day_limit"]
        total = self.situation.facts.cpt_full_time_days + days_in(start, end)
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

    approver_sees = ("basis", "course_number", "course_title", "course_credits", "relevance")

    basis = choice(
        _("How does it count?"),
        [
            ("course", _("I earn credit in a course")),
            ("requirement", _("My degree requires it")),
        ],
    )
    course_number = text(_("Course number"), 20, required=False)
    course_title = text(_("Course title"), 120, required=False)
    course_credits = forms.IntegerField(
        label=_("Credits"), min_value=0, max_value=20, required=False
    )
    relevance = long_text(
        _("How does it relate to your major?"), 250, help_text=_("At most 250 characters.")
    )

    def set_limits(self, situation):
        """The course questions belong to one answer."""
        for name in ("course_number", "course_title", "course_credits"):
            self.fields[name].widget.attrs["data-show-if"] = "basis=course"

    def clean(self):
        """Credit needs a course."""
        cleaned = super().clean()
        if cleaned.get("basis") == "course" and not cleaned.get("course_number"):
            self.add_error("course_number", _("Enter the number of the course that gives credit."))
        return cleaned


class CptQuestionnaire(forms.Form):
    """What the academic/program advisor confirms."""

    is_official = yes_no(_("Are you this student’s advisor or a program official?"))
    counts_as = choice(
        _("Is the training required for the degree, or does it give credit toward it?"),
        [
            ("required", _("Required for the degree")),
            ("credit", _("Gives credit toward the degree")),
            ("neither", _("Neither")),
        ],
    )
    related = long_text(_("How does it relate to the declared major?"), 1000)
    on_time = yes_no(
        _("Can the student stay full time and finish on time with these hours and dates?")
    )
    completion_date = Date(label=_("When do you expect the student to finish the program?"))

    def clean(self):
        """An approval needs the answers that make training part of the curriculum."""
        cleaned = super().clean()
        if cleaned.get("counts_as") == "neither":
            self.add_error(
                "counts_as",
                _("Training that is neither required nor for credit cannot be approved as CPT."),
            )
        if cleaned.get("is_official") == "no":
            self.add_error(
                "is_official", _("Choose “I am not the right person” at the end of this page.")
            )
        return cleaned


class Cpt(RequestType):
    """Permission for one internship with one employer, between two dates."""

    key = "cpt"
    title = _("Curricular Practical Training (CPT)")
    summary = _("Work or an internship that is part of your program.")
    icon = "briefcase"
    topic = _("Work")
    audience = _("F-1 students")
    also_called = ("internship", "co-op", "practicum", "work")
    citation = CITATION
    releases = _("I-20 with CPT")
    sevis_event = "CPTEmployment"
    target_days = 7
    policies = {
        "full_time_day_limit": Policy(
            _("Full-time days that end OPT"), 365, 180, 365, _("days"), CITATION
        ),
        "full_time_day_warning": Policy(
            _("Warn from this many full-time days"), 300, 1, 365, _("days"), _("Office practice")
        ),
    }
    rules = (
        visa_class_is("F-1", citation=CITATION),
        not_english_training,
        sevis_status_is("active", citation=CITATION),
        check_in_is_done,
        program_has_not_ended,
        one_academic_year_is_done,
    )
    pages = (
        FormPage("employer", _("Your employer"), EmployerForm),
        FormPage("dates", _("Dates and hours"), DatesForm),
        FormPage("course", _("Your program"), CourseForm),
        FormPage("approver", _("Who approves"), ApproverForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "offer_letter",
                    _("Offer letter"),
                    _(
                        "On letterhead, with employer, address, first and last day, paid or not, "
                        "hours a week, supervisor and signature."
                    ),
                    approver_sees=True,
                ),
                Slot(
                    "course_registration",
                    _("Proof that you are registered for the course"),
                    required=False,
                    approver_sees=True,
                ),
                Slot("passport", _("Passport, page with your photo"), required=False),
            ),
        ),
    )
    approval_steps = (ApprovalStep(_("Academic/program advisor"), CptQuestionnaire),)
    attestations = (
        _("I will not start before the first day printed on the new I-20."),
        _("I know that 12 months of full-time CPT end my right to OPT at this level."),
        _("I will ask again before employer, dates or hours change."),
    )
    steps = (
        Step(_("Read the rules and look at your day counter."), _("You")),
        Step(_("Get an offer letter with every item on the list."), _("You")),
        Step(_("Register for the course and name your academic/program advisor."), _("You")),
        Step(
            _("Your academic/program advisor approves from an e-mail."),
            _("Academic/program advisor"),
        ),
        Step(_("We check the request and authorize CPT in SEVIS."), _("ISSO")),
        Step(_("Download the new I-20, compare employer and dates, and sign it."), _("You")),
        Step(_("Start on or after the first day printed, stop on the last."), _("You")),
    )
    stock_reasons = (
        _("The offer letter does not show the work address."),
        _("The offer letter does not show the first and last day."),
        _("The offer letter does not show the hours a week."),
        _("The offer letter has no signature."),
        _("The dates differ between your answers and the letter."),
        _("The address is not a physical address."),
        _("You are not registered for the course."),
        _("Tell us more about how the work relates to your major."),
    )

    def purpose(self, answers):
        """One request for one employer and start; a new employer is a new request."""
        employer = " ".join(str(answers.get("employer_name") or "").casefold().split())
        start = str(answers.get("start_date") or "")
        return f"{employer}|{start}"[:255] if employer and start else ""

    def effective_dates(self, cleaned):
        """The first and the last day of work."""
        return cleaned.get("start_date"), cleaned.get("end_date")

    def effects(self, cleaned, facts, today):
        """Completion adds the authorization, which the day counter counts."""
        return [
            AuthorizeEmployment(
                kind="CPT",
                employer=cleaned["employer_name"],
                address={
                    "line1": cleaned["site_street"],
                    "city": cleaned["site_city"],
                    "state": cleaned["site_state"],
                    "postal_code": cleaned["site_postal_code"],
                },
                start=cleaned["start_date"],
                end=cleaned["end_date"],
                full_time=cleaned["full_part"] == "full",
            )
        ]

    def panel(self, situation):
        """Count the full-time and part-time days used at this level."""
        used = situation.facts.cpt_full_time_days
        warning = situation.policy["full_time_day_warning"]
        limit = situation.policy["full_time_day_limit"]
        return [
            (
                _("Full-time CPT used"),
                _("%(used)d of %(most)d days") % {"used": used, "most": limit - 1},
                "warn" if used >= warning else "ok",
            ),
            (
                _("Part-time CPT used"),
                _("%(used)d days (no limit)") % {"used": situation.facts.cpt_part_time_days},
                "",
            ),
        ]

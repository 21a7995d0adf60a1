"""On-campus job: the letter with which a student applies for a Social Security number."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import AuthorizeEmployment
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, Step
from ..rules.campus_work import CAMPUS, CAMPUS_J1, campus_job_days
from ..rules.eligibility import (
    check_in_is_done,
    program_has_not_ended,
    sevis_status_is,
    visa_class_is,
)
from ..rules.exchange import exchange_visitors_are_students
from ..rules.windows import in_words
from ..type_forms.oncampus_ssn import (
    CampusJobForm,
    HirerForm,
    HiringQuestionnaire,
    NumberForm,
)

CITATION = f"{CAMPUS}; {CAMPUS_J1}"


class OncampusSsn(RequestType):
    """Our letter for the Social Security office; for J-1 it is the permission to work as well."""

    key = "oncampus_ssn"
    title = _("On-campus job and Social Security letter")
    summary = _("Get the letter you need to work on campus and to apply for a number.")
    icon = "id-card"
    topic = _("Work")
    audience = _("F-1 and J-1 students")
    also_called = ("SSN", "social security number", "campus job", "student job", "SS-5")
    citation = CITATION
    releases = _("Letter for the Social Security office")
    target_days = 4
    policies = {
        "hours_in_term": Policy(
            _("Hours a week on campus while classes are in session, all jobs together"),
            *(20, 1, 20),
            _("hours"),
            CITATION,
        ),
        "days_ahead": Policy(
            _("The job begins within"), 30, 1, 60, _("days"), _("Social Security practice")
        ),
    }
    rules = (
        visa_class_is("F-1", "J-1", citation=CITATION),
        exchange_visitors_are_students,
        sevis_status_is("active", citation=CITATION),
        check_in_is_done,
        program_has_not_ended,
    )
    pages = (
        FormPage("number", _("Your number"), NumberForm),
        FormPage("job", _("The job"), CampusJobForm),
        FormPage("department", _("Who hires you"), HirerForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "offer_letter",
                    _("Offer letter of the department"),
                    _("Signed by hand, with first day, hours and pay."),
                    approver_sees=True,
                ),
                Slot("i94", _("I-94 print-out"), _("From the CBP I-94 website, newest entry.")),
                Slot("form_page", _("Page 1 of your I-20 or your DS-2019, signed by you")),
                Slot("passport", _("Passport, page with your photo")),
            ),
        ),
    )
    approval_steps = (ApprovalStep(_("Hiring department"), HiringQuestionnaire),)
    attestations = (
        _("The job is real, and I keep to the hours while classes are in session."),
        _("On J-1 I do not begin before I hold the letter."),
        _("I will ask again before I change to another employer."),
    )
    steps = (
        Step(_("Find a job on campus and get a signed offer letter."), _("You")),
        Step(_("Answer the questions and name who hires you."), _("You")),
        Step(_("The department confirms the job from an e-mail."), _("Hiring department")),
        Step(_("We check your status and write the letter."), SHORT_NAME),
        Step(_("Take both letters, passport, I-94 and form to Social Security."), _("You")),
        Step(_("Show the number to the department. Keep the card at home."), _("You")),
    )
    stock_reasons = (
        _("The offer letter has no first day."),
        _("More than 20 hours a week are not allowed while classes are in session."),
        _("The offer letter is older than the job. Ask for a new one."),
        _("The offer letter is not signed by hand."),
        _("This work is not on campus. Speak with our office first."),
        _("The scan is not readable."),
    )

    def effective_dates(self, cleaned):
        """The first and the last day of the job."""
        return cleaned.get("job_start"), cleaned.get("job_end")

    def effects(self, cleaned, facts, today):
        """The job is kept; without a last day it is allowed until the program ends."""
        end = cleaned["job_end"] or facts.program_end
        return [
            AuthorizeEmployment(
                kind="on_campus",
                start=cleaned["job_start"],
                end=max(end, cleaned["job_start"]),
                full_time=False,
                employer=cleaned["employer"],
                details={
                    "ein": cleaned["employer_number"].replace("-", ""),
                    "hours_per_week": cleaned["hours_in_term"],
                    "job_title": cleaned["job_title"],
                },
            )
        ]

    def panel(self, situation):
        """Show the hours together, the first day, and what J-1 must wait for."""
        facts, answers, policy = situation.facts, situation.answers, situation.policy
        hours = sum(_number(answers.get(name)) for name in ("hours_in_term", "other_hours"))
        most = policy["hours_in_term"]
        words = _("%(hours)d of %(most)d a week") % {"hours": hours, "most": most}
        rows = [(_("Campus hours in the term"), words, "ok" if hours <= most else "bad")]
        days = campus_job_days(facts, situation.today, policy)
        if days.last:
            rows.append((_("The job begins by"), in_words(days.last), ""))
        if facts.visa_class == "J-1":
            rows.append((_("J-1"), _("Begin only with our letter in your hand"), "warn"))
        return rows


def _number(answer):
    return int(answer) if str(answer or "").isdecimal() else 0

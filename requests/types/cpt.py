"""Curricular Practical Training: work that is part of the curriculum, before the program ends."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import AuthorizeEmployment, IssueForm
from ..policy_number import Policy, yes_or_no
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.curricular_training import (
    CPT,
    cpt_requests,
    full_time_days_with,
    full_time_study_is_known,
    not_english_training,
)
from ..rules.dates import address_record_due, days_in
from ..rules.eligibility import (
    check_in_is_done,
    program_has_not_ended,
    sevis_status_is,
    visa_class_is,
)
from ..rules.sevis import sevis_day
from ..type_forms.approver import ApproverForm
from ..type_forms.cpt import (
    HYBRID,
    REMOTE,
    CourseForm,
    CptQuestionnaire,
    DatesForm,
    EmployerForm,
)
from ..type_forms.employer import full_part_value


class Cpt(RequestType):
    """Permission for one internship with one employer, between two dates."""

    key = "cpt"
    title = _("Curricular Practical Training (CPT)")
    summary = _("Work or an internship that is part of your program.")
    icon = "briefcase"
    topic = _("Work")
    audience = _("F-1 students")
    also_called = ("internship", "co-op", "practicum", "work")
    citation = CPT
    releases = _("I-20 with CPT")
    sevis_event = "CPTEmployment"
    target_days = 7
    policies = {
        "full_time_day_limit": Policy(
            _("Full-time CPT at one level, always fewer than"), 365, 180, 365, _("days"), CPT
        ),
        "full_time_day_warning": Policy(
            _("Warn from this many full-time days"),
            *(300, 1, 365),
            _("days"),
            _("Office practice"),
            is_public=False,
        ),
        "lead_days": Policy(
            _("Ask this long before you start"), 0, 0, 60, _("days"), _("Office practice")
        ),
        "part_time_in_term": yes_or_no(
            _("Only part-time work during the term"), True, _("Office practice")
        ),
        "remote_share": Policy(
            _("Most remote work"), 50, 0, 100, _("percent"), _("Office practice")
        ),
    }
    rules = (
        visa_class_is("F-1", citation=CPT),
        not_english_training,
        sevis_status_is("active", citation=CPT),
        check_in_is_done,
        program_has_not_ended,
        full_time_study_is_known,
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
                Slot(
                    "cooperative_agreement",
                    _("Agreement between your employer and the university"),
                    _("Only where your program has one."),
                    required=False,
                    approver_sees=True,
                ),
                Slot("passport", _("Passport, page with your photo"), required=False),
                Slot("i94", _("I-94 print-out"), _("From the CBP I-94 website."), required=False),
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
        Step(_("We check the request and authorize CPT in SEVIS."), SHORT_NAME),
        Step(_("Download the new I-20, compare employer and dates, and sign it."), _("You")),
        Step(_("Start on or after the first day printed, stop on the last."), _("You")),
        Step(_("Ask again before employer, dates or hours change."), _("You")),
    )
    stock_reasons = (
        _("The offer letter does not show the work address."),
        _("The offer letter does not show the first and last day."),
        _("The offer letter does not show the hours a week."),
        _("The offer letter has no signature."),
        _("The offer letter does not name the supervisor."),
        _("Full time and part time do not agree with the hours."),
        _("The dates lie outside your program."),
        _("CPT cannot be given for days that have passed."),
        _("The dates differ between your answers and the letter."),
        _("The address is not a physical address."),
        _("You are not registered for the course."),
        _("Tell us more about how the work relates to your major."),
    )

    def request_window(self, facts, policy):
        """After one academic year of full-time study, until the program ends."""
        return cpt_requests(facts)

    def purpose(self, answers):
        """One request for one employer and start; a new employer is a new request."""
        employer = " ".join(str(answers.get("employer_name") or "").casefold().split())
        start = str(answers.get("start_date") or "")
        return f"{employer}|{start}"[:255] if employer and start else ""

    def effective_dates(self, cleaned):
        """The first and the last day of work."""
        return cleaned.get("start_date"), cleaned.get("end_date")

    def effects(self, cleaned, facts, today):
        """Completion adds the authorization, which the day counter counts, and a new I-20."""
        return [
            AuthorizeEmployment(
                kind="CPT",
                employer=cleaned["employer_name"],
                address=_work_site(cleaned),
                start=cleaned["start_date"],
                end=cleaned["end_date"],
                full_time=cleaned["full_part"] == "full",
                details={
                    "hours_per_week": cleaned["hours_per_week"],
                    "job_title": cleaned["job_title"],
                    "relevance": cleaned["relevance"],
                    "remarks": cleaned["remarks"],
                },
            ),
            IssueForm("cpt", employment_note=_printed(cleaned)),
        ]

    def sevis_entries(self, cleaned, facts):
        """One event; SEVIS knows no change of it, only Cancel and Add."""
        site = _work_site(cleaned)
        values = (
            (_("Start date"), sevis_day(cleaned["start_date"])),
            (_("End date"), sevis_day(cleaned["end_date"])),
            (_("Full or part time"), full_part_value(cleaned["full_part"] == "full")),
            (_("Employer name"), cleaned["employer_name"]),
            (_("Employer address: street"), site["line1"]),
            (_("Employer address: city"), site["city"]),
            (_("Employer address: state"), site["state"]),
            (_("Employer address: ZIP code"), site["postal_code"]),
            (_("Course relevance"), cleaned["relevance"]),
            (_("Employment remarks"), cleaned["remarks"]),
        )
        return (SevisEntry("CPTEmployment Add", values),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Nobody works before the authorization: 8 CFR 214.2(f)(10)(i)."""
        return min(address_record_due(reported_on), cleaned["start_date"])

    def differences(self, cleaned, confirmed):
        """Hours of work are those the department recommends."""
        said, asked = confirmed.get("recommended"), cleaned.get("full_part")
        if not (said and asked) or said == asked:
            return ()
        words = {"full": _("full time"), "part": _("part time")}
        reason = _(
            "The approver recommends %(theirs)s, the student asks for %(own)s. Settle which one "
            "is right."
        ) % {"theirs": words[said], "own": words[asked]}
        return ((_("Full time or part time"), reason),)

    def panel(self, situation):
        """Count the days used at this level and after this request, before they cost OPT."""
        facts, policy = situation.facts, situation.policy
        used = facts.cpt_full_time_days
        rows = [(_("Full-time CPT used"), *_of_limit(used, policy))]
        start, end, is_full = _asked(situation.answers)
        if start and end and start <= end:
            if is_full:
                after = full_time_days_with(facts, start, end)
                rows.append((_("Full-time CPT after this request"), *_of_limit(after, policy)))
            rows.append((_("Days in this request"), _days(days_in(start, end)), ""))
        rows.append(
            (
                _("Part-time CPT used"),
                _("%(used)d days (no limit)") % {"used": facts.cpt_part_time_days},
                "",
            )
        )
        return rows + _warnings(situation)


def _days(number):
    return _("%(days)d days") % {"days": number}


def _of_limit(days, policy):
    """Return days of those one may have, and the tone of how near the limit is."""
    limit = policy["full_time_day_limit"]
    words = _("%(used)d of %(most)d days") % {"used": days, "most": limit - 1}
    if days >= limit:
        return words, "bad"
    return words, "warn" if days >= policy["full_time_day_warning"] else "ok"


def _asked(answers):
    """Return the first and last day and whether it is full time, as typed so far."""
    full = answers.get("full_part") == "full"
    return day_in(answers, "start_date"), day_in(answers, "end_date"), full


def _warnings(situation):
    """Return rows for what is allowed but needs a word with the office."""
    facts, answers, policy = situation.facts, situation.answers, situation.policy
    rows = []
    start, end, is_full = _asked(answers)
    if is_full and start and end and facts.term_start and facts.term_end:
        overlaps = start <= facts.term_end and end >= facts.term_start
        if overlaps and policy["part_time_in_term"]:
            rows.append((_("During the term"), _("Our policy is part time only"), "warn"))
    share = 100 if answers.get("work_mode") == REMOTE else 0
    if answers.get("work_mode") == HYBRID and str(answers.get("remote_share") or "").isdecimal():
        share = int(answers["remote_share"])
    if share > policy["remote_share"]:
        most = _("Our policy is at most %(most)d percent") % {"most": policy["remote_share"]}
        rows.append((_("Remote work"), most, "warn"))
    return rows


def _work_site(cleaned):
    return {
        "line1": cleaned["site_street"],
        "city": cleaned["site_city"],
        "state": cleaned["site_state"],
        "postal_code": cleaned["site_postal_code"],
    }


def _printed(cleaned):
    """Return the line of work as page 2 of the I-20 prints it, in the words of SEVIS."""
    hours = "full-time" if cleaned["full_part"] == "full" else "part-time"
    start, end = sevis_day(cleaned["start_date"]), sevis_day(cleaned["end_date"])
    return f"CPT {hours}, {cleaned['employer_name']}, {start} - {end}"

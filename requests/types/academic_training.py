"""Academic training: work of J-1 students that belongs to their studies, during or after them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import AuthorizeEmployment, ChangeRecord, IssueForm
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.eligibility import (
    check_in_is_done,
    program_has_not_ended,
    sevis_status_is,
    visa_class_is,
)
from ..rules.exchange import (
    CITATION,
    POST,
    PRE,
    exchange_visitors_are_students,
    has_completed_studies,
    studies_ended_on,
    training_days_allowed,
    training_last_day,
    training_start_window,
)
from ..rules.family import family_with_forms
from ..rules.sevis import sevis_day
from ..rules.training import academic_training_used
from ..rules.verdict import Standing, Verdict
from ..rules.windows import in_words
from ..type_forms.academic_training import (
    DatesForm,
    MoneyForm,
    PlanForm,
    TrainingQuestionnaire,
    WorkForm,
)
from ..type_forms.approver import ApproverForm


def training_is_left(facts, today, policy):
    """Somebody who has used all of it cannot ask for more."""
    if facts.program_start is None:
        return Verdict(
            Standing.NEEDS,
            str(_("Your record has no program start date yet. Write to us so that we can add it.")),
            citation=CITATION,
        )
    timings = (POST,) if has_completed_studies(facts, today) else (PRE, POST)
    for timing in timings:
        first = training_start_window(facts, today, timing).first
        last, _why = training_last_day(facts, timing, policy, first)
        if first <= last:
            return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        str(_("You have used all academic training of your program: %(used)d days."))
        % {"used": academic_training_used(facts)},
        citation=CITATION,
        cure=str(_("A new program. Speak with our office about other ways to work.")),
    )


def needs_funds_proof(answers):
    """Whoever lives on other money than the pay shows it."""
    return bool(str(answers.get("funding_source") or "").strip())


class AcademicTraining(RequestType):
    """Written permission for one training with one employer, between two dates."""

    key = "academic_training"
    title = _("Academic training")
    summary = _("Work or an internship related to your studies, during or after your program.")
    icon = "award"
    topic = _("Work")
    audience = _("J-1 students")
    also_called = (
        "AT",
        "J-1 academic training",
        "internship",
        "work after graduation",
        "J-1 work",
        "practical training",
    )
    citation = CITATION
    releases = _("DS-2019 and academic training letter")
    sevis_event = "Academic Training"
    target_days = 10
    policies = {
        "months": Policy(_("Longest training"), 18, 1, 18, _("months"), "22 CFR 62.23(f)(4)(i)"),
        "postdoctoral_months": Policy(
            _("Longest training after a doctorate"),
            36,
            1,
            36,
            _("months"),
            "22 CFR 62.23(f)(4)(ii)",
        ),
        "non_degree_months": Policy(
            _("Longest program and training without a degree"), 24, 1, 24, _("months"), CITATION
        ),
        "remote_share": Policy(
            _("Largest remote share"), 40, 0, 40, _("percent"), _("State Department, June 2023")
        ),
        "living_costs_a_month": Policy(
            _("Proof of funds is needed below a pay of"),
            2334,
            0,
            20_000,
            _("US dollars a month"),
            _("Office practice"),
        ),
        "lead_days": Policy(
            _("Ask this long before the program ends"), 21, 0, 120, _("days"), _("Office practice")
        ),
    }
    rules = (
        visa_class_is("J-1", citation=CITATION),
        exchange_visitors_are_students,
        sevis_status_is("active", citation=CITATION),
        check_in_is_done,
        program_has_not_ended,
        training_is_left,
    )
    pages = (
        FormPage("training", _("The training"), WorkForm),
        FormPage("dates", _("Dates and hours"), DatesForm),
        FormPage("plan", _("Your plan"), PlanForm),
        FormPage("money", _("Pay and insurance"), MoneyForm),
        FormPage("approver", _("Who approves"), ApproverForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "offer_letter",
                    _("Offer letter"),
                    _(
                        "On letterhead, with first and last day, hours a week, pay, address and "
                        "supervisor."
                    ),
                    approver_sees=True,
                ),
                Slot(
                    "recommendation",
                    _("Letter of your dean or academic advisor"),
                    _("Only if this person prefers a letter to our questions."),
                    required=False,
                ),
                Slot(
                    "passport",
                    _("Passport, page with your photo"),
                    _("Valid for six months or more."),
                ),
                Slot("i94", _("Form I-94, newest entry")),
                Slot(
                    "insurance",
                    _("Proof of health insurance"),
                    _("It must cover every day of the training."),
                ),
                Slot(
                    "funds_proof",
                    _("Proof of the other money you live on"),
                    asked_if=needs_funds_proof,
                ),
            ),
        ),
    )
    approval_steps = (ApprovalStep(_("Dean or academic/program advisor"), TrainingQuestionnaire),)
    attestations = (
        _("I will not start before I hold the letter that permits this training."),
        _("I keep health insurance that meets the J-1 rules until my last day of training."),
        _("I report a change of employer, hours, dates or address within 10 days."),
        _("I know that part-time training uses up my months like full-time training."),
    )
    steps = (
        Step(_("Speak with your dean or academic/program advisor about the training."), _("You")),
        Step(_("Get an offer letter with dates, hours, pay, address and supervisor."), _("You")),
        Step(_("Write the plan: goals, tasks, and how it belongs to your studies."), _("You")),
        Step(
            _("Your dean or academic/program advisor recommends it from an e-mail."),
            _("Academic/program advisor"),
        ),
        Step(_("We check the limits and your insurance and record it in SEVIS."), SHORT_NAME),
        Step(_("Download the DS-2019 and the letter before your end date."), _("You")),
        Step(
            _("Begin on the first day of the letter; after completion, within 30 days."), _("You")
        ),
        Step(_("Report every change within 10 days."), _("You")),
    )
    stock_reasons = (
        _("The offer letter does not show the hours a week."),
        _("The offer letter does not show the first and last day."),
        _("The offer letter does not name the supervisor, or the address of the training."),
        _("The training lasts longer than your program."),
        _("There is a gap between this training and the one before."),
        _("Your health insurance ends before the training."),
        _("The dates differ between your answers and the letter."),
        _("Tell us more about how the training relates to your major."),
        _("The funds are too low for the months of the training."),
        _("Your passport expires soon. Upload the new one if you have it."),
    )

    def purpose(self, answers):
        """One request for one employer and start; a new employer is a new request."""
        employer = " ".join(str(answers.get("employer_name") or "").casefold().split())
        start = str(answers.get("start_date") or "")
        return f"{employer}|{start}"[:255] if employer and start else ""

    def deadline(self, facts, policy):
        """It is authorized before the DS-2019 ends: 22 CFR 62.23(f)."""
        return facts.program_end

    def effective_dates(self, cleaned):
        """The first and the last day of training."""
        return cleaned.get("start_date"), cleaned.get("end_date")

    def effects(self, cleaned, facts, today):
        """Add the training, move the DS-2019's end with it after completion, and print it."""
        start, end = cleaned["start_date"], cleaned["end_date"]
        changes = {"insurance_end": cleaned["insurance_until"]}
        if _moves_program_end(cleaned, facts):
            changes |= {"program_end": end, "expected_graduation": studies_ended_on(facts)}
        return [
            AuthorizeEmployment(
                kind="AT",
                start=start,
                end=end,
                full_time=cleaned["hours_per_week"] > 20,
                employer=cleaned["employer_name"],
                address=_address(cleaned),
                completion=cleaned["timing"],
                details={
                    "hours_per_week": cleaned["hours_per_week"],
                    "job_title": cleaned["job_title"],
                },
            ),
            ChangeRecord(changes),
            IssueForm(
                "at",
                dependents=tuple(each.id for each in family_with_forms(facts, today)),
                employment_note=f"Academic training, {cleaned['employer_name']}, {start} – {end}",
            ),
        ]

    def sevis_entries(self, cleaned, facts):
        """Academic training is keyed by hand; after completion the program end date follows."""
        start, end = cleaned["start_date"], cleaned["end_date"]
        address = _address(cleaned)
        entries = [
            SevisEntry(
                "Academic Training",
                (
                    (_("Employer"), cleaned["employer_name"]),
                    (_("Street"), address["line1"]),
                    (_("City"), address["city"]),
                    (_("State"), address["state"]),
                    (_("ZIP code"), address["postal_code"]),
                    (_("Supervisor"), cleaned["supervisor_name"]),
                    (_("Start date"), sevis_day(start)),
                    (_("End date"), sevis_day(end)),
                    (_("Hours a week"), str(cleaned["hours_per_week"])),
                ),
            )
        ]
        if _moves_program_end(cleaned, facts):
            entries.append(
                SevisEntry("Program Extension", ((_("New program end date"), sevis_day(end)),))
            )
        site = tuple((label, value) for label, value in entries[0].values[:5])
        return (*entries, SevisEntry("Site of Activity Add", site))

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """It stands in SEVIS before the work begins and before the DS-2019 ends."""
        days = [facts.program_end]
        if cleaned.get("start_date"):
            days.append(cleaned["start_date"] - timedelta(days=1))
        return min(day for day in days if day) if any(days) else None

    def panel(self, situation):
        """Count the days used of the limit, and say until when to ask."""
        facts, policy = situation.facts, situation.policy
        if not (facts.program_start and facts.program_end):
            return []
        used, most = academic_training_used(facts), training_days_allowed(facts, policy)
        ask_by = facts.program_end - timedelta(days=policy["lead_days"])
        rows = [
            (
                _("Academic training used"),
                _("%(used)d of %(most)d days") % {"used": used, "most": most},
                "bad" if used >= most else "ok",
            ),
            (
                _("Best sent by"),
                in_words(ask_by),
                "warn" if situation.today > ask_by else "",
            ),
            (_("Permission is needed by"), in_words(facts.program_end), ""),
        ]
        expiry = facts.passport_expiry
        if expiry and expiry < situation.today + timedelta(days=183):
            rows.append((_("Your passport expires on"), in_words(expiry), "warn"))
        return rows


def _moves_program_end(cleaned, facts):
    """Whether the DS-2019 has to end later: training after completion ends with it."""
    return cleaned["timing"] == POST and (
        facts.program_end is None or cleaned["end_date"] > facts.program_end
    )


def _address(cleaned):
    parts = {"line1": "street", "city": "city", "state": "state", "postal_code": "postal_code"}
    return {part: cleaned[f"training_{name}"] for part, name in parts.items()}

"""Optional Practical Training: the I-20 with which a student asks USCIS for a year of work."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import AuthorizeEmployment, ChangeRecord, IssueForm
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.dates import address_record_due, days_in, opt_filing_window
from ..rules.eligibility import check_in_is_done, sevis_status_is, visa_class_is
from ..rules.optional_training import (
    CPT_LIMIT,
    OPT,
    filing_window,
    full_time_study_is_known,
    not_too_much_full_time_cpt,
    nothing_is_undecided,
    opt_end_by,
    opt_is_left,
    opt_requests,
)
from ..rules.sevis import sevis_day
from ..rules.training import opt_used
from ..rules.windows import DateLine, in_words
from ..type_forms.approver import ApproverForm
from ..type_forms.employer import (
    PlannedEmployerForm,
    employer_address,
    employer_values,
    full_part_value,
    reported_job,
)
from ..type_forms.opt import POST, PRE, DatesForm, PlanForm, completion_of
from ..type_forms.opt_filing import CardForm, CompletionQuestionnaire, HistoryForm


class Opt(RequestType):
    """Twelve months of work related to the major, before or after completion."""

    key = "opt"
    title = _("Optional Practical Training (OPT)")
    summary = _("Get the I-20 with which you ask USCIS for up to 12 months of work.")
    icon = "graduation-cap"
    topic = _("Work")
    audience = _("F-1 students")
    also_called = ("work after graduation", "I-765", "EAD", "practical training", "post-completion")
    citation = OPT
    releases = _("I-20 with OPT recommendation")
    sevis_event = "OPTEmployment"
    target_days = 7
    policies = {
        "request_opens": Policy(
            _("Requests for OPT after completion open before the program end"),
            *(100, 90, 180),
            _("days"),
            _("Office practice"),
        ),
        "pre_completion_opens": Policy(
            _("Requests for OPT before completion open before the program end"),
            *(100, 0, 1500),
            _("days"),
            _("Office practice"),
        ),
        "grace_days": Policy(
            _("Grace period after the program end"), 60, 0, 60, _("days"), "8 CFR 214.2(f)(5)(iv)"
        ),
        # The law's own limit. CPT has a number of its own, which the office may set lower to keep
        # people away from this one; whoever went beyond that still has OPT.
        "full_time_cpt_limit": Policy(
            _("Full-time CPT days that end OPT"), 365, 365, 366, _("days"), CPT_LIMIT
        ),
    }
    rules = (
        visa_class_is("F-1", citation=OPT),
        sevis_status_is("active", citation=OPT),
        check_in_is_done,
        full_time_study_is_known,
        not_too_much_full_time_cpt,
        nothing_is_undecided("OPT"),
        opt_is_left,
    )
    pages = (
        FormPage("plan", _("Your plan"), PlanForm),
        FormPage("dates", _("Dates of OPT"), DatesForm),
        FormPage("history", _("Earlier training"), HistoryForm),
        FormPage("card", _("Your card from USCIS"), CardForm),
        FormPage("employer", _("Your employer, if you have one"), PlannedEmployerForm),
        FormPage("approver", _("Who approves"), ApproverForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot("passport", _("Passport, page with your photo")),
                Slot(
                    "visa_page",
                    _("Visa page"),
                    _("Not needed if you need no visa."),
                    required=False,
                ),
                Slot("i94", _("I-94 print-out"), _("From the CBP I-94 website, newest entry.")),
                Slot("form_page", _("Page 1 of your I-20, signed by you")),
                Slot(
                    "earlier_i20s",
                    _("Earlier I-20s with CPT or OPT"),
                    _("All of them in one file."),
                    required=False,
                ),
                Slot("earlier_ead", _("Earlier EAD cards, both sides"), required=False),
                Slot(
                    "draft_i765",
                    _("Draft of Form I-765"),
                    _("We look for mistakes. Do not file it before you have the new I-20."),
                    required=False,
                ),
            ),
        ),
    )
    approval_steps = (ApprovalStep(_("Academic/program advisor"), CompletionQuestionnaire),)
    attestations = (
        _("I will file Form I-765 within 30 days of the recommendation, while USCIS takes it."),
        _("I will not work before I have the EAD card and its first day has come."),
        _("I know that OPT ends after 90 days without work."),
        _("I will report every job and every new address within 10 days."),
        _("I know that I may not be able to take OPT back once USCIS approved it."),
    )
    steps = (
        Step(_("Check your completion date with your academic/program advisor."), _("You")),
        Step(_("Choose first and last day; the form shows what is possible."), _("You")),
        Step(_("Answer the questions, upload the files and submit."), _("You")),
        Step(
            _("Your academic/program advisor confirms the completion date from an e-mail."),
            _("Academic/program advisor"),
        ),
        Step(_("We recommend OPT in SEVIS and release the new I-20."), SHORT_NAME),
        Step(_("Print the I-20 and sign it."), _("You")),
        Step(
            _(
                "File Form I-765 with USCIS at once: within 30 days of our recommendation and "
                "while USCIS takes it."
            ),
            _("You"),
        ),
        Step(_("Send us the receipt notice, and later your EAD card."), _("You")),
        Step(_("Do not work before the first day on the EAD card."), _("You")),
        Step(_("Report every job within 10 days."), _("You")),
    )
    stock_reasons = (
        _("The first day of OPT is more than 60 days after your program ends."),
        _("Your completion date is the last day of your last term, not the ceremony."),
        _("It is too late to file with USCIS in time. Speak with our office today."),
        _("The name differs from your passport."),
        _("Your I-20 is not signed."),
        _("Part of your 12 months is used already. Choose an earlier last day."),
        _("You have 12 months or more of full-time CPT at this level."),
        _("This person is not the right approver. Name another one."),
        _("The scan is not readable."),
    )

    def request_window(self, facts, policy):
        """The office's own time, which is not the one of USCIS."""
        return opt_requests(facts, policy)

    def date_lines(self, situation):
        """Show the filing time of USCIS as a line of its own, right after the office's."""
        lines = super().date_lines(situation)
        completion = completion_of(situation)
        if completion and situation.answers.get("opt_kind") != PRE:
            line = DateLine("", _("When USCIS takes your filing"), filing_window(completion))
            lines.insert(1, line)
        return lines

    def deadline(self, facts, policy):
        """The last day on which OPT after completion can be asked for."""
        window = opt_requests(facts, policy)
        return window and window.last

    def effective_dates(self, cleaned):
        """The first and the last day of OPT."""
        return cleaned.get("requested_start"), cleaned.get("requested_end")

    def effects(self, cleaned, facts, today):
        """Completion keeps what was recommended; it counts once USCIS approved it.

        The EAD changes the status to approved and brings the real dates.
        """
        start, end = cleaned["requested_start"], cleaned["requested_end"]
        kind, completion = cleaned["opt_kind"], cleaned["completion_date"]
        named = names_job(cleaned)
        declared = [
            AuthorizeEmployment(
                kind="OPT",
                completion=kind,
                status="requested",
                start=start,
                end=end,
                full_time=is_full_time(cleaned),
                employer=cleaned["employer_name"] if named else "",
                address=employer_address(cleaned) if named else {},
                is_recommended=True,
                job=reported_job(cleaned, max(start, cleaned["job_start"]), today) if named else {},
            ),
            IssueForm("opt", employment_note=_note(kind, start, end)),
        ]
        if shortens_program(cleaned, facts):
            declared.insert(0, ChangeRecord({"program_end": completion}))
        return declared

    def sevis_entries(self, cleaned, facts):
        """Shorten the program where it ends earlier, then add OPT."""
        entries = []
        if shortens_program(cleaned, facts):
            entries.append(
                SevisEntry(
                    "Program Shorten",
                    ((_("New program end date"), sevis_day(cleaned["completion_date"])),),
                )
            )
        values = (
            (_("Start date"), sevis_day(cleaned["requested_start"])),
            (_("End date"), sevis_day(cleaned["requested_end"])),
            (_("Full or part time"), full_part_value(is_full_time(cleaned))),
            (_("Academic year met"), "Y" if cleaned["academic_year_met"] == "yes" else "N"),
            (
                _("Completion type"),
                "02 post-completion" if cleaned["opt_kind"] == POST else "01 pre-completion",
            ),
        )
        if names_job(cleaned):
            start = max(cleaned["requested_start"], cleaned["job_start"])
            values += employer_values(cleaned, start)
        return (*entries, SevisEntry("OPTEmployment Add", values))

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """The recommendation must stand in SEVIS while the student can still file."""
        due = address_record_due(reported_on)
        start, completion = cleaned.get("requested_start"), cleaned.get("completion_date")
        if cleaned.get("opt_kind") == PRE:
            return min(due, start) if start else due
        return min(due, opt_filing_window(completion)[1]) if completion else due

    def differences(self, cleaned, confirmed):
        """The day on which studies end must be the one the department confirms."""
        said, completion = confirmed.get("completion_date"), cleaned.get("completion_date")
        if not (said and completion) or said == completion.isoformat():
            return ()
        reason = _("The approver says %(theirs)s, the student %(own)s. Settle which one is right.")
        days = {"theirs": in_words(date.fromisoformat(said)), "own": in_words(completion)}
        return ((_("Completion date"), reason % days),)

    def panel(self, situation):
        """Show what is left of the 12 months, when USCIS takes the filing, and the CPT days."""
        facts, completion = situation.facts, completion_of(situation)
        rows = [(_("OPT left at this level"), *_left(facts, completion or situation.today))]
        if completion and situation.answers.get("opt_kind") != PRE:
            first, last = opt_filing_window(completion)
            rows.append(
                (
                    _("USCIS takes Form I-765"),
                    _("%(first)s to %(last)s, and within 30 days of our I-20")
                    % {"first": in_words(first), "last": in_words(last)},
                    "",
                )
            )
        shortens = situation.answers.get("opt_kind") != PRE and facts.program_end
        if completion and shortens and completion < facts.program_end:
            rows.append(
                (
                    _("Your completion date differs from your I-20"),
                    _("We shorten your program to %(date)s first; this cannot be taken back.")
                    % {"date": in_words(completion)},
                    "",
                )
            )
        limit, used = situation.policy["full_time_cpt_limit"], facts.cpt_full_time_days
        rows.append(
            (
                _("Full-time CPT used"),
                _("%(used)d of %(most)d days") % {"used": used, "most": limit - 1},
                "ok" if used < limit else "bad",
            )
        )
        return rows


def is_full_time(cleaned):
    """Tell whether SEVIS gets full time; OPT after completion always is."""
    return cleaned["opt_kind"] == POST or cleaned.get("opt_full_part") == "full"


def names_job(cleaned):
    """Tell whether a job is named that goes on once OPT has begun.

    The dates of OPT may have been corrected while the page of the job was locked.
    """
    ends = cleaned.get("job_end")
    return bool(cleaned.get("employer_name")) and not (ends and ends < cleaned["requested_start"])


def shortens_program(cleaned, facts):
    """Tell whether the program must end earlier in SEVIS before OPT after it is added."""
    ends = facts.program_end
    return bool(cleaned["opt_kind"] == POST and ends and cleaned["completion_date"] < ends)


def _left(facts, start):
    """Say what is left of the 12 months when OPT begins on ``start``."""
    used = opt_used(facts)
    left = days_in(start, opt_end_by(start, used))
    if used == 0:
        return _("12 months"), "ok"
    if left < 1:
        return _("Nothing"), "bad"
    return _("%(left)d days (12 months less %(used)d)") % {"left": left, "used": used}, "warn"


def _note(kind, start, end):
    return f"OPT ({kind}-completion) {start.isoformat()} – {end.isoformat()}"

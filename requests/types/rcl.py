"""Reduced course load: fewer courses than full time in one term, permitted beforehand."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import CourseLoadReason

from ..effects import ChangeRecord, IssueForm, ReduceLoad
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.course_load import (
    CITATION,
    EXCHANGE_CITATION,
    FINAL_TERM,
    MEDICAL,
    MEDICAL_CITATION,
    difficulty_was_used,
    full_load,
    is_in_present_term,
    medical_days_used,
)
from ..rules.dates import address_record_due
from ..rules.eligibility import (
    check_in_is_done,
    program_end_is_known,
    sevis_status_is,
    visa_class_is,
)
from ..rules.exchange import exchange_visitors_are_students, studies_ended_on
from ..rules.sevis import sevis_day
from ..rules.windows import Window
from ..type_forms.rcl import (
    LoadApproverForm,
    LoadForm,
    LoadQuestionnaire,
    ReasonForm,
    asks_approver,
)

BOTH = f"{CITATION}; {EXCHANGE_CITATION}"


def is_ill(answers):
    """Whether the reason is an illness, which a clinician documents."""
    return answers.get("reason") == MEDICAL


def is_last_term(answers):
    """Whether fewer courses are left than a full load has."""
    return answers.get("reason") == FINAL_TERM


class Rcl(RequestType):
    """Fewer courses in one term: for difficulty at the start, an illness, or the last term."""

    key = "rcl"
    title = _("Reduced course load")
    summary = _("Ask before you drop below full time, so that you keep your status.")
    icon = "circle-minus"
    topic = _("Program")
    audience = _("F-1 and J-1 students")
    also_called = (
        *("RCL", "drop a course", "part time study", "below full time", "medical leave"),
        *("last semester", "underload"),
    )
    citation = BOTH
    releases = _("I-20 with the reduced load, or a letter for J-1")
    sevis_event = "AuthDropBelowFC"
    target_days = 5
    policies = {
        "undergraduate_credits": Policy(
            _("Full load of undergraduates"),
            *(12, 12, 24),
            _("credits"),
            "8 CFR 214.2(f)(6)(i)(B)",
        ),
        "graduate_credits": Policy(
            _("Full load of graduate students"),
            *(9, 1, 24),
            _("credits"),
            "8 CFR 214.2(f)(6)(i)(A)",
        ),
        "medical_months": Policy(
            _("Reduced load for illness at one level"), 12, 1, 12, _("months"), MEDICAL_CITATION
        ),
        "term_months": Policy(
            _("Longest term we permit at once"), 5, 2, 6, _("months"), _("Office practice")
        ),
    }
    rules = (
        visa_class_is("F-1", "J-1", citation=BOTH),
        exchange_visitors_are_students,
        sevis_status_is("active", citation=BOTH),
        check_in_is_done,
        program_end_is_known,
    )
    pages = (
        FormPage("reason", _("The reason"), ReasonForm),
        FormPage("load", _("Term and credits"), LoadForm),
        FormPage("approver", _("Who approves"), LoadApproverForm, asked_if=asks_approver),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "medical_letter",
                    _("Medical letter"),
                    _(
                        "By a physician or clinical psychologist licensed in the United States, "
                        "with the load and the period. Only our office reads it."
                    ),
                    asked_if=is_ill,
                ),
                Slot(
                    "degree_audit",
                    _("Degree audit"),
                    _("It shows what is left of your degree."),
                    asked_if=is_last_term,
                    approver_sees=True,
                ),
                Slot(
                    "schedule",
                    _("Your courses this term"),
                    required=False,
                    approver_sees=True,
                ),
            ),
        ),
    )
    approval_steps = (ApprovalStep(_("Academic/program advisor"), LoadQuestionnaire),)
    attestations = (
        _("I do not drop a course before this request is approved."),
        _("I work on campus 20 hours a week at most while the term lasts."),
        _("I study full time again in the next required term, unless this is my last one."),
    )
    steps = (
        Step(_("Stay registered full time until you hear from us."), _("You")),
        Step(_("Choose the reason and say what you want to drop."), _("You")),
        Step(
            _("Your academic/program advisor confirms it. For an illness a clinician writes."),
            _("Academic/program advisor"),
        ),
        Step(_("We authorize the reduced load in SEVIS."), SHORT_NAME),
        Step(_("Only now drop the course."), _("You")),
        Step(_("Be full time again next term."), _("You")),
    )
    stock_reasons = (
        _("You dropped the course already. Come to our office today."),
        _("The letter recommends rest but names no number of credits."),
        _("The letter names no period."),
        _("The writer of the letter is not licensed in the United States."),
        _("This is not the term the letter or your advisor speaks of."),
        _("Your program does not end with this term."),
        _("The file is not readable."),
    )

    def asks_approver(self, answers):
        """The department confirms difficulty and the last term, and never hears of an illness."""
        return asks_approver(answers)

    def request_window(self, facts, policy):
        """While the program lasts."""
        ends = studies_ended_on(facts)
        if ends is None:
            return None
        return Window(
            last=ends, why_last=_("After your program no load is required."), citation=BOTH
        )

    def effective_dates(self, cleaned):
        """The term it is for."""
        return cleaned.get("start"), cleaned.get("end")

    def effects(self, cleaned, facts, today):
        """Keep the load with its reason, since every later one is counted against it."""
        written = [ReduceLoad(cleaned["reason"], cleaned["start"], cleaned["end"])]
        if is_in_present_term(facts, cleaned["start"]):
            changes = {"credits": cleaned["credits_after"], "is_full_time": False}
            if is_last_term(cleaned):
                changes["is_last_session"] = True
            written.append(ChangeRecord(changes))
        if facts.visa_class == "F-1":
            written.append(IssueForm("updated"))
        return written

    def sevis_entries(self, cleaned, facts):
        """SEVIS has an event for F-1; of J-1 the office keeps the permission in its own file."""
        reason = CourseLoadReason(cleaned["reason"])
        values = (
            (_("Reason"), f"{reason.value} {reason.label}"),
            (_("Start date"), sevis_day(cleaned["start"])),
            (_("End date"), sevis_day(cleaned["end"])),
        )
        if facts.visa_class == "J-1":
            return (SevisEntry("Reduced load, J-1: no event, note it in the file", values),)
        remark = " ".join((cleaned.get("explanation") or "").split())
        if remark and reason != MEDICAL:
            values = (*values, (_("Remarks"), remark))
        return (SevisEntry("AuthDropBelowFC Add", values),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Within 21 days, and while the term lasts: 8 CFR 214.3(g)(2)(ii)."""
        due, end = address_record_due(reported_on), cleaned.get("end")
        return min(due, end) if end else due

    def differences(self, cleaned, confirmed):
        """Reason and credits are those the department confirms."""
        found = []
        said, reason = confirmed.get("reason_confirmed"), cleaned.get("reason")
        if said and reason and said != reason:
            words = dict(CourseLoadReason.choices)
            theirs, own = (f"“{words.get(each, each)}”" for each in (said, reason))
            found.append((_("Reason"), _settle(theirs, own)))
        said, after = confirmed.get("credits_after"), cleaned.get("credits_after")
        if said not in (None, "") and after is not None and str(said) != str(after):
            found.append((_("Credits after the change"), _settle(said, after)))
        return tuple(found)

    def panel(self, situation):
        """Show the full load, and what was used at this level."""
        facts, policy, answers = situation.facts, situation.policy, situation.answers
        full = full_load(facts, policy)
        rows = [(_("Full load"), _("%(full)d credits") % {"full": full}, "")]
        after = str(answers.get("credits_after") or "")
        if after.isdecimal():
            words = _("%(after)d of %(full)d credits") % {"after": int(after), "full": full}
            rows.append((_("After the change"), words, ""))
        used, months = medical_days_used(facts), policy["medical_months"]
        rows.append(
            (
                _("Illness, used at this level"),
                _("%(used)d days of %(months)d months") % {"used": used, "months": months},
                "warn" if used else "ok",
            )
        )
        difficulty = difficulty_was_used(facts)
        rows.append(
            (
                _("Academic difficulty at this level"),
                _("Used") if difficulty else _("Not used"),
                "bad" if difficulty else "ok",
            )
        )
        if answers.get("has_campus_job") == "yes":
            rows.append((_("Your campus job"), _("At most 20 hours a week in the term"), "warn"))
        return rows


def _settle(theirs, own):
    words = _("The approver says %(theirs)s, the student %(own)s. Settle which one is right.")
    return words % {"theirs": theirs, "own": own}

"""Program extension: more time before the I-20 or DS-2019 ends."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import ChangeRecord, IssueForm, StateFunding
from ..form_fields import dollars
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.eligibility import (
    check_in_is_done,
    program_end_is_known,
    sevis_status_is,
    visa_class_is,
)
from ..rules.exchange import (
    exchange_visitors_are_students,
    has_completed_studies,
    post_completion_training,
)
from ..rules.family import family_with_forms
from ..rules.sevis import sevis_day
from ..rules.training import post_completion_opt
from ..rules.verdict import Standing, Verdict
from ..rules.windows import Window, in_words
from ..type_forms.approver import ApproverForm
from ..type_forms.money_lines import COSTS, MEANS, typed_total
from ..type_forms.program_extension import (
    CITATION,
    COMPELLING,
    MEDICAL,
    DateForm,
    ExtensionQuestionnaire,
    FundingForm,
    StudiesForm,
    extra_months,
    new_end_window,
)

BOTH = f"{CITATION}; 22 CFR 62.43"


def studies_are_not_completed(facts, today, policy):
    """Academic training after completion is prolonged by more training, not by an extension."""
    if not post_completion_training(facts):
        return None
    reason = _("You have completed your program. For more training, ask for academic training.")
    if not has_completed_studies(facts, today):
        reason = _(
            "Your academic training after completion is permitted already. Speak with our "
            "office before you need more time for your program."
        )
    return Verdict(Standing.NOT_FOR_YOU, str(reason), citation="22 CFR 62.23(f)")


def is_medical(answers):
    """Whether the reason is an illness, which a medical letter documents."""
    return answers.get("reason") == MEDICAL


def needs_insurance(answers):
    """Whether the request asked for insurance: it asks J-1 students only."""
    return bool(answers.get("insurance_until"))


class ProgramExtension(RequestType):
    """A later program end date, recorded before the present one passes."""

    key = "program_extension"
    title = _("Program extension")
    summary = _("More time for your program, before your I-20 or DS-2019 ends.")
    icon = "calendar-plus"
    topic = _("Program")
    audience = _("F-1 and J-1 students")
    also_called = ("extend I-20", "extend DS-2019", "more time", "program end date", "delay")
    citation = BOTH
    releases = _("I-20 or DS-2019 with the new end date")
    sevis_event = "Program Extension"
    target_days = 10
    policies = {
        "most_months": Policy(
            _("Longest extension at once"), 12, 1, 12, _("months"), _("Office practice")
        ),
        "non_degree_months": Policy(
            _("Longest J-1 stay without a degree"), 24, 1, 24, _("months"), "22 CFR 62.23(f)"
        ),
        "lead_days": Policy(
            _("Ask this long before the program ends"), 30, 0, 120, _("days"), _("Office practice")
        ),
    }
    rules = (
        visa_class_is("F-1", "J-1", citation=BOTH),
        exchange_visitors_are_students,
        sevis_status_is("active", citation=BOTH),
        check_in_is_done,
        program_end_is_known,
        studies_are_not_completed,
    )
    pages = (
        FormPage("date", _("New date and reason"), DateForm),
        FormPage("studies", _("What is left"), StudiesForm),
        FormPage(
            "funding",
            _("Costs and money"),
            FundingForm,
            intro=_("In whole US dollars, for the extra time only."),
        ),
        FormPage("approver", _("Who approves"), ApproverForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "funding_proof",
                    _("Proof of the money"),
                    _("Bank statement, award letter or sponsor’s letter, in English."),
                ),
                Slot("passport", _("Passport, page with your photo"), _("All corners visible.")),
                Slot("i94", _("Form I-94, newest entry")),
                Slot(
                    "insurance",
                    _("Proof of health insurance"),
                    _("It must cover the extra time."),
                    asked_if=needs_insurance,
                ),
                Slot(
                    "medical_letter",
                    _("Medical letter"),
                    _("Only our office reads it. Your academic/program advisor never sees it."),
                    asked_if=is_medical,
                ),
                Slot(
                    "approver_letter",
                    _("Letter of your academic/program advisor"),
                    _("Only if this person prefers a letter to our questions."),
                    required=False,
                    approver_sees=True,
                ),
            ),
        ),
    )
    approval_steps = (ApprovalStep(_("Academic/program advisor"), ExtensionQuestionnaire),)
    attestations = (
        _("I have kept my status all the time, and the delay is not my choice."),
        _("I know that the new date must be in SEVIS before my program end date."),
        _("The money I named is there for the extra time."),
    )
    steps = (
        Step(_("Talk to your academic/program advisor about reason and date."), _("You")),
        Step(_("Collect proof of money for the extra time."), _("You")),
        Step(_("Send the request well before your end date."), _("You")),
        Step(
            _("Your academic/program advisor confirms from an e-mail."),
            _("Academic/program advisor"),
        ),
        Step(_("We extend your program in SEVIS before the end date."), SHORT_NAME),
        Step(_("Download the new I-20 or DS-2019 and sign it."), _("You")),
        Step(_("Look again at dates that hang on it: OPT, insurance, lease."), _("You")),
    )
    stock_reasons = (
        _("Your money does not cover the costs of the extra time."),
        _("The proof of money is too old, not in English, or not available to you."),
        _("The new date is not the end of a term."),
        _("The reason does not count. Tell us what else caused the delay."),
        _("The date of your academic/program advisor differs from yours."),
        _("The medical letter has no signature, no date or no period."),
        _("The file is not readable."),
        _("Please speak with our office about this first."),
    )

    def request_window(self, facts, policy):
        """Until the present end: the new date is in SEVIS before it."""
        if facts.program_end is None:
            return None
        return Window(
            last=facts.program_end,
            why_last=_(
                "The new date must be in SEVIS before your program ends. Afterward only "
                "reinstatement may help: come to our office today."
            ),
            citation=CITATION,
        )

    def deadline(self, facts, policy):
        """The program end date itself."""
        return facts.program_end

    def effective_dates(self, cleaned):
        """It speaks of one day, the new end."""
        return None, cleaned.get("new_end_date")

    def effects(self, cleaned, facts, today):
        """Move the end, keep costs and means, and issue the form to the whole family."""
        changes = {"program_end": cleaned["new_end_date"]}
        if cleaned.get("insurance_until"):
            changes["insurance_end"] = cleaned["insurance_until"]
        lines = {name: cleaned.get(name) or 0 for name in (*COSTS, *MEANS)}
        return [
            ChangeRecord(changes),
            StateFunding(
                {
                    "months": _months(facts, cleaned["new_end_date"]),
                    "other_remark": cleaned.get("other_remark") or "",
                    "received_us_funds": bool(lines["us_government"]),
                    **lines,
                }
            ),
            IssueForm(
                "extension",
                dependents=tuple(each.id for each in family_with_forms(facts, today)),
            ),
        ]

    def sevis_entries(self, cleaned, facts):
        """The extension, then the money: the order SEVIS wants."""
        end = cleaned["new_end_date"]
        months = _months(facts, end)
        explanation = " ".join(cleaned["explanation"].split())
        asked = {**FundingForm.base_fields}
        amounts = tuple(
            (asked[name].label, str(cleaned[name]))
            for name in (*COSTS, *MEANS)
            if cleaned.get(name) is not None
        )
        remark = cleaned.get("other_remark")
        return (
            SevisEntry(
                "Program Extension",
                (
                    (_("New program end date"), sevis_day(end)),
                    (_("Explanation"), explanation),
                ),
            ),
            SevisEntry(
                "FinancialInfo",
                (
                    *(((_("Months"), f"{months:02d}"),) if months else ()),
                    *amounts,
                    *(((asked["other_remark"].label, remark),) if remark else ()),
                ),
            ),
        )

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """It must be in SEVIS before the program ends: 8 CFR 214.2(f)(7)(iii)."""
        return facts.program_end

    def differences(self, cleaned, confirmed):
        """The new end and the reason must be those the department attests: 8 CFR 214.2(f)(7)."""
        found = []
        said, end = confirmed.get("completion_date"), cleaned.get("new_end_date")
        if said and end and said != end.isoformat():
            theirs = in_words(date.fromisoformat(said))
            found.append((_("New program end date"), _settle(theirs, in_words(end))))
        said, reason = confirmed.get("reason_confirmed"), cleaned.get("reason")
        if said and reason and said != reason:
            words = dict(COMPELLING)
            theirs, own = (f"“{words.get(each, each)}”" for each in (said, reason))
            found.append((_("Reason"), _settle(theirs, own)))
        return tuple(found)

    def panel(self, situation):
        """Show the date, until when to ask, and what an extension moves."""
        facts, policy = situation.facts, situation.policy
        if facts.program_end is None:
            return []
        ask_by = facts.program_end - timedelta(days=policy["lead_days"])
        rows = [
            (_("Your program ends"), in_words(facts.program_end), ""),
            (_("Best sent by"), in_words(ask_by), "warn" if situation.today > ask_by else "ok"),
        ]
        window = new_end_window(situation)
        if window.first <= window.last:
            rows.append((_("Latest new date"), in_words(window.last), ""))
        if post_completion_opt(facts):
            rows.append(
                (
                    _("OPT"),
                    _("Its dates hang on your end date. Speak with our office."),
                    "warn",
                )
            )
        if facts.i94_admit_until not in ("", "D/S"):
            rows.append(
                (
                    _("Admitted until"),
                    _("%(date)s. To stay longer you may need Form I-539. Ask our office.")
                    % {"date": facts.i94_admit_until},
                    "warn",
                )
            )
        if cost := typed_total(situation.answers, COSTS):
            means = typed_total(situation.answers, MEANS)
            rows.append(
                (
                    _("Money for the extra time"),
                    _("%(means)s of %(cost)s") % {"cost": dollars(cost), "means": dollars(means)},
                    "ok" if means >= cost else "bad",
                )
            )
        return rows


def _months(facts, new_end):
    """Return the months of the extension; None once the record shows the new end already."""
    ends = facts.program_end
    return extra_months(ends, new_end) if ends and ends < new_end else None


def _settle(theirs, own):
    words = _("The approver says %(theirs)s, the student %(own)s. Settle which one is right.")
    return words % {"theirs": theirs, "own": own}

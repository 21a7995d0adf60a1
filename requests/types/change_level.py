"""Change of level: a new degree at the same school, beside the F-1 record or within the J-1 one."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import EducationLevel

from ..effects import ChangeRecord, CutWork, IssueForm, StateFunding
from ..form_fields import dollars
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.dates import add_months, address_record_due, earliest_entry
from ..rules.eligibility import (
    check_in_is_done,
    program_end_is_known,
    sevis_status_is,
    visa_class_is,
)
from ..rules.exchange import exchange_visitors_are_students, studies_ended_on
from ..rules.family import family_with_forms
from ..rules.leaving import practical_training_ends
from ..rules.next_program import (
    CITATION,
    ENDS_WITH_LEVEL,
    EXCHANGE_CITATION,
    MATRICULATION,
    asking_window,
    months_of,
    no_next_program_yet,
    start_window,
)
from ..rules.sevis import sevis_day
from ..rules.windows import in_words
from ..type_forms.approver import ApproverForm
from ..type_forms.change_level import MET, DatesForm, FirstYearForm, ProgramForm
from ..type_forms.confirming import AdmissionQuestionnaire, asks_approver, other_day
from ..type_forms.money_lines import COSTS, MEANS, typed_total

# The form is issued for money that lasts one year: 8 CFR 214.3(k)(2).
FIRST_YEAR = 12
BOTH = f"{CITATION}; {EXCHANGE_CITATION}"


def family_stays(cleaned):
    """Whether the dependents go on with the new program; without any the question is not asked."""
    return cleaned.get("dependents_stay") != "no"


class ChangeLevel(RequestType):
    """The next degree: its form now, the record's turn at Check-In."""

    key = "change_level"
    title = _("Change of level")
    summary = _("Begin another degree here, with a new I-20 or DS-2019 under your SEVIS ID.")
    icon = "trending-up"
    topic = _("Program")
    audience = _("F-1 and J-1 students")
    also_called = (
        *("change of education level", "new degree", "next degree", "second master", "PhD"),
        *("change of degree level", "CDL", "new I-20", "matriculation", "new DS-2019"),
    )
    citation = BOTH
    releases = _("I-20 or DS-2019 for the new program")
    sevis_event = "EducationLevel Change"
    target_days = 10
    policies = {
        "grace_days": Policy(
            _("F-1 grace period after the program end"),
            60,
            0,
            60,
            _("days"),
            "8 CFR 214.2(f)(5)(iv)",
        ),
        "exchange_gap_days": Policy(
            _("J-1: longest break between two programs"),
            *(120, 0, 150),
            _("days"),
            _("Office practice"),
        ),
        "passport_months": Policy(
            _("Passport valid after the new start"), 6, 0, 12, _("months"), _("Office practice")
        ),
        "asks_approver": asks_approver(
            _("Your new department confirms the admission from an e-mail, too")
        ),
    }
    approver_number = "asks_approver"
    approval_steps = (ApprovalStep(_("Advisor of the new program"), AdmissionQuestionnaire),)
    rules = (
        visa_class_is("F-1", "J-1", citation=BOTH),
        exchange_visitors_are_students,
        sevis_status_is("active", citation=BOTH),
        check_in_is_done,
        program_end_is_known,
        no_next_program_yet,
    )
    pages = (
        FormPage("program", _("Your new program"), ProgramForm),
        FormPage("dates", _("First and last day"), DatesForm),
        FormPage("approver", _("Who confirms it"), ApproverForm, names_approver=True),
        FormPage(
            "funding",
            _("Costs and money"),
            FirstYearForm,
            intro=_("In whole US dollars, for the first year of the new program."),
        ),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "admission_letter",
                    _("Admission letter"),
                    _("It names degree, major and first day."),
                ),
                Slot(
                    "deposit_receipt",
                    _("Receipt of the deposit"),
                    _("If your program asks for one."),
                    required=False,
                ),
                Slot(
                    "funding_proof",
                    _("Proof of the money"),
                    _("Bank statement, award letter or sponsor’s letter, in English."),
                ),
                Slot("passport", _("Passport, page with your photo")),
                Slot(
                    "degree_proof",
                    _("Transcript or diploma of your present degree"),
                    _("The newest one, even if it is not final."),
                ),
            ),
        ),
    )
    attestations = (
        _("I have been admitted to this program and I will begin it."),
        _("I have the money that I named for the first year."),
        _("I know that I must check in again when the new program begins."),
        _("I know that CPT, OPT and academic training end when the new program begins."),
    )
    steps = (
        Step(_("Accept the offer and pay the deposit."), _("You")),
        Step(_("Collect proof of money for one year."), _("You")),
        Step(
            _("Send the request before your grace period ends, on J-1 before your program ends."),
            _("You"),
        ),
        Step(
            _("If our policy asks for it, your new department confirms it from an e-mail."),
            _("Advisor of the new program"),
        ),
        Step(_("We enter the new level in SEVIS and release the new form."), SHORT_NAME),
        Step(_("Sign the new I-20 or DS-2019 and keep the old one."), _("You")),
        Step(_("Check in for the new program, from 30 days before it begins."), _("You")),
        Step(_("We register you. An F-1 record of the old program ends only then."), SHORT_NAME),
    )
    stock_reasons = (
        _("The admission letter does not name degree, major and first day."),
        _("Your money does not cover the first year."),
        _("The new program begins more than five months after the old one ends."),
        _("Your present program ends later. Ask for early completion first."),
        _("Your passport expires too soon after the new start."),
        _("The level stays the same and so does the program. Ask for a change of major."),
        _("The file is not readable."),
    )

    def request_window(self, facts, policy):
        """Until the last day of the grace period, for J-1 until the program ends."""
        return asking_window(facts, policy)

    def deadline(self, facts, policy):
        """The last day on which it may be asked."""
        window = asking_window(facts, policy)
        return window and window.last

    def effective_dates(self, cleaned):
        """The new program."""
        return cleaned.get("new_start"), cleaned.get("new_end")

    def effects(self, cleaned, facts, today):
        """Keep the next program beside the present one, which counts until Check-In turns it."""
        start = cleaned["new_start"]
        lines = {name: cleaned.get(name) or 0 for name in (*COSTS, *MEANS)}
        family = family_with_forms(facts, today) if family_stays(cleaned) else ()
        # The one record of J-1 is prolonged now; F-1 has a second one, and the present one ends.
        now = {}
        if facts.visa_class == "J-1":
            ended = studies_ended_on(facts)
            now = {"program_end": cleaned["new_end"], "expected_graduation": ended}
        return [
            ChangeRecord(
                now
                | {
                    "next_education_level": cleaned["new_level"],
                    "next_major": cleaned["new_major"],
                    "next_cip_code": cleaned["new_cip"],
                    "next_degree": cleaned["new_degree"],
                    "next_department": cleaned["new_department"],
                    "next_program_start": start,
                    "next_program_end": cleaned["new_end"],
                    "english_required": cleaned["english"] == MET,
                    "english_met": True if cleaned["english"] == MET else None,
                    "english_reason": cleaned.get("english_reason") or "",
                }
            ),
            StateFunding(
                {
                    "months": FIRST_YEAR,
                    "other_remark": cleaned.get("other_remark") or "",
                    **lines,
                }
            ),
            CutWork(start - timedelta(days=1), kinds=ENDS_WITH_LEVEL),
            IssueForm("level", dependents=tuple(each.id for each in family), for_next_program=True),
        ]

    def sevis_entries(self, cleaned, facts):
        """The new program, then its money; the registration follows with Check-In."""
        level = EducationLevel(cleaned["new_level"])
        start, end = cleaned["new_start"], cleaned["new_end"]
        subject = f"{cleaned['new_cip']} {cleaned['new_major']}"
        asked = FirstYearForm.base_fields
        amounts = [
            (asked[name].label, str(cleaned[name]))
            for name in (*COSTS, *MEANS, "other_remark")
            if cleaned.get(name)
        ]
        money = SevisEntry("FinancialInfo", ((_("Months"), f"{FIRST_YEAR:02d}"), *amounts))
        if facts.visa_class == "J-1":
            code = f"{MATRICULATION[level]} {level.label}"
            values = ((_("New program end date"), sevis_day(end)), (_("Matriculation"), code))
            return (
                SevisEntry("Program Matriculate", values),
                SevisEntry("Program EditSubject", ((_("Subject"), subject),)),
                money,
            )
        english = [(_("English required"), "Y"), (_("English requirement met"), "Y")]
        if cleaned["english"] != MET:
            english = [
                (_("English required"), "N"),
                (_("Why English is not required"), cleaned["english_reason"]),
            ]
        return (
            SevisEntry(
                "EducationLevel Change",
                (
                    (_("Level"), f"{level.value} {level.label}"),
                    (_("Major"), subject),
                    (_("Second major"), "00.0000"),
                    (_("Minor"), "00.0000"),
                    (_("Length of study"), f"{months_of(start, end):02d}"),
                    (_("Program start date"), sevis_day(start)),
                    (_("Program end date"), sevis_day(end)),
                    *english,
                ),
            ),
            money,
        )

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Within 21 days, and before the new program begins; J-1 while the present one lasts."""
        is_j1 = facts.visa_class == "J-1"
        last = facts.program_end if is_j1 else cleaned.get("new_start")
        due = address_record_due(reported_on)
        return min(due, last) if last and last >= reported_on else due

    def differences(self, cleaned, confirmed):
        """The new program has the days that its department confirms."""
        first, last = confirmed.get("admitted_from"), confirmed.get("completion_date")
        return (
            *other_day(_("First day of the new program"), first, cleaned.get("new_start")),
            *other_day(_("Last day of the new program"), last, cleaned.get("new_end")),
        )

    def panel(self, situation):
        """Show the last days to ask and to begin, what ends, and when to check in."""
        facts, policy, today = situation.facts, situation.policy, situation.today
        ask = asking_window(facts, policy)
        if ask is None:
            return []
        begins = start_window(facts, today, policy).last
        rows = [
            (_("Ask no later than"), in_words(ask.last), "" if ask.last >= today else "bad"),
            (_("The new program begins by"), in_words(begins), ""),
        ]
        start = day_in(situation.answers, "new_start")
        if start:
            rows.append((_("Check-In opens on"), in_words(earliest_entry(start)), ""))
            training = practical_training_ends(facts)
            if training and training >= start:
                ends = in_words(start - timedelta(days=1))
                rows.append((_("Your OPT ends on"), ends, "warn"))
            until = add_months(start, policy["passport_months"])
            if facts.passport_expiry and facts.passport_expiry < until:
                rows.append((_("Passport"), _("Renew it: it expires too soon"), "warn"))
        if cost := typed_total(situation.answers, COSTS):
            means = typed_total(situation.answers, MEANS)
            rows.append(
                (
                    _("Money for the first year"),
                    _("%(means)s of %(cost)s") % {"cost": dollars(cost), "means": dollars(means)},
                    "ok" if means >= cost else "bad",
                )
            )
        return rows

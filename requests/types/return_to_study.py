"""Return to study: the way back after a leave, with the old record or with a new one."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import EducationLevel

from ..effects import ChangeRecord, IssueForm, StateFunding
from ..form_fields import dollars
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.dates import address_record_due
from ..rules.eligibility import sevis_status_is, visa_class_is
from ..rules.exchange import exchange_visitors_are_students
from ..rules.returning import CITATION, has_stopped, keeps_record
from ..rules.sevis import sevis_day
from ..rules.stopping import same_record_until
from ..rules.windows import in_words
from ..type_forms.money_lines import COSTS, MEANS, typed_total
from ..type_forms.return_to_study import ReturnForm, ReturnMoneyForm

# The form is issued for money that lasts one year: 8 CFR 214.3(k)(2).
FIRST_YEAR = 12
# What the leave wrote, and what the return takes back.
STUDIES_AGAIN = {"stopped_on": None, "stop_reason": "", "returns_on": None}


class ReturnToStudy(RequestType):
    """The way back of somebody whose record ended with a leave or withdrawal."""

    key = "return_to_study"
    title = _("Return to study")
    summary = _("Come back after a leave: get the form with which you may enter and study again.")
    icon = "rotate-ccw"
    topic = _("Program")
    audience = _("F-1 and J-1 students on leave")
    also_called = ("come back", "readmission", "reactivate", "re-entry", "end of leave", "resume")
    citation = CITATION
    releases = _("I-20 or DS-2019 for your return")
    sevis_event = "Reactivation or new record"
    target_days = 10
    policies = {
        "lead_days": Policy(
            _("Ask at least this long before you come back"),
            *(30, 0, 120),
            _("days"),
            _("Office practice"),
        ),
    }
    rules = (
        visa_class_is("F-1", "J-1", citation=CITATION),
        exchange_visitors_are_students,
        has_stopped,
        sevis_status_is("terminated", "inactive", citation=CITATION),
    )
    pages = (
        FormPage("return", _("Your way back"), ReturnForm),
        FormPage(
            "funding",
            _("Costs and money"),
            ReturnMoneyForm,
            intro=_("In whole US dollars, for the first year after your return."),
        ),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "readmission_letter",
                    _("Readmission letter"),
                    _("Of the registrar or dean. It names the term in which you return."),
                ),
                Slot(
                    "funding_proof",
                    _("Proof of the money"),
                    _("Bank statement, award letter or sponsor’s letter, in English."),
                ),
                Slot("passport", _("Passport, page with your photo")),
                Slot("visa", _("Visa, if you have one"), required=False),
            ),
        ),
    )
    attestations = (
        _("The university has readmitted me, and I study full time from the first day."),
        _("I have the money that I named for the first year."),
        _("I do not enter the United States before I hold the form of my return."),
        _("I know that with a new record a year of study comes before CPT and OPT."),
    )
    steps = (
        Step(_("Ask the university for readmission, one or two months ahead."), _("You")),
        Step(_("Send us the letter, your days and proof of money."), _("You")),
        Step(_("We ask SEVIS to open your record again, or make a new one."), SHORT_NAME),
        Step(_("Download the form and sign it. With a new one, pay the SEVIS fee."), _("You")),
        Step(_("Renew the visa if it has expired. Ask whether an old one still counts."), _("You")),
        Step(_("Enter, check in if we ask you to, and study full time."), _("You")),
        Step(_("Add your family members again if they come with you."), _("You")),
    )
    stock_reasons = (
        _("The readmission letter does not name you or the term."),
        _("Your money does not cover the first year."),
        _("There is too little time for a form and a visa. Please choose a later term."),
        _("You are away for more than five months: we make a new record. Please confirm."),
        _("Your program cannot be completed by that day. Speak with your academic advisor."),
        _("The file is not readable."),
    )

    def effective_dates(self, cleaned):
        """From the return to the new end of the program."""
        return cleaned.get("returns_on"), cleaned.get("ends_on")

    def effects(self, cleaned, facts, today):
        """Open the old record again, or begin a new one that Check-In makes Active."""
        if keeps_record(facts, cleaned["returns_on"]):
            changes = {"sevis_status": "active", "program_end": cleaned["ends_on"]}
        else:
            changes = {
                "sevis_status": "initial",
                # The office enters the number that SEVIS gives.
                "sevis_id": None,
                "stage": "check_in",
                "program_start": cleaned["starts_on"],
                "program_end": cleaned["ends_on"],
                "full_time_since": cleaned["starts_on"],
                "check_in_completed_on": None,
            }
        money = {name: cleaned.get(name) or 0 for name in (*COSTS, *MEANS)}
        remark = {"other_remark": cleaned.get("other_remark") or ""}
        return [
            ChangeRecord(STUDIES_AGAIN | changes),
            StateFunding({"months": FIRST_YEAR, **money, **remark}),
            IssueForm("updated" if "sevis_id" not in changes else "initial"),
        ]

    def sevis_entries(self, cleaned, facts):
        """A correction that opens the record again, or a new record, with its money."""
        days = [(_("Program end date"), sevis_day(cleaned["ends_on"]))]
        if keeps_record(facts, cleaned["returns_on"]):
            event = "Request to return the record to Active"
            days = [
                (_("Last day of classes"), sevis_day(facts.stopped_on)),
                (_("Returns on"), sevis_day(cleaned["returns_on"])),
                *days,
            ]
        else:
            event = "Create EV" if facts.visa_class == "J-1" else "Create Student, Initial"
            level = EducationLevel(facts.education_level).label if facts.education_level else ""
            days = [
                (_("Level"), f"{facts.education_level} {level}".strip()),
                (_("Major"), f"{facts.cip_code} {facts.major}".strip()),
                (_("Program start date"), sevis_day(cleaned["starts_on"])),
                *days,
            ]
        asked = ReturnMoneyForm.base_fields
        amounts = [
            (asked[name].label, str(cleaned[name]))
            for name in (*COSTS, *MEANS, "other_remark")
            if cleaned.get(name)
        ]
        money = SevisEntry("FinancialInfo", ((_("Months"), f"{FIRST_YEAR:02d}"), *amounts))
        return (SevisEntry(event, tuple(days)), money)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Within 21 days, and before the person comes back."""
        due, returns = address_record_due(reported_on), cleaned.get("returns_on")
        return min(due, returns) if returns and returns >= reported_on else due

    def panel(self, situation):
        """Show whether the old record is opened again, and what follows if it is not."""
        facts, answers = situation.facts, situation.answers
        if facts.stopped_on is None:
            return []
        rows = [(_("Last day of your studies"), in_words(facts.stopped_on), "")]
        if facts.visa_class == "F-1":
            until = in_words(same_record_until(facts.stopped_on))
            rows.append((_("Five months end on"), until, ""))
        returns = day_in(answers, "returns_on")
        if returns:
            same = keeps_record(facts, returns)
            words = _("We ask SEVIS to open it again") if same else _("A new one, with a new fee")
            rows.append((_("Your SEVIS record"), words, "ok" if same else "warn"))
            if not same and facts.visa_class == "F-1":
                rows.append((_("CPT and OPT"), _("After a new academic year"), "warn"))
        if cost := typed_total(answers, COSTS):
            means = typed_total(answers, MEANS)
            words = _("%(means)s of %(cost)s") % {"cost": dollars(cost), "means": dollars(means)}
            rows.append((_("Money for the first year"), words, "ok" if means >= cost else "bad"))
        return rows

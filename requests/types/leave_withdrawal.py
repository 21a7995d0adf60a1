"""Leave of absence or withdrawal: the record ends cleanly, before the student stops."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import SevisStatus

from ..effects import ChangeDependents, ChangeRecord, CutWork, ReportAddress
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.dates import address_record_due
from ..rules.eligibility import (
    check_in_is_done,
    program_end_is_known,
    sevis_status_is,
    visa_class_is,
)
from ..rules.exchange import exchange_visitors_are_students
from ..rules.sevis import sevis_day
from ..rules.stopping import (
    ABROAD,
    ABSENCE,
    AUTHORIZED,
    CITATION,
    DISMISSAL,
    MEDICAL,
    is_authorized,
    stopping_rows,
)
from ..rules.windows import Window
from ..type_forms.approver import ApproverForm
from ..type_forms.confirming import LeaveQuestionnaire, asks_approver, other_day
from ..type_forms.leave_withdrawal import EXPELLED, AbroadForm, DaysForm, KindForm, LifeForm

BOTH = f"{CITATION}; {ABSENCE}"


def is_medical(answers):
    """Whether an illness is the reason, which a medical letter documents."""
    return answers.get("kind") == MEDICAL


class LeaveWithdrawal(RequestType):
    """The end of studies here, for a while or for good, told to SEVIS before it happens."""

    key = "leave_withdrawal"
    title = _("Leave of absence or withdrawal")
    summary = _("Tell us before you stop studying, so that you can leave and return in order.")
    icon = "door-open"
    topic = _("Program")
    audience = _("F-1 and J-1 students")
    also_called = ("leave", "withdraw", "drop out", "medical leave", "study abroad", "suspended")
    citation = BOTH
    releases = _("Letter with your last day and your deadline")
    sevis_event = "Status Terminate"
    second_person = _("A record that is ended in SEVIS does not come back by itself.")
    target_days = 3
    policies = {
        "leave_days": Policy(
            _("F-1: days to leave after an authorized early withdrawal"), 15, 0, 15, _("days"),
            "8 CFR 214.2(f)(5)(iv)",
        ),
        "return_lead_days": Policy(
            _("Ask this long before you come back"), 60, 30, 120, _("days"), _("Office practice")
        ),
        "asks_approver": asks_approver(
            _("The registrar or dean confirms it from an e-mail, not by a letter")
        ),
    }  # fmt: skip
    approver_number = "asks_approver"
    approval_steps = (ApprovalStep(_("Registrar or dean"), LeaveQuestionnaire),)
    rules = (
        visa_class_is("F-1", "J-1", citation=BOTH),
        exchange_visitors_are_students,
        sevis_status_is("active", citation=BOTH),
        check_in_is_done,
        program_end_is_known,
    )
    pages = (
        FormPage("kind", _("What happens"), KindForm),
        FormPage("days", _("The days"), DaysForm),
        FormPage("approver", _("Who confirms it"), ApproverForm, names_approver=True),
        FormPage("life", _("What hangs on it"), LifeForm),
        FormPage("abroad", _("Your address abroad"), AbroadForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "approval_letter",
                    _("Letter of the university"),
                    _("The approval of your leave or withdrawal, or the decision about you."),
                    instead_of_approver=True,
                ),
                Slot(
                    "ticket",
                    _("Flight ticket"),
                    _("If you have it already."),
                    required=False,
                ),
                Slot(
                    "medical_letter",
                    _("Medical letter"),
                    _("Only our office reads it."),
                    asked_if=is_medical,
                ),
            ),
        ),
    )
    attestations = (
        _("I have spoken with an advisor of this office, or I will before I stop."),
        _("I know that my SEVIS record and all work end when I stop studying here."),
        _("I leave the United States by the day the office gives me."),
        _("I know that after five months abroad I need a new form and start anew."),
    )
    steps = (
        Step(_("Meet with our office before you do anything else."), _("You")),
        Step(_("Get the leave or withdrawal approved by the university."), _("You")),
        Step(_("Send us the days, the letter and your address abroad."), _("You")),
        Step(
            _("If our policy asks for it, the university confirms it from an e-mail."),
            _("Registrar or dean"),
        ),
        Step(_("We end the record in SEVIS on your last day and write you a letter."), SHORT_NAME),
        Step(_("Leave by the day in the letter; work ends with your last class."), _("You")),
        Step(_("To come back, ask for a return to study one or two months ahead."), _("You")),
    )
    stock_reasons = (
        _("Speak with our office before you drop your courses."),
        _("You leave later than the rules allow."),
        _("The letter of the university is missing or names other days."),
        _("The medical letter has no signature, no date or no period."),
        _("A reduced course load or a transfer may be better for you. Please call us."),
        _("The file is not readable."),
    )

    def request_window(self, facts, policy):
        """Until the program ends: afterward there is nothing left to leave."""
        if facts.program_end is None:
            return None
        return Window(
            last=facts.program_end,
            why_last=_("After your program the days of the grace period count."),
            citation=CITATION,
        )

    def deadline(self, facts, policy):
        """The program end date."""
        return facts.program_end

    def effective_dates(self, cleaned):
        """From the last class to the planned return."""
        return cleaned.get("last_attended"), cleaned.get("returns_on")

    def effects(self, cleaned, facts, today):
        """Keep the address abroad and the way back; end the record, the family's and all work."""
        address = ReportAddress(
            "foreign_address", _abroad(cleaned), valid_from=cleaned["departure"]
        )
        if cleaned["kind"] == ABROAD:
            return [ChangeRecord({"is_abroad": True}), address]
        _event, reason, status = _sevis(cleaned, facts)
        return [
            ChangeRecord(
                {
                    "sevis_status": status,
                    "stopped_on": cleaned["last_attended"],
                    "stop_reason": reason,
                    "returns_on": cleaned.get("returns_on"),
                }
            ),
            # A dependent's status ends with the person's: 8 CFR 214.2(f)(3).
            ChangeDependents(tuple(each.id for each in facts.dependents), {"sevis_status": status}),
            CutWork(cleaned["last_attended"]),
            address,
        ]

    def sevis_entries(self, cleaned, facts):
        """One event with its reason; who studies abroad for this university stays Active."""
        if cleaned["kind"] == ABROAD:
            return ()
        event, reason, _status = _sevis(cleaned, facts)
        values = [
            (_("Reason"), reason),
            (_("Last day of classes"), sevis_day(cleaned["last_attended"])),
            (_("Leaves the United States"), sevis_day(cleaned["departure"])),
        ]
        return (SevisEntry(event, tuple(values)),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """21 days after the report, or after the last class where that comes later."""
        if cleaned.get("kind") == ABROAD:
            return None
        return address_record_due(max(reported_on, cleaned.get("last_attended") or reported_on))

    def differences(self, cleaned, confirmed):
        """The last day of classes is the one the university confirms."""
        said = confirmed.get("last_attended")
        return other_day(_("Last day of classes"), said, cleaned.get("last_attended"))

    def panel(self, situation):
        """Show until when to leave, to be back, and to ask for the way back."""
        return stopping_rows(situation)


def _sevis(cleaned, facts):
    """Return the event, its reason with the code of the screens, and the status it leads to."""
    is_expelled = cleaned.get("dismissal") == EXPELLED
    if facts.visa_class == "J-1":
        if cleaned["kind"] == DISMISSAL:
            reason = (
                "DISCIP Disciplinary action" if is_expelled else "INVSUS Involuntary suspension"
            )
            return "Terminate", reason, SevisStatus.TERMINATED.value
        is_ill = cleaned["kind"] == MEDICAL
        reason = "ICP Inability to continue program" if is_ill else "WFP Withdrawal from program"
        return "End Program", reason, SevisStatus.INACTIVE.value
    if cleaned["kind"] == DISMISSAL:
        reason = "08 Expulsion" if is_expelled else "09 Suspension"
    elif is_authorized(cleaned):
        reason = AUTHORIZED
    else:
        reason = "01 Unauthorized withdrawal"
    return LeaveWithdrawal.sevis_event, reason, SevisStatus.TERMINATED.value


def _abroad(cleaned):
    return {"line1": cleaned["foreign_street"]} | {
        part: cleaned[f"foreign_{part}"]
        for part in ("line2", "city", "province", "postal_code", "country")
    }

"""H-1B cap-gap: the I-20 that shows how a petition bridges F-1 status, and often work."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import AuthorizeEmployment, IssueForm
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.cap_gap import (
    CAP_GAP,
    asking_window,
    bridges_work,
    last_filing_day,
    no_bridge_yet,
)
from ..rules.dates import cap_gap_until
from ..rules.eligibility import program_end_is_known, sevis_status_is, visa_class_is
from ..rules.leaving import practical_training_ends, stay_ends
from ..rules.sevis import sevis_day
from ..rules.unemployment import is_counted, unemployment_words
from ..rules.windows import in_words
from ..type_forms.cap_gap import (
    APPROVED,
    FILED,
    WAITLISTED,
    DaysForm,
    PetitionForm,
    has_worked,
    status_is,
)

# As the request of SEVIS names them (domain/records.md §6).
SEVIS_STATUS = {FILED: "F filed", APPROVED: "F filed", WAITLISTED: "T waitlisted"}


class CapGap(RequestType):
    """Proof for an employer that status, and work where it was allowed, go on."""

    key = "cap_gap"
    title = _("H-1B cap-gap I-20")
    summary = _("Show that your H-1B petition prolongs your stay, and often your work.")
    icon = "link"
    topic = _("Work")
    audience = _("F-1 students on OPT")
    also_called = ("H-1B", "cap gap", "change of status", "OPT extension", "work visa")
    citation = CAP_GAP
    releases = _("I-20 with cap-gap extension")
    sevis_event = "Request CapGapExtension"
    target_days = 5
    policies = {
        "grace_days": Policy(
            _("Days you may stay after your program or OPT"),
            *(60, 0, 60),
            _("days"),
            "8 CFR 214.2(f)(5)(iv)",
        ),
        "wait_days": Policy(
            _("Ask this long after USCIS received the petition"),
            *(14, 0, 60),
            _("days"),
            _("Office practice"),
        ),
    }
    rules = (
        visa_class_is("F-1", citation=CAP_GAP),
        sevis_status_is("active", citation=CAP_GAP),
        program_end_is_known,
        no_bridge_yet,
    )
    pages = (
        FormPage("petition", _("The petition"), PetitionForm),
        FormPage("days", _("Its days"), DaysForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "receipt_notice",
                    _("Form I-797C of the petition"),
                    _("It must say “Receipt Notice”. The notice of the lottery does not count."),
                    asked_if=status_is(FILED, WAITLISTED),
                ),
                Slot(
                    "approval_notice",
                    _("Form I-797A of the petition"),
                    asked_if=status_is(APPROVED),
                ),
                Slot("ead", _("EAD card, both sides"), asked_if=has_worked),
            ),
        ),
    )
    attestations = (
        _("The petition is neither denied, rejected nor withdrawn, and I will tell you if it is."),
        _("I know that days without work go on counting."),
        _("I know that leaving the United States can end the change of status."),
    )
    steps = (
        Step(_("Ask for Form I-797 of the petition."), _("Employer")),
        Step(_("Wait two weeks: most of the time USCIS tells SEVIS by itself."), _("You")),
        Step(_("Answer the questions and upload the notice."), _("You")),
        Step(_("We compare it with SEVIS and release the I-20."), SHORT_NAME),
        Step(_("Give the new I-20 to the people who check your right to work."), _("You")),
        Step(_("Do not travel while the change of status is pending."), _("You")),
    )
    stock_reasons = (
        _("This is the notice of the lottery. We need the receipt of the petition."),
        _("The petition asks for a visa at a consulate. It bridges nothing."),
        _("USCIS received the petition after your stay had ended."),
        _("Your EAD had expired when USCIS received the petition: you may stay, not work."),
        _("The receipt number on the scan differs from yours."),
        _("The scan is not readable."),
    )

    def request_window(self, facts, policy):
        """From the end of the program until no petition filed in time can reach."""
        return asking_window(facts, policy)

    def effective_dates(self, cleaned):
        """From the day USCIS received it to the end of the bridge."""
        return cleaned.get("received_on"), bridge_ends(cleaned)

    def effects(self, cleaned, facts, today):
        """The bridge is kept as permission to work where OPT was valid; the form is noted."""
        ends, until = practical_training_ends(facts), bridge_ends(cleaned)
        works = bridges_work(facts, cleaned["received_on"])
        note = f"Cap-gap until {until.isoformat()}" + ("" if works else ", no work")
        form = IssueForm("updated", employment_note=note)
        if not works or until <= ends:
            return [form]
        bridge = AuthorizeEmployment(
            kind="cap_gap",
            completion="post",
            start=ends + timedelta(days=1),
            end=until,
            full_time=True,
            employer=cleaned["h1b_employer"],
            details={"receipt_number": cleaned["receipt_number"]},
        )
        return [bridge, form]

    def sevis_entries(self, cleaned, facts):
        """Ask SEVIS for the extension where USCIS has not told it."""
        values = (
            (_("Status of the petition"), SEVIS_STATUS[cleaned["petition_status"]]),
            (_("Receipt number"), cleaned["receipt_number"]),
            (_("Received on"), sevis_day(cleaned["received_on"])),
            (_("H-1B employer"), cleaned["h1b_employer"]),
            (_("H-1B start"), sevis_day(cleaned["h1b_start"])),
            (_("Extension until"), sevis_day(bridge_ends(cleaned))),
            (_("Work goes on"), "Y" if bridges_work(facts, cleaned["received_on"]) else "N"),
        )
        return (SevisEntry(self.sevis_event, values),)

    def panel(self, situation):
        """Show by when the petition had to come, how far it reaches, and whether work goes on."""
        facts, answers = situation.facts, situation.answers
        last = last_filing_day(facts, situation.policy)
        if last is None:
            return []
        rows = [
            (_("Your program or OPT ends"), in_words(stay_ends(facts)), ""),
            (_("USCIS must have the petition by"), in_words(last), ""),
        ]
        received = day_in(answers, "received_on")
        if received:
            start = day_in(answers, "h1b_start")
            is_approved = answers.get("petition_status") == APPROVED
            until = cap_gap_until(received, start if is_approved else None)
            works = bridges_work(facts, received)
            words = _("goes on until that day") if works else _("is not allowed; you may stay")
            rows += [
                (_("Cap-gap lasts until"), in_words(until), ""),
                (_("Work"), words, "ok" if works else "bad"),
            ]
        if answers.get("travels") == "yes":
            rows.append((_("Travel"), _("Speak with us first: it can end the petition"), "warn"))
        if is_counted(facts, situation.today):
            rows.append((_("Days without work"), unemployment_words(facts, situation.today), ""))
        return rows


def bridge_ends(cleaned):
    """Return the last day of the bridge; an approved petition ends it when H-1B begins."""
    received = cleaned.get("received_on")
    approved = cleaned.get("petition_status") == APPROVED
    return received and cap_gap_until(received, cleaned.get("h1b_start") if approved else None)

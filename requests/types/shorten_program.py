"""Early completion: the program ends before the date on the I-20 or DS-2019."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import ChangeRecord, CutWork, IssueForm
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.dates import (
    address_record_due,
    exchange_address_record_due,
    opt_filing_window,
)
from ..rules.early_end import (
    CITATION,
    ENDS_WITH_PROGRAM,
    EXCHANGE_CITATION,
    no_training_hangs_on_the_end,
    stay_after,
)
from ..rules.eligibility import (
    check_in_is_done,
    program_end_is_known,
    sevis_status_is,
    visa_class_is,
)
from ..rules.family import family_with_forms
from ..rules.scholars import has_departure_instead
from ..rules.sevis import sevis_day
from ..rules.windows import Window, in_words
from ..type_forms.approver import ApproverForm
from ..type_forms.confirming import EndQuestionnaire, asks_approver, other_day
from ..type_forms.shorten_program import LEAVE, OPT, REASONS, WITHDRAWS, AfterForm, DateForm

BOTH = f"{CITATION}; {EXCHANGE_CITATION}"


def leaves_the_country(answers):
    """Whether the plan is to go home, which a ticket shows."""
    return answers.get("plan") == LEAVE


class ShortenProgram(RequestType):
    """An earlier program end date, from which every later day is counted."""

    key = "shorten_program"
    title = _("Early completion")
    summary = _("Move your program end date to the day on which you truly finish.")
    icon = "calendar-minus"
    topic = _("Program")
    audience = _("F-1 and J-1 students")
    also_called = (
        *("shorten program", "shorten I-20", "graduate early", "finish early"),
        *("end DS-2019 early", "completion date"),
    )
    citation = BOTH
    releases = _("I-20 or DS-2019 with the earlier end date")
    sevis_event = "Program Shorten"
    target_days = 5
    policies = {
        "grace_days": Policy(
            _("F-1 grace period after the program end"),
            *(60, 0, 60),
            _("days"),
            "8 CFR 214.2(f)(5)(iv)",
        ),
        "exchange_grace_days": Policy(
            _("J-1 days after the program end"), 30, 0, 30, _("days"), "8 CFR 214.2(j)(1)(ii)"
        ),
        "asks_approver": asks_approver(
            _("The registrar, department or host confirms the date from an e-mail, not by a letter")
        ),
    }
    approver_number = "asks_approver"
    approval_steps = (ApprovalStep(_("Registrar, department or host"), EndQuestionnaire),)
    rules = (
        visa_class_is("F-1", "J-1", citation=BOTH),
        has_departure_instead,
        sevis_status_is("active", citation=BOTH),
        check_in_is_done,
        program_end_is_known,
        no_training_hangs_on_the_end,
    )
    pages = (
        FormPage("date", _("New date and reason"), DateForm),
        FormPage("after", _("What comes after"), AfterForm),
        FormPage("approver", _("Who confirms the date"), ApproverForm, names_approver=True),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "completion_proof",
                    _("Proof of the new end date"),
                    _("A letter of the registrar, of your department or of your host."),
                    instead_of_approver=True,
                ),
                Slot(
                    "ticket",
                    _("Flight ticket"),
                    _("If you have one already."),
                    required=False,
                    asked_if=leaves_the_country,
                ),
            ),
        ),
    )
    attestations = (
        _("I have settled this day with my department or my host."),
        _("I know that the days I may stay count from the new date."),
        _("I know that the new date cannot be moved back in SEVIS."),
        _("I stop campus work, CPT and other work of my program on the new date."),
    )
    steps = (
        Step(_("Settle your true last day with your department."), _("You")),
        Step(_("Decide what comes next: OPT, a transfer, a new degree, or going home."), _("You")),
        Step(_("Send the request before that day."), _("You")),
        Step(
            _("They confirm the day by a letter or, if our policy says so, from an e-mail."),
            _("Registrar, department or host"),
        ),
        Step(_("We enter the earlier date in SEVIS. Nobody can move it back."), SHORT_NAME),
        Step(_("Download the new form and sign it."), _("You")),
        Step(_("Send the next request, such as OPT, counted from the new date."), _("You")),
    )
    stock_reasons = (
        _("The proof does not name the day on which you finish."),
        _("Your OPT before completion runs longer. It must be ended first."),
        _("You have not finished. Speak with our office about a withdrawal."),
        _("The new date is not the last day of your studies or your work."),
        _("You would have no days left to stay. Speak with our office today."),
        _("The file is not readable."),
    )

    def request_window(self, facts, policy):
        """Until the present end; afterward there is nothing to shorten."""
        if facts.program_end is None:
            return None
        return Window(
            last=facts.program_end,
            why_last=_("A program that has ended cannot be shortened."),
            citation=BOTH,
        )

    def deadline(self, facts, policy):
        """The present program end date."""
        return facts.program_end

    def effective_dates(self, cleaned):
        """It speaks of one day, the new end."""
        return None, cleaned.get("new_end_date")

    def effects(self, cleaned, facts, today):
        """Move the end, end the work it carries, and issue the form to the whole family."""
        ends = cleaned["new_end_date"]
        changes = {"program_end": ends}
        if facts.expected_graduation and facts.expected_graduation > ends:
            changes["expected_graduation"] = ends
        return [
            ChangeRecord(changes),
            CutWork(ends, kinds=ENDS_WITH_PROGRAM),
            IssueForm(
                "updated", dependents=tuple(each.id for each in family_with_forms(facts, today))
            ),
        ]

    def sevis_entries(self, cleaned, facts):
        """The new end; for J-1 a reason, whose code SEVIS offers by its meaning."""
        values = [(_("New program end date"), sevis_day(cleaned["new_end_date"]))]
        if facts.visa_class == "J-1":
            reason = cleaned["reason"]
            words = str(dict(REASONS)[reason])
            values.append((_("Reason"), f"WFP, {words}" if reason == WITHDRAWS else words))
        if remark := " ".join((cleaned.get("explanation") or "").split()):
            values.append((_("Remarks"), remark))
        return (SevisEntry("Program Shorten", tuple(values)),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Within 21 days, for J-1 within 10 business days, and while the new date lies ahead."""
        if facts.visa_class == "J-1":
            due = exchange_address_record_due(reported_on, add_business_days)
        else:
            due = address_record_due(reported_on)
        ends = cleaned.get("new_end_date")
        return min(due, ends) if ends and ends >= reported_on else due

    def differences(self, cleaned, confirmed):
        """The new end is the day that was confirmed."""
        said = confirmed.get("completion_date")
        return other_day(_("New program end date"), said, cleaned.get("new_end_date"))

    def panel(self, situation):
        """Show what the new date moves: the last day of the stay, and the time for OPT."""
        facts, today = situation.facts, situation.today
        if facts.program_end is None:
            return []
        ends = day_in(situation.answers, "new_end_date")
        rows = [(_("Your program ends"), in_words(facts.program_end), "")]
        has_finished = situation.answers.get("reason") != WITHDRAWS
        stay = stay_after(facts, ends or facts.program_end, situation.policy, has_finished)
        rows.append((_("Last day of your stay"), in_words(stay), "" if stay >= today else "bad"))
        if ends and ends < today:
            passed = _("Every day that passes is one day less to stay.")
            rows.append((_("The new date has passed"), passed, "warn"))
        if ends and facts.visa_class == "F-1" and situation.answers.get("plan") == OPT:
            first, last = opt_filing_window(ends)
            words = _("%(first)s to %(last)s") % {"first": in_words(first), "last": in_words(last)}
            rows.append((_("USCIS takes Form I-765"), words, "" if last >= today else "bad"))
        carried = [
            work.end
            for kind in ENDS_WITH_PROGRAM
            for work in facts.approved(kind)
            if ends and work.end > ends
        ]
        if carried:
            rows.append((_("Work of your program ends"), in_words(ends), "warn"))
        return rows

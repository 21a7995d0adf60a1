"""A scholar's departure: the program ends earlier, or ends as planned and the scholar leaves."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import ChangeRecord, CutWork, IssueForm, NoteScholar, ReportAddress
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.dates import exchange_address_record_due
from ..rules.early_end import EXCHANGE_CITATION
from ..rules.eligibility import check_in_is_done, program_end_is_known, sevis_status_is
from ..rules.family import family_with_forms
from ..rules.scholar_leaving import (
    STAY_CITATION,
    WITHDRAWS,
    bar_at,
    end_in,
    ends_early,
    last_day_here,
    telling_window,
)
from ..rules.scholars import is_for_scholars
from ..rules.sevis import sevis_day
from ..rules.windows import in_words
from ..type_forms.scholar_departure import FOREIGN, LEAVES, REASONS, AfterForm, EndForm

CITATION = f"{EXCHANGE_CITATION}; 22 CFR 62.20(i); {STAY_CITATION}"


def leaves(answers):
    """Whether the plan is to go home, which a ticket shows."""
    return answers.get("plan") == LEAVES


class ScholarDeparture(RequestType):
    """The last word of a stay: its true end, the day of departure, and when one may come back."""

    key = "scholar_departure"
    title = _("Ending early or leaving")
    summary = _("Tell us when your stay as a scholar ends and when you leave.")
    icon = "plane-takeoff"
    topic = _("Program")
    audience = _("J-1 scholars and interns")
    also_called = (
        *("departure notice", "end program early", "check out", "shorten DS-2019"),
        *("leave the country", "end of stay"),
    )
    citation = CITATION
    sevis_event = "Program Shorten"
    target_days = 5
    policies = {
        "exchange_grace_days": Policy(
            _("J-1 days after the program end"), 30, 0, 30, _("days"), STAY_CITATION
        ),
        "early_days": Policy(
            _("Leaving so long before the end needs no earlier end"),
            *(7, 0, 29),
            _("days"),
            _("Office practice"),
        ),
    }
    rules = (
        is_for_scholars(CITATION),
        sevis_status_is("active", "inactive", citation=CITATION),
        check_in_is_done,
        program_end_is_known,
    )
    pages = (
        FormPage("end", _("The end of your program"), EndForm),
        FormPage("after", _("What comes after"), AfterForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "host_letter",
                    _("A line from your host or department"),
                    _("It names your last day."),
                    asked_if=ends_early,
                ),
                Slot(
                    "ticket",
                    _("Flight ticket"),
                    _("If you have one already."),
                    required=False,
                    asked_if=leaves,
                ),
            ),
        ),
    )
    attestations = (
        _("I have settled my last day with my host."),
        _("I know that an earlier end cannot be moved back in SEVIS."),
        _("I know that the status of my family ends with mine."),
        _("I return keys, cards and equipment to my department before I leave."),
    )
    steps = (
        Step(_("Settle your last day with your host."), _("You")),
        Step(_("Read from when you may come back as an exchange visitor."), _("You")),
        Step(_("Send this before that day."), _("You")),
        Step(_("We enter an earlier end in SEVIS and print the new DS-2019."), SHORT_NAME),
        Step(_("We note the day on which you leave, and your address abroad."), SHORT_NAME),
        Step(_("Leave within the days after your program."), _("You")),
    )
    stock_reasons = (
        _("The line from your host names another day, or none."),
        _("You have not finished: the 30 days after the program are not for you. Talk to us."),
        _("A transfer needs a request of its own, before your program ends."),
        _("The day of your departure lies after your last possible day."),
        _("The file is not readable."),
    )

    def request_window(self, facts, policy):
        """While the stay and the days after it last."""
        return telling_window(facts, policy)

    def deadline(self, facts, policy):
        """The last day of the stay."""
        window = telling_window(facts, policy)
        return window and window.last

    def effective_dates(self, cleaned):
        """From the last day of the program to the departure."""
        ends = cleaned.get("new_end_date") if ends_early(cleaned) else None
        return ends, cleaned.get("leaves_on") if leaves(cleaned) else None

    def promise(self, answers):
        """An earlier end is printed; a departure as planned is only noted."""
        return _("DS-2019 with the earlier end date") if ends_early(answers) else ""

    def effects(self, cleaned, facts, today):
        """Move the end where it is earlier; note when and for where the scholar leaves."""
        found = []
        if ends_early(cleaned):
            ends = cleaned["new_end_date"]
            family = tuple(each.id for each in family_with_forms(facts, today))
            found += [
                ChangeRecord({"program_end": ends}),
                CutWork(ends),
                IssueForm("updated", dependents=family),
            ]
        if leaves(cleaned):
            abroad = {part: cleaned[f"foreign_{part}"] for part in FOREIGN}
            abroad = {"line1": abroad.pop("street"), "line2": ""} | abroad
            found += [
                NoteScholar({"departed_on": cleaned["leaves_on"]}),
                ReportAddress("foreign_address", abroad, valid_from=cleaned["leaves_on"]),
            ]
        return found

    def sevis_entries(self, cleaned, facts):
        """An earlier end with its reason, whose code SEVIS offers by its meaning."""
        if not ends_early(cleaned):
            return ()
        reason = cleaned["reason"]
        words = str(dict(REASONS)[reason])
        values = [
            (_("New program end date"), sevis_day(cleaned["new_end_date"])),
            (_("Reason"), f"WFP, {words}" if reason == WITHDRAWS else words),
        ]
        if remark := " ".join((cleaned.get("explanation") or "").split()):
            values.append((_("Remarks"), remark))
        return (SevisEntry("Program Shorten", tuple(values)),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Within 10 business days, and while an earlier end lies ahead: 22 CFR 62.13."""
        if not ends_early(cleaned):
            return None
        due = exchange_address_record_due(reported_on, add_business_days)
        ends = cleaned.get("new_end_date")
        return min(due, ends) if ends and ends >= reported_on else due

    def panel(self, situation):
        """Show the last day here, and from when a next stay is possible."""
        facts, answers, today = situation.facts, situation.answers, situation.today
        if facts.program_end is None:
            return []
        rows = [(_("Your program ends"), in_words(facts.program_end), "")]
        last = last_day_here(answers, facts, situation.policy)
        if last:
            rows.append(
                (_("Last day of your stay"), in_words(last), "" if last >= today else "bad")
            )
        if (bar := bar_at(facts, end_in(answers, facts))) is not None:
            label = _("Again as a professor or research scholar from")
            rows.append((label, in_words(bar.first_day), "warn"))
        if leaves(answers) and (day := day_in(answers, "leaves_on")):
            rows.append((_("You leave on"), in_words(day), ""))
        return rows

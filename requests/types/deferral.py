"""Deferral: the first form again with a later start, before SEVIS cancels the record."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import ChangeRecord, IssueForm
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import BeforeArrival, RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.before_arrival import first_form_is_released, has_not_arrived
from ..rules.dates import add_months, earliest_entry
from ..rules.deferring import (
    CITATION,
    asking_window,
    record_kept_until,
    same_length,
)
from ..rules.eligibility import visa_class_is
from ..rules.family import family_with_forms
from ..rules.sevis import sevis_day
from ..rules.windows import in_words
from ..type_forms.deferral import LaterStartForm


class Deferral(RequestType):
    """The program begins later; everything else that was given for the first form stays."""

    key = "deferral"
    title = _("Deferral to a later start")
    summary = _("Begin in a later term. You keep your SEVIS ID and what you sent us.")
    icon = "calendar-clock"
    topic = _("Arrival")
    audience = _("Admitted students and invited scholars")
    also_called = (
        *("defer", "later term", "postpone", "next semester", "delayed arrival"),
        *("new start date", "visa delay"),
    )
    citation = CITATION
    releases = _("I-20 or DS-2019 with the new start")
    sevis_event = "Program ManageSessionDates"
    target_days = 5
    before_arrival = BeforeArrival.ONLY
    policies = {
        "most_months": Policy(
            *(_("Longest deferral"), 12, 1, 24, _("months"), _("Office practice"))
        ),
    }
    rules = (
        visa_class_is("F-1", "J-1", citation=CITATION),
        has_not_arrived,
        first_form_is_released,
    )
    pages = (
        FormPage("later", _("Your later start"), LaterStartForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "deferral_letter",
                    _("Letter that moves your start"),
                    _("Students: of the admissions office. Scholars: of your department."),
                ),
                Slot(
                    "funding_proof",
                    _("Newer proof of money"),
                    _("If yours will be older than a year when the program begins."),
                    required=False,
                ),
                Slot(
                    "new_passport",
                    _("New passport, page with your photo"),
                    _("Only if it has changed since you sent us the old one."),
                    required=False,
                ),
            ),
        ),
    )
    attestations = (
        _("The university has agreed to my later start."),
        _("I do not travel to the United States with the old form."),
    )
    steps = (
        Step(_("Ask the admissions office or your department for a later start."), _("You")),
        Step(_("Send us their letter with the new days."), _("You")),
        Step(_("We move the start in SEVIS, while it still keeps your record."), SHORT_NAME),
        Step(_("Download the new form and sign it, also those of your family."), _("You")),
        Step(_("Show the new form for your visa and at the border."), _("You")),
        Step(_("Enter no earlier than 30 days before the new start, and check in."), _("You")),
    )
    stock_reasons = (
        _("The letter does not name the new term or the new first day."),
        _("The letter is not from the office that admitted or invited you."),
        _("Your proof of money will be too old. Please send a newer one."),
        _("You were released by another school: the program must begin within five months."),
        _("The new start is too far away. We make a new record instead; please confirm."),
        _("The file is not readable."),
    )

    def request_window(self, facts, policy):
        """As long as SEVIS keeps the record without an arrival."""
        return asking_window(facts)

    def deadline(self, facts, policy):
        """The last day SEVIS keeps the record."""
        return record_kept_until(facts)

    def effective_dates(self, cleaned):
        """The program as it begins and ends now."""
        return cleaned.get("new_start"), cleaned.get("new_end")

    def effects(self, cleaned, facts, today):
        """Move the program, forget a term that begins before it, and issue everybody's form."""
        start = cleaned["new_start"]
        changes = {
            "program_start": start,
            "program_end": cleaned["new_end"],
            "initial_session_start": start,
        }
        if facts.term_start and facts.term_start < start:
            changes |= {"term_start": None, "term_end": None}
        if facts.expected_graduation:
            moved = start - facts.program_start if facts.program_start else timedelta(0)
            changes["expected_graduation"] = facts.expected_graduation + moved
        family = tuple(each.id for each in family_with_forms(facts, today))
        return [ChangeRecord(changes), IssueForm("updated", dependents=family)]

    def sevis_entries(self, cleaned, facts):
        """F-1: the session dates of the Initial record; J-1: the amended program."""
        start, end = sevis_day(cleaned["new_start"]), sevis_day(cleaned["new_end"])
        if facts.visa_class == "J-1":
            days = ((_("Program begin date"), start), (_("Program end date"), end))
            return (SevisEntry("Program Amend", days),)
        days = (
            (_("Initial session start date"), start),
            (_("New program start date"), start),
            (_("New program end date"), end),
        )
        return (SevisEntry("Program ManageSessionDates", days),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Within 21 days, and while SEVIS still keeps the record."""
        due = super().sevis_due(cleaned, facts, reported_on, add_business_days)
        return min(due, record_kept_until(facts) or due)

    def panel(self, situation):
        """Show until when to ask, when one may enter, and what may grow too old by then."""
        facts = situation.facts
        last = record_kept_until(facts)
        if last is None:
            return []
        rows = [
            (_("Start on your form"), in_words(facts.program_start), ""),
            (_("Ask no later than"), in_words(last), "" if situation.today <= last else "bad"),
        ]
        start = day_in(situation.answers, "new_start")
        if start is None:
            return rows
        rows.append((_("You may enter from"), in_words(earliest_entry(start)), ""))
        if end := same_length(facts, start):
            rows.append((_("With the same length it ends on"), in_words(end), ""))
        if facts.passport_expiry and facts.passport_expiry < add_months(start, 6):
            rows.append((_("Passport"), _("Renew it: it expires too soon"), "warn"))
        if facts.funding and add_months(facts.funding.as_of, 12) < start:
            rows.append((_("Proof of money"), _("Older than a year by then: send a newer"), "warn"))
        if situation.answers.get("has_visa") == "yes":
            rows.append((_("Visa"), _("It stays valid with the same SEVIS ID"), "ok"))
        return rows

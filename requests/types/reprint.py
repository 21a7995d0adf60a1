"""I-20 or DS-2019 reprint: a new copy for travel, new information, or a lost or damaged form."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import EmploymentStatus

from ..effects import IssueForm
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import BeforeArrival, RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.before_arrival import form_can_be_printed, is_expected
from ..rules.dates import add_months, travel_signature_valid_until
from ..rules.eligibility import visa_class_is
from ..rules.training import is_on_post_completion_work, status_ends_on
from ..rules.windows import in_words
from ..type_forms.reprint import (
    DAMAGED,
    LOST,
    MYSELF,
    STOLEN,
    TRAVEL,
    UPDATED,
    DetailsForm,
    ReasonForm,
    reason_is,
)

# As the screen of SEVIS lists them (domain/requests.md §7).
SEVIS_REASONS = {
    TRAVEL: "01 Travel",
    LOST: "02 Lost",
    STOLEN: "03 Stolen",
    DAMAGED: "04 Damaged",
    UPDATED: "50 Updated",
}


class Reprint(RequestType):
    """A new copy of the I-20 or DS-2019 with nothing but what is already true."""

    key = "reprint"
    title = _("I-20 or DS-2019 reprint")
    summary = _("A travel signature, new information, or a lost, stolen or damaged form.")
    icon = "printer"
    topic = _("Travel")
    audience = _("Everyone")
    also_called = ("travel signature", "new I-20", "replacement", "lost I-20")
    citation = "8 CFR 214.2(f)(4); 22 CFR 62.12"
    releases = _("Reprinted I-20 or DS-2019")
    sevis_event = "Reprint"
    bulk_approval = True
    target_days = 3
    before_arrival = BeforeArrival.ALSO
    policies = {
        "weeks_ahead": Policy(
            _("Ask this long before travel"), 2, 1, 12, _("weeks"), _("Office practice")
        ),
        "papers_months": Policy(
            _("Passport and visa valid this long after the return"), 6, 0, 12, _("months"),
            _("Office practice"),
        ),
    }  # fmt: skip
    rules = (
        visa_class_is("F-1", "J-1", citation="8 CFR 214.2(f)(4)"),
        form_can_be_printed(citation="8 CFR 214.3(k)"),
    )
    pages = (
        FormPage("reason", _("The reason"), ReasonForm),
        FormPage("details", _("The details"), DetailsForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "passport",
                    _("Passport, page with your photo"),
                    _("All four corners visible."),
                    asked_if=reason_is(TRAVEL, UPDATED),
                ),
                Slot(
                    "visa",
                    _("Newest visa page"),
                    _("Citizens of Canada need none."),
                    required=False,
                    asked_if=reason_is(TRAVEL),
                ),
                Slot(
                    "i94",
                    _("I-94 print-out"),
                    _("From the CBP I-94 website."),
                    asked_if=reason_is(TRAVEL),
                ),
                Slot(
                    "proof_of_change",
                    _("Proof of the change"),
                    _("For example your new passport or a marriage certificate."),
                    asked_if=reason_is(UPDATED),
                ),
                Slot("damaged_form", _("Scan of the damaged form"), asked_if=reason_is(DAMAGED)),
                Slot(
                    "police_report",
                    _("Police report"),
                    required=False,
                    asked_if=reason_is(STOLEN),
                ),
            ),
        ),
    )
    attestations = (
        _("What I wrote is true, and my address and program in the portal are correct."),
        _("I will check the new copy, sign it, and no longer use the old one."),
    )
    steps = (
        Step(
            _("Look at your last travel signature and your program end date."),
            _("You"),
        ),
        Step(_("Choose the reason and answer the questions."), _("You")),
        Step(_("Send it at least two weeks before you travel."), _("You")),
        Step(_("We check your enrollment and print the new form."), SHORT_NAME),
        Step(_("Download it, print it and sign it."), _("You")),
        Step(
            _("Travel with passport, visa, form, and proof of study or work."),
            _("You"),
        ),
    )
    corrects = {
        "biographical": {"reason": "updated", "what_changed": ["name"]},
        "program": {"reason": "updated", "what_changed": ["major"]},
        "travel": {"reason": "travel"},
    }
    stock_reasons = (
        _("Your travel signature is still valid for this trip."),
        _("Your program ends before you come back."),
        _("The passport scan is not readable."),
        _("Your passport expires soon. Upload the new one if you have it."),
        _("You are not enrolled full time. Speak with our office first."),
        _("You have a hold. Clear it first."),
        _("The proof does not show the change."),
    )

    def effective_dates(self, cleaned):
        """Travel from departure to return; other reasons have no dates."""
        return cleaned.get("departure"), cleaned.get("return_on")

    def effects(self, cleaned, facts, today):
        """The copies are noted in the issue history; one for travel carries a new signature."""
        people = cleaned["for_whom"] or ()
        return [
            IssueForm(
                cleaned["reason"],
                for_person=MYSELF in people,
                dependents=tuple(int(each) for each in people if each != MYSELF),
                has_travel_signature=cleaned["reason"] == TRAVEL,
            )
        ]

    def sevis_entries(self, cleaned, facts):
        """One reprint for each person who gets a copy."""
        reason = (_("Reason"), SEVIS_REASONS[cleaned["reason"]])
        remarks = (
            [(_("What has changed"), cleaned["new_value"])] if cleaned.get("new_value") else []
        )
        entries = []
        if MYSELF in cleaned["for_whom"]:
            entries.append(SevisEntry("Reprint", (reason, *remarks)))
        entries += [
            SevisEntry("Dependent Reprint", ((_("Dependent"), _named(each)), reason, *remarks))
            for each in facts.dependents
            if str(each.id) in cleaned["for_whom"]
        ]
        return tuple(entries)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """21 days, as for other changes (8 CFR 214.3(g)(2)), and before the person leaves."""
        due = super().sevis_due(cleaned, facts, reported_on, add_business_days)
        return min(due, cleaned.get("departure") or due)

    def panel(self, situation):
        """Show whether somebody is ready to travel: signature, passport, visa, pending OPT."""
        facts, today = situation.facts, situation.today
        ends = status_ends_on(facts)
        signed = facts.travel_signature_on
        if is_expected(facts):
            # The first entry needs no signature.
            rows = []
        elif signed:
            on_work = is_on_post_completion_work(facts, today)
            until = travel_signature_valid_until(signed, ends, on_work)
            rows = [
                (_("Last travel signature"), _in_words(signed), ""),
                (_("Serves for re-entry until"), _in_words(until), _tone(until >= today)),
            ]
        else:
            rows = [(_("Last travel signature"), _("None on record"), "warn")]
        return rows + _travel(facts, situation.answers, situation.policy, today)


def _named(dependent):
    return f"{dependent.name} {dependent.sevis_id}".strip()


def _in_words(day):
    return date_format(day, "F j, Y")


def _tone(is_fine):
    return "ok" if is_fine else "bad"


def _travel(facts, answers, policy, today):
    """Return rows on what a traveler must have valid on the day of return, or today."""
    leave, back = day_in(answers, "departure"), day_in(answers, "return_on")
    asks = answers.get("reason") == TRAVEL
    on = (back if asks else None) or today
    rows = []
    wanted = add_months(on, policy["papers_months"])
    if facts.passport_expiry:
        # Many countries and airlines want six months after the return.
        tone = "ok" if facts.passport_expiry >= wanted else "warn"
        tone = "bad" if facts.passport_expiry < on else tone
        rows.append((_("Passport valid until"), _in_words(facts.passport_expiry), tone))
    if facts.visa_expiry:
        tone = "ok" if facts.visa_expiry >= wanted else "warn"
        tone = "bad" if facts.visa_expiry < on else tone
        rows.append((_("Visa valid until"), _in_words(facts.visa_expiry), tone))
    if any(
        work.kind in ("OPT", "STEM") and work.status == EmploymentStatus.PENDING
        for work in facts.employments
    ):
        rows.append((_("OPT is pending"), _("Speak with an advisor before travel"), "warn"))
    if asks and leave and leave < today + timedelta(weeks=policy["weeks_ahead"]):
        rows.append((_("You leave on"), _("%(day)s: soon") % {"day": in_words(leave)}, "warn"))
    return rows

"""Address and contact update: report a move, a phone, an e-mail, a name or an emergency contact."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import RequestType, Step
from ..rules.dates import address_record_due
from ..rules.eligibility import sevis_status_is, visa_class_is
from ..type_forms.address_reported import address_effects, address_entries
from ..type_forms.address_update import (
    ABROAD,
    CONTACT,
    EMERGENCY,
    LEGAL,
    MAILING,
    PREFERRED,
    US,
    AbroadForm,
    ContactForm,
    EmergencyForm,
    HomeForm,
    LegalNameForm,
    MailingForm,
    PreferredNameForm,
    TopicsForm,
    late_words,
    reports,
)

CITATION = "8 CFR 214.2(f)(17), 265.1; 22 CFR 62.13"


class AddressUpdate(RequestType):
    """The report of a new address, contact or name; nothing is printed for an address."""

    key = "address_update"
    title = _("Address and contact update")
    summary = _("Report a move within 10 days, or a new phone, e-mail, name or contact.")
    icon = "house"
    topic = _("Staying in status")
    audience = _("Everyone")
    also_called = ("move", "new address", "phone", "AR-11", "name change")
    citation = CITATION
    sevis_event = "PersonalInfo"
    bulk_approval = True
    target_days = 3
    policies = {
        "days_ahead": Policy(
            _("A move may lie this far ahead"), 30, 0, 90, _("days"), _("Office practice")
        ),
    }
    rules = (
        visa_class_is("F-1", "J-1", "F-2", "J-2", "M-1", citation=CITATION),
        sevis_status_is("initial", "active", citation=CITATION),
    )
    pages = (
        FormPage("changed", _("What has changed"), TopicsForm),
        FormPage("home", _("Where you live"), HomeForm, asked_if=reports(US)),
        FormPage("mail", _("Where you get mail"), MailingForm, asked_if=reports(MAILING)),
        FormPage("abroad", _("Your address abroad"), AbroadForm, asked_if=reports(ABROAD)),
        FormPage("contact", _("Phone and e-mail"), ContactForm, asked_if=reports(CONTACT)),
        FormPage(
            "called", _("The name to call you"), PreferredNameForm, asked_if=reports(PREFERRED)
        ),
        FormPage(
            "name",
            _("Your legal name"),
            LegalNameForm,
            slots=(
                Slot(
                    "new_passport",
                    _("New passport, page with your photo"),
                    _("All four corners visible."),
                    asked_if=reports(LEGAL),
                ),
            ),
            asked_if=reports(LEGAL),
        ),
        FormPage("emergency", _("Emergency contact"), EmergencyForm, asked_if=reports(EMERGENCY)),
    )
    attestations = (_("What I wrote is true, and I live at the address I gave as my home."),)
    steps = (
        Step(_("Tick what has changed; you see only those questions."), _("You")),
        Step(_("Write the street as the post does, with the apartment in that line."), _("You")),
        Step(_("Send it within 10 days of moving. Late is better than never."), _("You")),
        Step(_("We enter it in SEVIS. For an address there is nothing to print."), SHORT_NAME),
        Step(_("After a new legal name, ask for a reprint of your form, too."), _("You")),
    )
    stock_reasons = (
        _("This is a dormitory office or mailbox. Enter the building where you live."),
        _("Write the apartment in the street line."),
        _("A post office box belongs under “Where you get mail”."),
        _("This address is not in the United States."),
        _("The name differs from your passport."),
    )
    corrects = {
        "contact": {"changed": [CONTACT]},
        "us_address": {"changed": [US]},
        "mailing_address": {"changed": [MAILING]},
        "foreign_address": {"changed": [ABROAD]},
        "emergency": {"changed": [EMERGENCY]},
    }

    def purpose(self, answers):
        """Two reports differ in what they are about and in the day of the move."""
        return ",".join([*sorted(answers.get("changed") or ()), answers.get("moved_on") or ""])

    def effective_dates(self, cleaned):
        """A move holds from its day on, a temporary home until its last."""
        return cleaned.get("moved_on"), cleaned.get("us_until")

    def effects(self, cleaned, facts, today):
        """Addresses are kept as reported, and what was ticked becomes the record."""
        return address_effects(cleaned, facts)

    def sevis_entries(self, cleaned, facts):
        """One event with what changed, and one for each family member who moves along."""
        return address_entries(cleaned, facts)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """21 days for F-1 (8 CFR 214.3(g)(2)), 10 business days for J-1 (22 CFR 62.13)."""
        if facts.visa_class in ("J-1", "J-2"):
            return add_business_days(reported_on, 10)
        return address_record_due(reported_on)

    def panel(self, situation):
        """Tell by when a move is to be reported, and when that day has passed."""
        if not reports(US)(situation.answers):
            return []
        try:
            moved_on = date.fromisoformat(situation.answers.get("moved_on") or "")
        except ValueError:
            return []
        return [(_("Report it"), *late_words(moved_on, situation.today))]

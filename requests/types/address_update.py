"""Address and contact update: report a move, a phone, an e-mail, a name or an emergency contact."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.countries import code_of

from ..effects import ChangeDependents, ChangeRecord, ReportAddress
from ..policy_number import Policy
from ..request_type import FormPage, RequestType, SevisEntry, Slot, Step
from ..rules.dates import address_record_due
from ..rules.eligibility import sevis_status_is, visa_class_is
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
SIMPLE_TOPICS = {CONTACT: ContactForm, PREFERRED: PreferredNameForm, LEGAL: LegalNameForm}


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
        ticked = set(cleaned["changed"])
        written = []
        if US in ticked:
            written.append(
                ReportAddress(
                    US,
                    _parts(cleaned, "us") | {"explanation": cleaned["us_explanation"]},
                    valid_from=cleaned["moved_on"],
                    valid_until=cleaned["us_until"],
                )
            )
            written += _family_moves(cleaned, facts)
        if MAILING in ticked:
            written.append(ReportAddress(MAILING, _mailing(cleaned)))
        if ABROAD in ticked:
            written.append(ReportAddress(ABROAD, _abroad(cleaned)))
        changes = {
            name: cleaned[name]
            for topic, form in (SIMPLE_TOPICS | {EMERGENCY: EmergencyForm}).items()
            if topic in ticked
            for name in form.base_fields
        }
        return [*written, ChangeRecord(changes)] if changes else written

    def sevis_entries(self, cleaned, facts):
        """One event with what changed, and one for each family member who moves along."""
        ticked = set(cleaned["changed"])
        values = []
        if LEGAL in ticked:
            values += [
                (_("Last name"), cleaned["family_name"]),
                (_("First name"), cleaned["given_name"]),
                (_("Passport name"), cleaned["passport_name"]),
                (_("Suffix"), cleaned["suffix"]),
            ]
        if PREFERRED in ticked:
            values.append((_("Preferred name"), cleaned["preferred_name"]))
        if CONTACT in ticked:
            values += [(_("E-mail"), cleaned["email"]), *_phone(cleaned, facts)]
        home = _us_values(_("US address"), _parts(cleaned, "us")) if US in ticked else ()
        values += home
        if home and cleaned["us_explanation"]:
            values.append((_("Explanation"), cleaned["us_explanation"]))
        if MAILING in ticked:
            values += _us_values(_("Mailing address"), _mailing(cleaned))
        # The schema of exchange visitors has no address abroad (domain/records.md §3.2).
        if ABROAD in ticked and facts.visa_class != "J-1":
            values += _foreign_values(_abroad(cleaned))
        if not values:
            return ()
        event = "Biographical" if facts.visa_class == "J-1" else "PersonalInfo"
        family = facts.dependents if home and cleaned.get("family_moves") == "yes" else ()
        return (
            SevisEntry(event, tuple(values)),
            *(
                SevisEntry(
                    "Dependent Edit", ((_("Dependent"), f"{each.name} {each.sevis_id}"), *home)
                )
                for each in family
            ),
        )

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


def _parts(cleaned, prefix):
    """Return a US address as the record keeps it."""
    return {
        "line1": cleaned[f"{prefix}_street"],
        "line2": "",
        "city": cleaned[f"{prefix}_city"],
        "state": cleaned[f"{prefix}_state"],
        "postal_code": cleaned[f"{prefix}_postal_code"],
    }


def _mailing(cleaned):
    """Return the mailing address; empty where mail comes to the home."""
    found = _parts(cleaned, "mailing")
    return found if cleaned["mailing_elsewhere"] == "yes" else dict.fromkeys(found, "")


def _abroad(cleaned):
    return {"line1": cleaned["foreign_street"]} | {
        part: cleaned[f"foreign_{part}"]
        for part in ("line2", "city", "province", "postal_code", "country")
    }


def _family_moves(cleaned, facts):
    """Family who stays behind keeps the old address, everybody else has the person's."""
    if not facts.dependents or not cleaned.get("family_moves"):
        return []
    old = facts.us_address
    if cleaned["family_moves"] == "no" and _is_there(old, _parts(cleaned, "us")):
        # The record has moved already; where the family stayed is not known from it any more.
        return []
    stays = ", ".join(
        filter(None, (old.get(part, "") for part in ("line1", "city", "state", "postal_code")))
    )
    where = "" if cleaned["family_moves"] == "yes" else stays
    ids = tuple(each.id for each in facts.dependents)
    return [ChangeDependents(ids, {"lives_elsewhere": where})]


def _is_there(address, parts):
    """Tell whether an address of the record is the one reported."""
    return all((address.get(part) or "") == value for part, value in parts.items())


def _us_values(heading, parts):
    return [
        (f"{heading}: {label}", parts[part])
        for label, part in (
            (_("street"), "line1"),
            (_("city"), "city"),
            (_("state"), "state"),
            (_("ZIP code"), "postal_code"),
        )
    ]


def _foreign_values(parts):
    labels = (
        (_("street"), "line1"),
        (_("second line"), "line2"),
        (_("city"), "city"),
        (_("province"), "province"),
        (_("postal code"), "postal_code"),
    )
    return [
        *((f"{_('Address abroad')}: {label}", parts[part]) for label, part in labels),
        (f"{_('Address abroad')}: {_('country code')}", code_of(parts["country"])),
    ]


def _phone(cleaned, facts):
    """J-1 records take a US number only; F-1 records also the word that there is none."""
    values = [(_("US phone"), cleaned["us_phone"])]
    if facts.visa_class in ("J-1", "J-2"):
        return values
    exempt = "Y" if cleaned["has_no_us_phone"] else "N"
    return [
        (_("No phone (TelephoneExemptInd)"), exempt),
        *values,
        (_("Phone abroad"), cleaned["foreign_phone"]),
    ]

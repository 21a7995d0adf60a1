"""What a reported address, contact or name writes into the record, and what is keyed for it."""

from django.utils.translation import gettext_lazy as _

from isso.requests.records.countries import code_of

from ..effects import ChangeDependents, ChangeRecord, ReportAddress
from ..request_type import SevisEntry
from .address_update import (
    ABROAD,
    CONTACT,
    EMERGENCY,
    LEGAL,
    MAILING,
    PREFERRED,
    US,
    ContactForm,
    EmergencyForm,
    LegalNameForm,
    PreferredNameForm,
)

SIMPLE_TOPICS = {CONTACT: ContactForm, PREFERRED: PreferredNameForm, LEGAL: LegalNameForm}


def address_effects(cleaned, facts):
    """Return what ticked topics write: addresses as reported, and the record as it is now."""
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


def address_entries(cleaned, facts):
    """Return one event with what changed, and one for each family member who moves along."""
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
            SevisEntry("Dependent Edit", ((_("Dependent"), f"{each.name} {each.sevis_id}"), *home))
            for each in family
        ),
    )


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

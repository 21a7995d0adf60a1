"""Which fields of the record belong together, on the screen and in their source."""

from django.utils.translation import gettext_lazy as _

ADDRESS_PARTS = {
    "us_address": ("line1", "line2", "city", "state", "postal_code"),
    "foreign_address": ("line1", "line2", "city", "province", "postal_code", "country"),
    "emergency": ("name", "relation", "phone", "email"),
}


def _parts_of(prefix):
    return tuple(f"{prefix}_{part}" for part in ADDRESS_PARTS[prefix])


FACT_GROUPS = {
    "status": ("visa_class", "sevis_status", "sevis_id", "stage", "institution_id"),
    "biographical": (
        "family_name",
        "given_name",
        "passport_name",
        "preferred_name",
        "birth_date",
        "birth_country",
        "citizenship_country",
        "sex",
    ),
    "program": (
        "education_level",
        "major",
        "cip_code",
        "degree",
        "department",
        "program_start",
        "program_end",
        "full_time_since",
        "term_start",
        "term_end",
        "check_in_completed_on",
    ),
    "contact": ("email", "us_phone"),
    "us_address": _parts_of("us_address"),
    "foreign_address": _parts_of("foreign_address"),
    "emergency": _parts_of("emergency"),
    "passport": ("passport_number", "passport_country", "passport_expiry"),
    "visa": ("visa_number", "visa_post", "visa_issue", "visa_expiry"),
    "i94": ("i94_number", "i94_admit_until", "i94_date_of_entry", "i94_port_of_entry"),
    "travel": ("travel_signature_on",),
}

GROUP_LABELS = {
    "status": _("Status"),
    "biographical": _("About you"),
    "program": _("Program"),
    "contact": _("E-mail and phone"),
    "us_address": _("Address in the United States"),
    "foreign_address": _("Address abroad"),
    "emergency": _("Emergency contact"),
    "passport": _("Passport"),
    "visa": _("Visa"),
    "i94": _("Arrival (I-94)"),
    "travel": _("Travel signature"),
}

# Shown masked, and never in mails, registers or exports.
SENSITIVE_FIELDS = frozenset({"passport_number", "visa_number", "i94_number"})
CHANGEABLE_FIELDS = frozenset(name for names in FACT_GROUPS.values() for name in names)


def masked(field: str, value: str) -> str:
    """Hide all but the last three characters of a sensitive field, all of a short one."""
    if field not in SENSITIVE_FIELDS or not value:
        return value
    return "•" * 5 + (value[-3:] if len(value) > 6 else "")

"""Which fields of the record belong together, on the screen and in their source."""

from django.utils.translation import gettext_lazy as _

ADDRESS_PARTS = {
    "us_address": ("line1", "line2", "city", "state", "postal_code"),
    "mailing_address": ("line1", "line2", "city", "state", "postal_code"),
    "foreign_address": ("line1", "line2", "city", "province", "postal_code", "country"),
    "emergency": ("name", "relation", "phone", "email", "language"),
}


def _parts_of(prefix):
    return tuple(f"{prefix}_{part}" for part in ADDRESS_PARTS[prefix])


FACT_GROUPS = {
    "status": (
        "visa_class",
        "sevis_status",
        "sevis_id",
        "stage",
        "institution_id",
        "school_code",
        "campus",
        "creation_reason",
        "deposit_paid_on",
        "campus_account_end",
        "transfer_school",
        "transfer_school_code",
        "transfer_release_on",
        "stopped_on",
        "returns_on",
    ),
    "biographical": (
        "family_name",
        "given_name",
        "passport_name",
        "preferred_name",
        "suffix",
        "birth_date",
        "birth_city",
        "birth_country",
        "citizenship_country",
        "residence_country",
        "sex",
    ),
    "program": (
        "education_level",
        "major",
        "cip_code",
        "second_major",
        "second_cip_code",
        "minor",
        "minor_cip_code",
        "degree",
        "department",
        "program_start",
        "program_end",
        "next_education_level",
        "next_major",
        "next_cip_code",
        "next_degree",
        "next_department",
        "next_program_start",
        "next_program_end",
        "initial_session_start",
        "expected_graduation",
        "has_thesis",
        "needs_training_at_once",
        "full_time_since",
        "english_required",
        "english_met",
        "english_reason",
        "exchange_category",
        "position_code",
        "subject_remark",
    ),
    "enrollment": (
        "term_start",
        "term_end",
        "credits",
        "is_full_time",
        "next_session_start",
        "is_last_session",
        "is_abroad",
        "is_commuter",
        "check_in_completed_on",
        "insurance_plan",
        "insurance_end",
    ),
    "contact": ("email", "personal_email", "us_phone", "has_no_us_phone", "foreign_phone"),
    "us_address": (*_parts_of("us_address"), "us_address_until"),
    "mailing_address": _parts_of("mailing_address"),
    "foreign_address": _parts_of("foreign_address"),
    "emergency": _parts_of("emergency"),
    "passport": ("passport_number", "passport_country", "passport_issue", "passport_expiry"),
    "visa": (
        "visa_foil_class",
        "visa_number",
        "visa_post",
        "visa_issue",
        "visa_expiry",
        "visa_entries",
    ),
    "i94": (
        "i94_number",
        "i94_class",
        "i94_admit_until",
        "i94_date_of_entry",
        "i94_port_of_entry",
        "change_of_status_receipt",
        "change_of_status_on",
    ),
    "travel": ("travel_signature_on",),
}

# Rows around the record, by the name under which their changes are noted.
ROW_GROUPS = {
    "holds": ("hold",),
    "funding": ("fundingstatement",),
    "work": ("employmentauthorization", "reportedjob", "stemvalidation"),
    "dependents": ("dependent",),
    "forms": ("issuedform",),
    "course": ("reducedcourseload", "formersevisid", "exchangestay", "siteofactivity"),
}

GROUP_LABELS = {
    "status": _("Status"),
    "biographical": _("About you"),
    "program": _("Program"),
    "enrollment": _("This term"),
    "contact": _("E-mail and phone"),
    "us_address": _("Address in the United States"),
    "mailing_address": _("Mailing address"),
    "foreign_address": _("Address abroad"),
    "emergency": _("Emergency contact"),
    "passport": _("Passport"),
    "visa": _("Visa"),
    "i94": _("Arrival (I-94)"),
    "travel": _("Travel signature"),
    "holds": _("Holds"),
    "funding": _("Funding"),
    "work": _("Work permissions"),
    "dependents": _("Family members"),
    "forms": _("Forms we issued"),
    "course": _("Reduced loads and earlier records"),
}

# Shown masked, and never in mails, registers or exports.
SENSITIVE_FIELDS = frozenset({"passport_number", "visa_number", "i94_number"})
# For the office alone: the person reads it on no page, and no approver does.
OFFICE_FIELDS = frozenset({"is_on_probation", "stop_reason"})
# Rows of which the person reads no change: what other offices answered stands in them.
OFFICE_ROWS = frozenset({"scholardetails"})
CHANGEABLE_FIELDS = OFFICE_FIELDS | {name for names in FACT_GROUPS.values() for name in names}


def masked(field: str, value: str) -> str:
    """Hide all but the last three characters of a sensitive field, all of a short one."""
    if field not in SENSITIVE_FIELDS or not value:
        return value
    return "•" * 5 + (value[-3:] if len(value) > 6 else "")

"""What the first form writes into the record: the person, the family, and the form itself."""

from isso.requests.records.choices import CreationReason, IssueReason, SevisStatus

from ..effects import AddDependent, ChangeRecord, IssueForm, ReportAddress
from ..rules.admission import CHANGE, IS_HERE, LEVEL, TRANSFER, category_of, is_exchange
from .first_form_biographical import FOREIGN_ADDRESS
from .first_form_dependents import DEPENDENTS
from .first_form_money import financial_effects
from .first_form_situation import PETITION

PERSON = (
    *("family_name", "given_name", "passport_name", "preferred_name", "suffix", "birth_date"),
    *("sex", "birth_city", "birth_country", "citizenship_country", "email", "foreign_phone"),
    *("passport_number", "passport_country", "passport_expiry"),
)
DEPENDENT = (
    *("relation", "family_name", "given_name", "passport_name", "preferred_name", "suffix"),
    *("birth_date", "birth_city", "birth_country", "citizenship_country", "sex", "email"),
)


def changes_status(cleaned):
    """Whether USCIS is asked to change the status: the form says so, 8 CFR 248.1."""
    return cleaned["situation"] == CHANGE and cleaned.get("how_to_change") == PETITION


def reason_of_form(cleaned):
    """Return why the form is issued, as its history keeps it."""
    if changes_status(cleaned):
        return IssueReason.CHANGE_OF_STATUS.value
    reasons = {TRANSFER: IssueReason.TRANSFER, LEVEL: IssueReason.LEVEL}
    return reasons.get(cleaned["situation"], IssueReason.INITIAL).value


def first_form_effects(cleaned, facts, sevis_status=SevisStatus.INITIAL.value):
    """Return the effects that every way of coming here has."""
    reason = CreationReason.CHANGE_OF_STATUS if changes_status(cleaned) else CreationReason.INITIAL
    changes = {name: cleaned[name] for name in PERSON} | {
        "visa_class": cleaned["visa_class"],
        "sevis_status": sevis_status,
        "creation_reason": reason.value,
    }
    if is_exchange(cleaned):
        changes |= {
            "exchange_category": category_of(facts.education_level),
            "residence_country": cleaned["residence_country"],
            "position_code": cleaned["position_code"],
        }
    if cleaned["situation"] in IS_HERE:
        changes["i94_number"] = cleaned["i94_number"]
    return [
        ChangeRecord(changes),
        *_addresses(cleaned),
        *(AddDependent(each) for each in family_of(cleaned)),
        *financial_effects(cleaned, facts),
        IssueForm(reason_of_form(cleaned), for_added=True),
    ]


def abroad_of(cleaned):
    """Return the address abroad by the parts of the record."""
    return {part: cleaned[f"foreign_{part}"] for part in FOREIGN_ADDRESS}


def home_of(cleaned):
    """Return the address in the United States by the parts of the record, {} without one."""
    if cleaned["has_us_address"] != "yes":
        return {}
    home = {part: cleaned[f"us_{part}"] for part in ("city", "state", "postal_code")}
    return {"line1": cleaned["us_street"], "line2": ""} | home


def _addresses(cleaned):
    home = home_of(cleaned)
    found = [ReportAddress("foreign_address", abroad_of(cleaned))]
    return [*found, ReportAddress("us_address", home)] if home else found


def family_of(cleaned):
    """Return the columns of every family member."""
    visa = "J-2" if is_exchange(cleaned) else "F-2"
    return [
        {name: row[name] or "" for name in DEPENDENT}
        | {
            "birth_date": row["birth_date"],
            "visa_class": visa,
            "sevis_status": SevisStatus.INITIAL.value,
            "is_in_the_us": row["in_the_us"] == "yes",
        }
        for row in DEPENDENTS.rows(cleaned)
    ]

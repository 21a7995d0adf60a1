"""What the scholar's half writes into the record, and what is keyed into SEVIS for it."""

from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import CreationReason, ExchangeCategory, SevisStatus
from isso.requests.records.countries import code_of

from ..effects import AddDependent, ChangeRecord, IssueForm, ReportAddress
from ..form_fields import dollars
from ..request_type import SevisEntry
from ..rules.admission import IS_HERE, TRANSFER
from ..rules.sevis import sevis_day
from .first_form_keyed import create_dependents, person_values
from .first_form_written import PERSON, abroad_of, family_of, home_of
from .scholar_profile_papers import OWN
from .scholar_profile_person import AS_VISITOR


def profile_effects(cleaned):
    """Return the person, the addresses, the family and the form, in this order."""
    is_transfer = cleaned["situation"] == TRANSFER
    changes = {name: cleaned[name] for name in PERSON} | {
        "residence_country": cleaned["residence_country"],
        "sevis_status": SevisStatus.INITIAL.value,
        "creation_reason": CreationReason.INITIAL.value,
    }
    if cleaned["insured_by"] == OWN:
        changes |= {
            "insurance_plan": cleaned["insurance_plan"],
            "insurance_end": cleaned["insurance_until"],
        }
    if cleaned["situation"] in IS_HERE:
        changes["i94_number"] = cleaned["i94_number"]
    home = home_of(cleaned)
    return [
        ChangeRecord(changes),
        ReportAddress("foreign_address", abroad_of(cleaned)),
        *([ReportAddress("us_address", home)] if home else []),
        *(AddDependent(each) for each in family_of(cleaned | AS_VISITOR)),
        IssueForm("transfer" if is_transfer else "initial", for_added=True),
    ]


def profile_entries(cleaned, facts):
    """Return a new record with the family, or the one that comes from another sponsor."""
    category = ExchangeCategory(facts.exchange_category)
    subject = f"{facts.cip_code} {facts.major}".strip()
    values = [
        *person_values(cleaned),
        (_("Country of permanent residence (code)"), code_of(cleaned["residence_country"])),
        (_("Position code"), facts.position_code or _("see the department’s request")),
        (_("Category"), f"{category.value} {category.label}"),
        (_("Program begin date"), sevis_day(facts.program_start)),
        (_("Program end date"), sevis_day(facts.program_end)),
        (_("Subject"), subject),
        (_("Subject, in more words"), facts.subject_remark),
        *_site_values(facts),
    ]
    if facts.funding:
        values.append((_("Money shown"), dollars(facts.funding.total)))
    if cleaned["situation"] == TRANSFER:
        comes_from = (
            (_("SEVIS ID"), facts.sevis_id),
            (_("Comes from"), cleaned["current_sponsor"]),
        )
        return (
            SevisEntry("Transfer In", (*comes_from, *values)),
            *create_dependents(cleaned | AS_VISITOR),
        )
    return (SevisEntry("CreateEV", tuple(values)), *create_dependents(cleaned | AS_VISITOR))


def _site_values(facts):
    """The primary site of activity, whose address may be no mailbox."""
    if not facts.sites:
        return []
    site = facts.sites[0]
    parts = (site.line1, site.line2, site.city, f"{site.state} {site.postal_code}".strip())
    return [
        (_("Site of activity"), site.name),
        (_("Site of activity: address"), ", ".join(filter(None, parts))),
    ]

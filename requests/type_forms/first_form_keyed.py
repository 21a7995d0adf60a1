"""What an advisor keys into SEVIS for the first form, in the order in which SEVIS asks."""

from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import EducationLevel, Relation
from isso.requests.records.countries import code_of

from ..request_type import SevisEntry
from ..rules.admission import category_of, is_exchange
from ..rules.next_program import months_of
from ..rules.sevis import sevis_day
from .first_form_dependents import DEPENDENTS
from .first_form_written import abroad_of, changes_status, home_of

NO_SUBJECT = "00.0000"
RELATION_CODES = {Relation.SPOUSE: "01", Relation.CHILD: "02"}


def person_values(cleaned):
    """Return name, birth and citizenship as both kinds of records ask for them."""
    return [
        (_("Last name"), cleaned["family_name"]),
        (_("First name"), cleaned["given_name"] or ""),
        (_("Passport name"), cleaned["passport_name"] or ""),
        (_("Preferred name"), cleaned["preferred_name"] or ""),
        (_("Suffix"), cleaned["suffix"] or ""),
        (_("Date of birth"), sevis_day(cleaned["birth_date"])),
        (_("Sex"), cleaned["sex"]),
        (_("City of birth"), cleaned["birth_city"]),
        (_("Country of birth (code)"), code_of(cleaned["birth_country"])),
        (_("Country of citizenship (code)"), code_of(cleaned["citizenship_country"])),
        (_("E-mail"), cleaned["email"] or ""),
    ]


def program_values(facts):
    """Return the program as an I-20 prints it: the record's, from the admissions office."""
    level = EducationLevel(facts.education_level)
    start, end = facts.program_start, facts.program_end
    english = [(_("English required"), "Y"), (_("English requirement met"), "Y")]
    if facts.english_required is False:
        english = [
            (_("English required"), "N"),
            (_("Why English is not required"), facts.english_reason),
        ]
    elif not facts.english_met:
        english[1] = (_("English requirement met"), _("see the admission letter"))
    return [
        (_("Level"), f"{level.value} {level.label}"),
        (_("Major"), f"{facts.cip_code} {facts.major}".strip()),
        (_("Second major"), f"{facts.second_cip_code or NO_SUBJECT} {facts.second_major}".strip()),
        (_("Minor"), f"{facts.minor_cip_code or NO_SUBJECT} {facts.minor}".strip()),
        (_("Initial session start date"), sevis_day(facts.initial_session_start or start)),
        (_("Program start date"), sevis_day(start)),
        (_("Program end date"), sevis_day(end)),
        (_("Length of study"), f"{months_of(start, end):02d}"),
        *english,
    ]


def create_student(cleaned, facts):
    """Return the new record of an F-1 student."""
    values = [
        *person_values(cleaned),
        # 01 is F-1 (domain/sevis_batch.md §3).
        (_("Visa type (01 is F-1)"), "01"),
        (_("Phone"), cleaned["foreign_phone"]),
        (_("Issue reason (I initial, S status)"), "S" if changes_status(cleaned) else "I"),
        *_us_address(cleaned),
        *_foreign_address(cleaned),
        *program_values(facts),
    ]
    return SevisEntry("CreateStudent", tuple(values))


def create_visitor(cleaned, facts):
    """Return the new record of an exchange visitor who studies; it has no address abroad."""
    category = category_of(facts.education_level)
    subject = [
        (_("Subject"), f"{facts.cip_code} {facts.major}".strip()),
        (_("Subject, in more words"), facts.subject_remark),
    ]
    values = [
        *person_values(cleaned),
        (_("Country of permanent residence (code)"), code_of(cleaned["residence_country"])),
        (_("Position code"), cleaned["position_code"]),
        (_("Category"), category),
        *subject,
        (_("Program begin date"), sevis_day(facts.program_start)),
        (_("Program end date"), sevis_day(facts.program_end)),
        *_us_address(cleaned),
    ]
    return SevisEntry("CreateEV", tuple(values))


def create_dependents(cleaned):
    """Return an entry for each family member, to be keyed with the record."""
    return tuple(
        SevisEntry(
            "CreateDependent",
            (
                (_("Relationship (01 spouse, 02 child)"), RELATION_CODES[row["relation"]]),
                *person_values(row),
                (
                    (_("Form purpose (06 begin, 08 join)"), row["form_purpose"])
                    if is_exchange(cleaned)
                    # 04 is F-2 (domain/records.md §7).
                    else (_("Visa type (04 is F-2)"), "04")
                ),
            ),
        )
        for row in DEPENDENTS.rows(cleaned)
    )


def _us_address(cleaned):
    home = home_of(cleaned)
    labels = (
        (_("street"), "line1"),
        (_("city"), "city"),
        (_("state"), "state"),
        (_("ZIP code"), "postal_code"),
    )
    return [(f"{_('US address')}: {label}", home[part]) for label, part in labels if home]


def _foreign_address(cleaned):
    abroad = abroad_of(cleaned)
    labels = (
        (_("street"), "line1"),
        (_("second line"), "line2"),
        (_("city"), "city"),
        (_("province"), "province"),
        (_("postal code"), "postal_code"),
    )
    return [
        *((f"{_('Address abroad')}: {label}", abroad[part]) for label, part in labels),
        (f"{_('Address abroad')}: {_('country code')}", code_of(abroad["country"])),
    ]

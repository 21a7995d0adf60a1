"""What a sponsorship writes once the office approves it, and what contradicts it before.

``cleaned`` are the department's typed answers, ``confirmed`` the kept answers of each step by its
key, as ``RequestType.effects_of_approval`` gets them.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import SevisStatus, Stage, VisaClass
from isso.requests.records.facts import Stay

from ..effects import (
    ChangeRecord,
    InvitePerson,
    NoteScholar,
    NoteSite,
    NoteStay,
    StateFunding,
)
from ..rules.exchange_stay import (
    bar_until,
    months_begun,
    program_as_stay,
    stays_of,
)
from ..rules.windows import in_words
from .scholar_agreement import EXPORT_CONTROL, SCREENINGS
from .scholar_appointment import EMPLOYEE, HIRED_AS
from .scholar_money import funding_of
from .scholar_person import STAYS, category_of

MOST_FUNDED_MONTHS = 12
# What belongs to an earlier time at this university.
LEFT_BEHIND = {
    "check_in_completed_on": None,
    "travel_signature_on": None,
    "stopped_on": None,
    "expected_graduation": None,
}


def sponsorship_effects(cleaned, confirmed, facts):
    """Return what approval writes, in its order: the stays first, the invitation last."""
    return [
        *_stays(cleaned, facts),
        ChangeRecord(_record(cleaned)),
        NoteScholar(_details(cleaned, confirmed, facts)),
        NoteSite(_site(cleaned)),
        StateFunding(_funding(cleaned)),
        InvitePerson(),
    ]


def _rows(cleaned):
    """The earlier stays as columns of ``ExchangeStay``."""
    return [
        {
            "category": category_of(row["category"]),
            "visa_class": row["visa"],
            "sponsor": row["sponsor"],
            "sevis_id": row["sevis_id"] or "",
            "start": row["start"],
            "end": row["end"],
        }
        for row in STAYS.rows(cleaned)
    ]


def _stays(cleaned, facts):
    """The earlier stays; a program here that has ended becomes one of them."""
    rows, present = _rows(cleaned), program_as_stay(facts)
    if present and present.start != cleaned["stay_begins"]:
        rows.append(
            {
                "category": present.category,
                "visa_class": VisaClass.J1,
                "sevis_id": facts.sevis_id,
                "start": present.start,
                "end": present.end,
            }
        )
    return [NoteStay(row) for row in rows]


def _record(cleaned):
    names = {
        "family_name": "family_name",
        "given_name": "given_name",
        "email": "scholar_email",
        "citizenship_country": "citizenship",
        "department": "host_department",
        "exchange_category": "category",
        "program_start": "stay_begins",
        "program_end": "stay_ends",
        "major": "field",
        "cip_code": "field_cip",
        "subject_remark": "field_remark",
    }
    changes = {name: cleaned.get(answer) or "" for name, answer in names.items()}
    changes["subject_remark"] = " ".join(changes["subject_remark"].split())
    if cleaned.get("insurance_until"):
        changes["insurance_plan"] = cleaned["insurance_plan"]
        changes["insurance_end"] = cleaned["insurance_until"]
    if cleaned.get("transfer_sevis_id"):
        changes["sevis_id"] = cleaned["transfer_sevis_id"]
    return (
        changes
        | LEFT_BEHIND
        | {
            "visa_class": VisaClass.J1,
            "sevis_status": SevisStatus.DRAFT,
            "stage": Stage.PRE_ARRIVAL,
        }
    )


def vetting(confirmed):
    """Return what Research Compliance answered, as columns of ``ScholarDetails``."""
    vetted = confirmed.get("compliance", {})
    return {
        "compliance_result": str(dict(SCREENINGS).get(vetted.get("screening"), "")),
        "compliance_on": _day(vetted.get("screened_on")),
        "vetted_until": _day(vetted.get("valid_until")),
        "export_control": str(dict(EXPORT_CONTROL).get(vetted.get("export_control"), "")),
        "compliance_conditions": vetted.get("conditions", ""),
    }


def _details(cleaned, confirmed, facts):
    typed = [Stay(*(row[name] for name in ("category", "start", "end"))) for row in _rows(cleaned)]
    stays = (*stays_of(facts), *typed)
    applies = {"yes": True, "no": False}.get(cleaned["home_residence"])
    basis = cleaned.get("home_residence_why") or ""
    if cleaned.get("us_government_money"):
        # Money of the US government for an exchange brings the rule: 22 CFR 41.63(a)(1).
        applies, basis = True, basis or str(_("Money of the US government"))
    return vetting(confirmed) | {
        "position": cleaned["position_title"],
        "host_name": cleaned["host_name"],
        "host_email": cleaned["host_email"],
        "is_employee": cleaned["hired_as"] == EMPLOYEE,
        "hr_reference": confirmed.get("hr", {}).get("hr_reference", ""),
        "english_method": cleaned["english_method"],
        "is_subject_to_home_residence": applies,
        "home_residence_basis": basis,
        "barred_12_months_until": bar_until(stays, 12),
        "barred_24_months_until": bar_until(stays, 24),
        "departed_on": None,
    }


def _site(cleaned):
    parts = {
        "name": "activity_site",
        "line1": "activity_street",
        "line2": "activity_room",
        "city": "activity_city",
        "state": "activity_state",
        "postal_code": "activity_postal_code",
    }
    return {name: cleaned.get(answer) or "" for name, answer in parts.items()} | {
        "is_primary": True
    }


def _funding(cleaned):
    months = months_begun(cleaned["stay_begins"], cleaned["stay_ends"])
    others = (
        cleaned.get("home_employer_money") and cleaned["present_employer"],
        cleaned.get("other_money") and cleaned["other_source"],
    )
    return funding_of(cleaned) | {
        # A statement counts a year at most; a longer stay has its days in the record.
        "months": months if months <= MOST_FUNDED_MONTHS else None,
        "covers_from": cleaned["stay_begins"],
        "other_remark": ", ".join(filter(None, others))[:120],
        "received_us_funds": bool(cleaned.get("us_government_money")),
    }


def _day(kept):
    return date.fromisoformat(kept) if kept else None


def contradictions(cleaned, confirmed):
    """Return (label, sentence) where what another office confirmed does not fit the answers."""
    found = []
    said, asked = confirmed.get("hr_hired_as"), cleaned.get("hired_as")
    if said and asked and said != asked:
        words = dict(HIRED_AS)
        found.append(
            (
                _("Employee or not"),
                _("Human Resources says “%(theirs)s”, the department “%(own)s”. Settle it first.")
                % {"theirs": words.get(said, said), "own": words.get(asked, asked)},
            )
        )
    until, begins = _day(confirmed.get("valid_until")), cleaned.get("stay_begins")
    if until and begins and until < begins:
        found.append(
            (
                _("Vetting of Research Compliance"),
                _("It holds until %(until)s, and the stay begins on %(begins)s.")
                % {"until": in_words(until), "begins": in_words(begins)},
            )
        )
    if confirmed.get("conditions"):
        found.append((_("Conditions of Research Compliance"), confirmed["conditions"]))
    return tuple(found)

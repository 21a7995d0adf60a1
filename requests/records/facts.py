"""What rules and forms may know about a person: plain values, no database behind them."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """One record at one moment; field names are those of ``StudentRecord``."""

    family_name: str = ""
    given_name: str = ""
    full_name: str = ""
    preferred_name: str = ""
    email: str = ""
    birth_date: date | None = None
    birth_country: str = ""
    citizenship_country: str = ""
    sex: str = ""

    sevis_id: str = ""
    institution_id: str = ""
    visa_class: str = ""
    sevis_status: str = ""
    stage: str = ""

    education_level: str = ""
    major: str = ""
    cip_code: str = ""
    degree: str = ""
    department: str = ""
    program_start: date | None = None
    program_end: date | None = None
    full_time_since: date | None = None
    term_start: date | None = None
    term_end: date | None = None
    check_in_completed_on: date | None = None

    us_phone: str = ""
    # Keys: line1, line2, city, state, postal_code; foreign: province and country instead of state.
    us_address: dict[str, str] = field(default_factory=dict)
    foreign_address: dict[str, str] = field(default_factory=dict)
    # Keys: name, relation, phone, email.
    emergency: dict[str, str] = field(default_factory=dict)

    passport_number: str = ""
    passport_country: str = ""
    passport_expiry: date | None = None
    visa_number: str = ""
    visa_post: str = ""
    visa_issue: date | None = None
    visa_expiry: date | None = None
    i94_number: str = ""
    i94_admit_until: str = ""
    i94_date_of_entry: date | None = None
    i94_port_of_entry: str = ""
    travel_signature_on: date | None = None

    # Calendar days of authorized CPT at the present level, both ends included, each day once.
    cpt_full_time_days: int = 0
    cpt_part_time_days: int = 0
    # (id, name) of each dependent.
    dependents: tuple[tuple[int, str], ...] = ()


def days_covered(spans) -> int:
    """Count the calendar days in spans of dates, both ends included, overlapping days once."""
    total, counted_to = 0, date.min
    for start, end in sorted(spans):
        first = max(start.toordinal(), counted_to.toordinal() + 1)
        if end.toordinal() >= first:
            total += end.toordinal() - first + 1
            counted_to = end
    return total

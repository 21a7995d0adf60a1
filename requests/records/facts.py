"""What rules and forms may know about a person: plain values, no database behind them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from isso.home.prices import Prices

from .choices import EmploymentStatus


class Work(NamedTuple):
    """One work authorization; words are those of ``choices``."""

    id: int
    kind: str
    status: str
    completion: str
    start: date
    end: date
    full_time: bool
    education_level: str
    employer: str = ""
    reference: str = ""


class Job(NamedTuple):
    """One job reported during OPT; ``end`` is None while it lasts."""

    authorization_id: int
    start: date
    end: date | None
    hours_per_week: int
    employer: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    job_title: str = ""
    is_paid: bool = True
    is_self_employed: bool = False
    id: int = 0


class StemReport(NamedTuple):
    """One report owed on STEM OPT: after how many months, until when, and what came of it."""

    authorization_id: int
    months: int
    due_on: date
    done_on: date | None = None
    is_evaluated: bool = False


class FamilyMember(NamedTuple):
    """One dependent who has not left."""

    id: int
    name: str
    relation: str
    birth_date: date | None = None
    sevis_id: str = ""
    is_in_the_us: bool = False


class ReducedLoad(NamedTuple):
    """One period with fewer courses than full time that was authorized, and not canceled."""

    reason: str
    start: date
    end: date
    education_level: str = ""


class Stay(NamedTuple):
    """One stay in J status, here or elsewhere; that of a J-2 has the category of the J-1."""

    category: str
    start: date
    end: date
    visa_class: str = "J-1"
    sponsor: str = ""
    sevis_id: str = ""
    id: int = 0


class Site(NamedTuple):
    """A place where an exchange visitor works; it has not ended."""

    id: int
    name: str
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    is_primary: bool = False


class Appointment(NamedTuple):
    """What a department has agreed with a visiting scholar."""

    position: str = ""
    host_name: str = ""
    host_email: str = ""
    is_employee: bool = False
    departed_on: date | None = None
    # Of the two-year home residence rule; with it no extension is possible any more.
    waiver_recommended_on: date | None = None


class Funding(NamedTuple):
    """The means shown last, in whole US dollars, and for how many months."""

    as_of: date
    months: int
    total: int


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """One record at one moment; field names are those of ``StudentRecord``."""

    family_name: str = ""
    given_name: str = ""
    full_name: str = ""
    passport_name: str = ""
    preferred_name: str = ""
    suffix: str = ""
    email: str = ""
    personal_email: str = ""
    birth_date: date | None = None
    birth_city: str = ""
    birth_country: str = ""
    citizenship_country: str = ""
    residence_country: str = ""
    sex: str = ""

    sevis_id: str = ""
    institution_id: str = ""
    visa_class: str = ""
    sevis_status: str = ""
    stage: str = ""
    school_code: str = ""
    exchange_category: str = ""
    position_code: str = ""
    deposit_paid_on: date | None = None
    transfer_release_on: date | None = None
    stopped_on: date | None = None
    # For the office: no screen of the person and no approver shows it.
    stop_reason: str = ""
    returns_on: date | None = None

    education_level: str = ""
    major: str = ""
    cip_code: str = ""
    second_major: str = ""
    second_cip_code: str = ""
    minor: str = ""
    minor_cip_code: str = ""
    subject_remark: str = ""
    degree: str = ""
    department: str = ""
    program_start: date | None = None
    program_end: date | None = None
    next_education_level: str = ""
    next_major: str = ""
    next_cip_code: str = ""
    next_degree: str = ""
    next_department: str = ""
    next_program_start: date | None = None
    next_program_end: date | None = None
    initial_session_start: date | None = None
    expected_graduation: date | None = None
    english_required: bool | None = None
    english_met: bool | None = None
    english_reason: str = ""
    full_time_since: date | None = None
    term_start: date | None = None
    term_end: date | None = None
    credits: int | None = None
    is_full_time: bool | None = None
    is_last_session: bool = False
    is_commuter: bool = False
    has_thesis: bool = False
    needs_training_at_once: bool = False
    insurance_plan: str = ""
    insurance_end: date | None = None
    check_in_completed_on: date | None = None

    us_phone: str = ""
    has_no_us_phone: bool = False
    foreign_phone: str = ""
    # Keys: line1, line2, city, state, postal_code; foreign: province and country instead of state.
    us_address: dict[str, str] = field(default_factory=dict)
    mailing_address: dict[str, str] = field(default_factory=dict)
    foreign_address: dict[str, str] = field(default_factory=dict)
    # Keys: name, relation, phone, email, language.
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

    # Every authorization there ever was, the earliest first, whatever became of it.
    employments: tuple[Work, ...] = ()
    jobs: tuple[Job, ...] = ()
    # The reports owed on STEM OPT, the earliest first.
    stem_reports: tuple[StemReport, ...] = ()
    dependents: tuple[FamilyMember, ...] = ()
    # Of every level, the earliest first.
    reduced_loads: tuple[ReducedLoad, ...] = ()
    # The kinds of the holds that are not lifted.
    holds: tuple[str, ...] = ()
    funding: Funding | None = None
    # What a year costs this person, and the exchange rates, for requests that ask about money.
    prices: Prices | None = None
    # Earlier stays in J status, the earliest first.
    exchange_stays: tuple[Stay, ...] = ()
    # The primary one first.
    sites: tuple[Site, ...] = ()
    appointment: Appointment | None = None

    def approved(self, kind: str) -> tuple[Work, ...]:
        """Return the approved work of one kind at the present level, the earliest first."""
        return tuple(
            work
            for work in self.employments
            if work.kind == kind
            and work.status == EmploymentStatus.APPROVED
            and work.education_level in ("", self.education_level)
        )

    @cached_property
    def cpt_full_time_days(self) -> int:
        """Count the calendar days of full-time CPT at this level, both ends included, once each."""
        return days_covered((w.start, w.end) for w in self.approved("CPT") if w.full_time)

    @cached_property
    def cpt_part_time_days(self) -> int:
        """Count the calendar days of part-time CPT at this level."""
        return days_covered((w.start, w.end) for w in self.approved("CPT") if not w.full_time)


def days_covered(spans) -> int:
    """Count the calendar days in spans of dates, both ends included, overlapping days once."""
    total, counted_to = 0, date.min
    for start, end in sorted(spans):
        first = max(start.toordinal(), counted_to.toordinal() + 1)
        if end.toordinal() >= first:
            total += end.toordinal() - first + 1
            counted_to = end
    return total

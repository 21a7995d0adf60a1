"""Changing one policy number changes what it is for, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from isso.requests.records.facts import Appointment, FamilyMember, Job, Site, StemReport
from isso.requests.registry import folder_types, get_type
from isso.tests.factories import work

from .people import PEOPLE, TODAY, TYPES, VISITOR, answers_of, said_of

STUDENT, NEWCOMER = PEOPLE["a student"], PEOPLE["a newcomer"]
SCHOLAR = PEOPLE["a scholar"]
OPT = work("OPT", date(2025, 9, 1), date(2026, 8, 31))
STEM = work("STEM", date(2026, 9, 1), date(2028, 8, 31), id=2)
JOB = Job(1, date(2025, 10, 20), None, 40)
GRADUATE = replace(STUDENT, program_end=date(2025, 8, 20), employments=(OPT,), jobs=(JOB,))
ON_STEM = replace(
    GRADUATE, employments=(OPT, STEM), stem_reports=(StemReport(2, 6, date(2026, 10, 30)),)
)
FULL = {"full_part": "full", "hours_per_week": "40"}
WORKED = replace(STUDENT, employments=(work("CPT", date(2025, 9, 1), date(2026, 5, 1)),))
SPAN = {"start_date": "2026-10-20", "end_date": "2026-11-20"}

# People before arrival, to whom other requests are open.
ADMITTED = replace(
    STUDENT,
    stage="pre_arrival",
    sevis_status="",
    visa_class="none",
    deposit_paid_on=date(2026, 9, 1),
    program_start=date(2027, 1, 19),
    program_end=date(2028, 5, 15),
)
# A scholar who is here, with a family.
SCHOLAR = replace(VISITOR, exchange_category="08", dependents=(FamilyMember(1, "Ada", "spouse"),))
INVITED = replace(
    SCHOLAR,
    stage="pre_arrival",
    sevis_status="draft",
    check_in_completed_on=None,
    program_start=ADMITTED.program_start,
    program_end=ADMITTED.program_end,
    sites=(Site(1, "Laboratory", is_primary=True),),
    appointment=Appointment("Fellow", "Ada Byron"),
)
RENEW = {"passport_expiry": "2027-06-01"}
OLD_PAPER = {"source_1_evidence_on": "2026-10-01"}
MOSTLY_SPONSORED = {
    **{"visa_class": "J-1", "exchange_basis": "sponsored"},
    **{"source_1_kind": "own_government", "source_1_payer": "Ministry of Education"},
    **{"source_2_kind": "personal", "source_2_holder": "me", "source_2_amount": "20,000"},
    **{"source_2_currency": "USD", "source_2_evidence": "bank_statement"},
    **{"source_2_evidence_on": "2026-10-01", "source_2_language": "english"},
    "source_count": "2",
}

# (type, number, new value, facts, answers): the places that change; a place is a verdict, a line
# of days, a row of the calculator, or the hint or error at a field.
CHANGES = [
    (
        *("check_in", "days_before", 10, replace(NEWCOMER, program_start=date(2026, 10, 20)), {}),
        {"verdict", "days of the request"},
    ),
    (
        *("check_in", "days_after", 5, NEWCOMER, {}),
        {"verdict", "deadline", "days of the request", "panel: Check in no later than"},
    ),
    (
        *("cpt", "full_time_day_limit", 200, WORKED, FULL | SPAN),
        {
            "error at end_date",
            "panel: Full-time CPT used",
            "panel: Full-time CPT after this request",
        },
    ),
    (
        *("cpt", "full_time_day_warning", 250, WORKED, FULL | SPAN),
        {"panel: Full-time CPT after this request"},
    ),
    (
        *("cpt", "lead_days", 3, STUDENT, SPAN),
        {
            *("days of start_date", "days of end_date"),
            *("hint at start_date", "hint at end_date"),
        },
    ),
    (*("cpt", "part_time_in_term", 0, STUDENT, FULL | SPAN), {"panel: During the term"}),
    (
        *("cpt", "remote_share", 20, STUDENT, {"work_mode": "hybrid", "remote_share": "30"}),
        {"panel: Remote work", "hint at remote_share"},
    ),
    (
        *("reprint", "weeks_ahead", 6, STUDENT, {}),
        {"days of departure", "hint at departure", "panel: You leave on"},
    ),
    (
        *("reprint", "papers_months", 1, replace(STUDENT, passport_expiry=date(2027, 1, 1)), {}),
        {"panel: Passport valid until"},
    ),
    (*("initial_i20", "passport_months", 0, ADMITTED, RENEW), {"panel: Passport"}),
    (*("transfer_in", "passport_months", 0, ADMITTED, RENEW), {"panel: Passport"}),
    (*("scholar_profile", "passport_months", 0, INVITED, RENEW), {"panel: Passport"}),
    (
        *("scholar_departure", "early_days", 0, SCHOLAR),
        {"what": "planned", "leaves_on": "2026-12-20"},
        {"days of leaves_on", "hint at leaves_on"},
    ),
    *(
        (
            *(key, "evidence_months", 3, ADMITTED, OLD_PAPER),
            {
                *("error at source_1_evidence_on", "panel: Source of money 1"),
                *("panel: Money that counts", "panel: Still missing"),
                "panel: Your money covers the costs",
            },
        )
        for key in ("initial_i20", "transfer_in")
    ),
    *(
        (
            *(key, "sponsored_percent", 99, ADMITTED, MOSTLY_SPONSORED),
            {"error at source_count", "panel: Money of others"},
        )
        for key in ("initial_i20", "transfer_in")
    ),
    *(
        (
            *(key, "rate_days", 365, ADMITTED, {"source_1_currency": "NGN"}),
            {"panel: Exchange rate of NGN"},
        )
        for key in ("initial_i20", "transfer_in")
    ),
]


def changed(before, after):
    """Return the places at which two sayings differ."""
    return {place for place in before | after if before.get(place) != after.get(place)}


@pytest.mark.parametrize(("key", "name", "value", "facts", "answers", "places"), CHANGES)
def test_a_number_changes_its_own_places(key, name, value, facts, answers, places):
    answers = answers_of(key, facts) | answers
    before = said_of(key, facts, answers)
    assert changed(before, said_of(key, facts, answers, **{name: value})) == places


# Where a number of another type shows: people for whom it counts.
MORE_PEOPLE = (
    *PEOPLE.values(),
    INVITED,
    VISITOR,
    WORKED,
    replace(STUDENT, education_level="04"),
    replace(STUDENT, passport_expiry=date(2027, 1, 1)),
    replace(STUDENT, education_level="06"),
    replace(VISITOR, exchange_category="1F"),
    replace(VISITOR, exchange_category="1C", education_level="06"),
    replace(STUDENT, program_end=date(2026, 9, 1)),
    replace(STUDENT, program_end=date(2027, 6, 1)),
    replace(STUDENT, sevis_status="terminated", stopped_on=date(2026, 8, 1)),
    GRADUATE,
    ON_STEM,
    replace(NEWCOMER, stage="pre_arrival", sevis_id="N0000000001"),
)
DAYS = (TODAY, TODAY + timedelta(days=40), TODAY + timedelta(days=100))


def numbers():
    """Return every policy number of every type."""
    return [(key, name) for key in TYPES for name in folder_types()[key].policies]


@pytest.mark.parametrize(("key", "name"), numbers())
def test_every_number_counts_for_somebody(key, name):
    policy = get_type(key).policies[name]
    others = {policy.legal_min, policy.legal_max} - {policy.default}
    assert others, "a number that cannot be changed is none"
    typed = [{}, *(row[4] for row in CHANGES if row[:2] == (key, name))]
    assert any(
        changed(
            said_of(key, facts, answers := answers_of(key, facts) | more, today),
            said_of(key, facts, answers, today, **{name: value}),
        )
        for facts in (*MORE_PEOPLE, ADMITTED, SCHOLAR)
        for today in DAYS
        for value in others
        for more in typed
    )

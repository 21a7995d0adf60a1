"""Who may ask for what today: one table for each type, each row a person of interest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.models.policy import PolicyInForce
from isso.requests.records.facts import RecordFacts
from isso.requests.registry import all_types, get_type
from isso.requests.rules.dates import (
    academic_year_completed_on,
    add_months,
    check_in_window,
    days_in,
    travel_signature_valid_until,
)
from isso.requests.rules.verdict import Standing

TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    full_time_since=date(2025, 8, 25),
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2025, 9, 1),
)
NEWCOMER = replace(
    STUDENT,
    sevis_status="initial",
    stage="check_in",
    full_time_since=None,
    program_start=date(2026, 9, 28),
    check_in_completed_on=None,
)


def policy_of(request_type, **numbers):
    defaults = {name: each.default for name, each in request_type.policies.items()}
    return PolicyInForce(True, "", request_type.target_days, defaults | numbers)


def verdict(key, facts, today=TODAY, **numbers):
    request_type = get_type(key)
    found = request_type.eligibility(facts, today, policy_of(request_type, **numbers))
    return found.standing, found.on, found.reason


ACTIVE_NEEDED = "Your SEVIS record must be Active. It is {now}. Write to us if this is wrong."

CASES = [
    ("reprint", STUDENT, Standing.OPEN, None, ""),
    ("reprint", replace(STUDENT, visa_class="J-1"), Standing.OPEN, None, ""),
    (
        "reprint",
        replace(STUDENT, visa_class="other"),
        Standing.NOT_FOR_YOU,
        None,
        "This request is for people in F-1 or J-1 status. Your record says other.",
    ),
    (
        "reprint",
        replace(STUDENT, sevis_status="terminated"),
        Standing.NEEDS,
        None,
        ACTIVE_NEEDED.format(now="Terminated"),
    ),
    ("reprint", NEWCOMER, Standing.NEEDS, None, ACTIVE_NEEDED.format(now="Initial")),
    ("cpt", STUDENT, Standing.OPEN, None, ""),
    (
        "cpt",
        replace(STUDENT, visa_class="J-1"),
        Standing.NOT_FOR_YOU,
        None,
        "This request is for people in F-1 status. Your record says J-1.",
    ),
    (
        "cpt",
        replace(STUDENT, education_level="07"),
        Standing.NOT_FOR_YOU,
        None,
        "Students of English language programs cannot use CPT.",
    ),
    (
        "cpt",
        replace(STUDENT, full_time_since=date(2026, 1, 20)),
        Standing.OPENS_ON,
        date(2026, 10, 20),
        "You can ask from October 20, 2026, after one academic year of full-time study.",
    ),
    ("cpt", replace(STUDENT, full_time_since=date(2026, 1, 5)), Standing.OPEN, None, ""),
    (
        "cpt",
        replace(STUDENT, check_in_completed_on=None),
        Standing.NEEDS,
        None,
        "First complete your ISSO Check-In.",
    ),
    ("cpt", replace(STUDENT, program_end=TODAY), Standing.OPEN, None, ""),
    (
        "cpt",
        replace(STUDENT, program_end=TODAY - timedelta(days=1)),
        Standing.CLOSED_SINCE,
        date(2026, 10, 4),
        "Your program ended on October 4, 2026.",
    ),
    (
        "cpt",
        replace(STUDENT, full_time_since=None),
        Standing.NEEDS,
        None,
        "Your record does not say since when you study full time. Write to us.",
    ),
    ("check_in", NEWCOMER, Standing.OPEN, None, ""),
    (
        "check_in",
        STUDENT,
        Standing.NOT_FOR_YOU,
        date(2025, 9, 1),
        "You completed your check-in on September 1, 2025.",
    ),
    ("check_in", replace(NEWCOMER, program_start=date(2026, 11, 4)), Standing.OPEN, None, ""),
    (
        "check_in",
        replace(NEWCOMER, program_start=date(2026, 11, 5)),
        Standing.OPENS_ON,
        date(2026, 10, 6),
        "Check-In opens on October 6, 2026, 30 days before your program starts.",
    ),
    ("check_in", replace(NEWCOMER, program_start=date(2026, 9, 5)), Standing.OPEN, None, ""),
    (
        "check_in",
        replace(NEWCOMER, program_start=date(2026, 9, 4)),
        Standing.CLOSED_SINCE,
        date(2026, 10, 4),
        "Check-In closed on October 4, 2026. Contact an ISSO advisor today.",
    ),
    (
        "check_in",
        replace(NEWCOMER, program_start=None),
        Standing.NEEDS,
        None,
        "Your record has no program start date yet. Write to us so that we can add it.",
    ),
]


@pytest.mark.parametrize(("key", "facts", "standing", "on", "reason"), CASES)
def test_the_verdict_is_as_written(key, facts, standing, on, reason):
    assert verdict(key, facts) == (standing, on, reason)


def test_a_changed_policy_number_changes_its_verdict_and_no_other():
    late = replace(NEWCOMER, program_start=date(2026, 9, 4))
    shorter = replace(NEWCOMER, program_start=date(2026, 9, 20))

    assert verdict("check_in", shorter, days_after=14)[0] == Standing.CLOSED_SINCE
    assert verdict("check_in", shorter)[0] == Standing.OPEN
    assert verdict("check_in", late, days_before=10)[0] == Standing.CLOSED_SINCE
    assert verdict("cpt", STUDENT) == verdict("cpt", STUDENT, full_time_day_limit=200)


@pytest.mark.parametrize("key", sorted(all_types()))
def test_every_type_is_whole(key):
    """A contract for each file in types/: what the screens, mails and rules rely on."""
    request_type = get_type(key)

    assert request_type.key == key
    for name in ("title", "summary", "icon", "citation", "steps", "attestations", "stock_reasons"):
        assert getattr(request_type, name), name
    names = [field for page in request_type.pages if page.form for field in page.form.base_fields]
    names += [slot.name for slot in request_type.slots]
    assert len(names) == len(set(names)), "an answer and a file share a name"
    assert request_type.approver_sees <= set(names)
    assert len({page.slug for page in request_type.pages}) == len(request_type.pages)
    for policy in request_type.policies.values():
        assert policy.legal_min <= policy.default <= policy.legal_max
        assert policy.citation
    for step in request_type.approval_steps:
        assert {step.name_field, step.email_field} <= set(names)


@pytest.mark.parametrize("secret", ["passport", "passport_number", "site_street", "us_street"])
def test_approvers_are_never_shown_passports_or_addresses(secret):
    assert [key for key, each in all_types().items() if secret in each.approver_sees] == []


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS)
def test_the_check_in_window_opens_and_closes_on_its_days_and_not_one_off(start):
    facts = replace(NEWCOMER, program_start=start)
    first, last = check_in_window(start, 30, 30)

    standings = [
        verdict("check_in", facts, day)[0]
        for day in (first - timedelta(days=1), first, last, last + timedelta(days=1))
    ]

    assert standings == [
        Standing.OPENS_ON,
        Standing.OPEN,
        Standing.OPEN,
        Standing.CLOSED_SINCE,
    ]
    assert days_in(first, last) == 61


@given(DAYS)
def test_cpt_opens_on_the_day_the_tile_names(since):
    facts = replace(STUDENT, full_time_since=since, program_end=date(2099, 1, 1))
    opens = academic_year_completed_on(since)

    assert verdict("cpt", facts, opens - timedelta(days=1))[:2] == (Standing.OPENS_ON, opens)
    assert verdict("cpt", facts, opens)[0] == Standing.OPEN


@given(DAYS, DAYS, st.booleans())
def test_a_travel_signature_never_outlives_the_program(signed, program_end, on_opt):
    until = travel_signature_valid_until(signed, program_end, on_opt)

    assert until <= program_end
    assert until <= add_months(signed, 6 if on_opt else 12)

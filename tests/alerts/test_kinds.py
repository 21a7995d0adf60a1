"""Which alert whom, on which day, at which step: as tables, and against the days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.alerts.kind import Situation
from isso.requests.alerts.kinds import KINDS, findings
from isso.requests.models.alert import Severity
from isso.requests.records.facts import Job, RecordFacts, StemReport
from isso.tests.factories import work
from isso.tests.types.asking import policy_of

INFO, WARN, BAD = Severity
START, END = date(2025, 8, 25), date(2027, 5, 7)
KEYS = ("check_in", "opt", "opt_report", "program_extension", "scholar_extension", "stem_opt")
POLICIES = {key: policy_of(key) for key in KEYS}
OPT = work("OPT", date(2026, 6, 15), date(2027, 6, 14), education_level="05")
STEM = work("STEM", date(2026, 6, 15), date(2028, 6, 14), id=2, education_level="05")
REPORT = StemReport(2, 6, date(2026, 12, 15))


def facts(**changes):
    return RecordFacts(
        **{
            "visa_class": "F-1",
            "sevis_status": "active",
            "stage": "continuing",
            "education_level": "05",
            "program_start": START,
            "program_end": END,
            "full_time_since": START,
            "check_in_completed_on": START,
        }
        | changes
    )


def worker(*jobs, **changes):
    """Somebody on OPT whose program is over."""
    return facts(
        **{
            "stage": "graduated",
            "program_start": date(2024, 8, 26),
            "program_end": date(2026, 6, 1),
            "employments": (OPT,),
            "jobs": jobs,
        }
        | changes
    )


def found(key, person, today):
    """Return (step, severity, sentence) of the alerts of one kind."""
    situation = Situation(person, today, POLICIES)
    return [
        (each.step, each.severity, KINDS[key].sentence(each))
        for (kind, _about), each in findings(situation).items()
        if kind == key
    ]


SOON = "Your program ends on May 7, 2027. If you need more time, ask us before that day."
OVER = "Your program ended on May 7, 2027. Speak with our office today."
PASSPORT = "Your passport is valid until January 31, 2027. Renew it, and send us the new one."
SIGNED = "Your travel signature served until October 1, 2026. Ask for a new one before you travel."
CHECK_IN = "Check in no later than November 24, 2026."
LATE = "You have not checked in yet. Do it today; the last day is November 24, 2026."
INSURED = "Your health insurance ends on October 31, 2026. Renew it and send us the proof before."
NOT_INSURED = (
    "Your health insurance ended on October 31, 2026. Renew it today and send us the proof."
)
OPT_NOW = "You may ask for OPT now. USCIS must have your application by July 6, 2027 at the latest."
USED = (
    "You have been without work for %d of 90 days or more. Report your job, or speak with us, "
    "before September 12, 2026."
)
ALL_USED = "You have used all 90 days without work. Speak with our office today."
SEND = "Send your STEM report after 6 months by December 29, 2026."
SEND_LATE = "Your STEM report after 6 months is late since December 29, 2026. Send it today."
CARD = (
    "Your work authorization ends on June 14, 2027. If your degree is in STEM, USCIS must have the "
    "application for more time before."
)
CARD_OVER = "Your work authorization ended on June 14, 2027. Stop working; speak with us."
HOLD = "You have a hold. Registration: documents are missing. Ask us if you do not know what to do."
NEWCOMER = facts(
    stage="check_in",
    sevis_status="initial",
    check_in_completed_on=None,
    program_start=date(2026, 10, 25),
    program_end=date(2028, 5, 7),
)
EXPECTED = facts(
    stage="pre_arrival",
    sevis_status="initial",
    check_in_completed_on=None,
    program_start=date(2026, 10, 25),
    program_end=date(2028, 5, 7),
)
ON_STEM = worker(Job(2, date(2026, 6, 15), None, 40), employments=(STEM,), stem_reports=(REPORT,))


@pytest.mark.parametrize(
    ("key", "person", "today", "expected"),
    [
        ("program_end", facts(), END - timedelta(91), []),
        ("program_end", facts(), END - timedelta(90), [(-90, INFO, SOON)]),
        ("program_end", facts(), END - timedelta(60), [(-60, WARN, SOON)]),
        ("program_end", facts(), END - timedelta(30), [(-30, BAD, SOON)]),
        ("program_end", facts(), END, [(-30, BAD, SOON)]),
        ("program_end", facts(), END + timedelta(1), [(1, BAD, OVER)]),
        # What follows the program, or somebody gone, makes its end no alert.
        ("program_end", facts(next_program_start=date(2027, 9, 1)), END, []),
        ("program_end", facts(transfer_release_on=date(2027, 5, 1)), END, []),
        ("program_end", facts(stopped_on=date(2027, 5, 1)), END, []),
        ("program_end", facts(stage="archived"), END, []),
        ("program_end", facts(sevis_status="terminated"), END, []),
        ("program_end", facts(visa_class="H-4"), END, []),
        (
            "program_end",
            facts(employments=(work("OPT", END + timedelta(1), END + timedelta(300)),)),
            END,
            [],
        ),
        ("opt_window", facts(), END - timedelta(91), []),
        ("opt_window", facts(), END - timedelta(90), [(-90, INFO, OPT_NOW)]),
        ("opt_window", facts(), END, [(0, BAD, OPT_NOW)]),
        (
            "opt_window",
            facts(employments=(work("OPT", END, END + timedelta(300), status="pending"),)),
            END,
            [],
        ),
        ("check_in", NEWCOMER, date(2026, 9, 24), []),
        ("check_in", NEWCOMER, date(2026, 9, 25), [(-30, INFO, CHECK_IN)]),
        ("check_in", EXPECTED, date(2026, 9, 25), [(-30, INFO, CHECK_IN)]),
        ("check_in", NEWCOMER, date(2026, 10, 25), [(0, WARN, CHECK_IN)]),
        ("check_in", NEWCOMER, date(2026, 11, 4), [(10, BAD, LATE)]),
        ("check_in", NEWCOMER, date(2026, 11, 14), [(20, BAD, LATE)]),
        ("check_in", facts(), date(2026, 9, 25), []),
        ("hold", facts(holds=("documents",)), date(2026, 9, 25), [(0, BAD, HOLD)]),
        ("unemployment", worker(), date(2026, 8, 12), []),
        ("unemployment", worker(), date(2026, 8, 13), [(-30, WARN, USED % 60)]),
        ("unemployment", worker(), date(2026, 8, 28), [(-15, WARN, USED % 75)]),
        ("unemployment", worker(), date(2026, 9, 7), [(-5, BAD, USED % 85)]),
        ("unemployment", worker(), date(2026, 9, 12), [(0, BAD, ALL_USED)]),
        # A job stops the count, and with it the alert.
        ("unemployment", worker(Job(1, date(2026, 9, 1), None, 40)), date(2026, 9, 12), []),
        ("ead_end", worker(), date(2027, 3, 15), []),
        ("ead_end", worker(), date(2027, 3, 16), [(-90, INFO, CARD)]),
        ("ead_end", worker(), date(2027, 5, 15), [(-30, BAD, CARD)]),
        ("ead_end", worker(), date(2027, 6, 15), [(1, BAD, CARD_OVER)]),
        ("ead_end", worker(), date(2027, 8, 14), []),
        ("stem_validation", ON_STEM, date(2026, 11, 14), []),
        ("stem_validation", ON_STEM, date(2026, 11, 15), [(-30, INFO, SEND)]),
        ("stem_validation", ON_STEM, date(2026, 12, 8), [(-7, WARN, SEND)]),
        ("stem_validation", ON_STEM, date(2026, 12, 29), [(0, BAD, SEND)]),
        ("stem_validation", ON_STEM, date(2026, 12, 30), [(14, BAD, SEND_LATE)]),
        ("passport", facts(passport_expiry=date(2027, 1, 31)), date(2026, 8, 3), []),
        (
            "passport",
            facts(passport_expiry=date(2027, 1, 31)),
            date(2026, 8, 4),
            [(-180, INFO, PASSPORT)],
        ),
        (
            "passport",
            facts(passport_expiry=date(2027, 1, 31)),
            date(2026, 12, 2),
            [(-60, WARN, PASSPORT)],
        ),
        (
            "passport",
            facts(passport_expiry=date(2027, 1, 31)),
            date(2027, 1, 31),
            [(0, BAD, PASSPORT)],
        ),
        (
            "insurance",
            facts(insurance_end=date(2026, 10, 31)),
            date(2026, 10, 1),
            [(-30, INFO, INSURED)],
        ),
        (
            "insurance",
            facts(insurance_end=date(2026, 10, 31)),
            date(2026, 10, 24),
            [(-7, WARN, INSURED)],
        ),
        (
            "insurance",
            facts(insurance_end=date(2026, 10, 31)),
            date(2026, 11, 1),
            [(1, BAD, NOT_INSURED)],
        ),
        ("insurance", facts(insurance_end=END), END, []),
        ("travel_signature", facts(travel_signature_on=date(2025, 10, 1)), date(2026, 10, 1), []),
        (
            "travel_signature",
            facts(travel_signature_on=date(2025, 10, 1)),
            date(2026, 10, 2),
            [(1, INFO, SIGNED)],
        ),
    ],
)
def test_alerts(key, person, today, expected):
    assert found(key, person, today) == expected


SCHOLAR = facts(
    visa_class="J-1",
    exchange_category="08",
    sevis_status="initial",
    program_start=date(2026, 10, 1),
    program_end=date(2027, 9, 30),
)


@pytest.mark.parametrize(
    ("today", "step"),
    [(date(2026, 9, 30), []), (date(2026, 10, 1), [-30]), (date(2026, 10, 21), [-10])],
)
def test_the_validation_of_a_scholar_is_the_offices(today, step):
    situation = Situation(SCHOLAR, today, POLICIES)

    now = [each for (kind, _a), each in findings(situation).items() if kind == "validation"]

    assert [each.step for each in now] == step
    assert [KINDS["validation"].office_sentence(each) for each in now] == [
        "Validate in SEVIS by October 31, 2026." for _each in now
    ]


PEOPLE = (
    facts(passport_expiry=date(2027, 1, 31), insurance_end=date(2026, 10, 31)),
    NEWCOMER,
    worker(),
    ON_STEM,
    SCHOLAR,
)


@given(
    person=st.sampled_from(PEOPLE),
    first=st.dates(date(2026, 7, 1), date(2028, 12, 31)),
    later=st.integers(0, 200),
)
def test_a_step_only_rises_while_the_record_stays_as_it_is(person, first, later):
    before = findings(Situation(person, first, POLICIES))
    after = findings(Situation(person, first + timedelta(days=later), POLICIES))

    for key in before.keys() & after.keys():
        assert before[key].step <= after[key].step
        assert before[key].severity <= after[key].severity
        assert (before[key].day, before[key].about) == (after[key].day, after[key].about)


def test_every_kind_words_each_of_its_steps():
    assert {
        key: [str(kind.step_words(n)) for n in kind.numbers] for key, kind in KINDS.items()
    } == {
        "check_in": ["30 days before", "On the day", "10 days after", "20 days after"],
        "validation": ["30 days before", "10 days before", "1 day after"],
        "hold": ["Not lifted"],
        "program_end": ["90 days before", "60 days before", "30 days before", "1 day after"],
        "opt_window": ["90 days before", "60 days before", "30 days before", "On the day"],
        "unemployment": ["30 days left", "15 days left", "5 days left", "None left"],
        "stem_validation": ["30 days before", "7 days before", "On the day", "Overdue"],
        "ead_end": ["90 days before", "60 days before", "30 days before", "1 day after"],
        "passport": ["180 days before", "60 days before", "On the day"],
        "insurance": ["30 days before", "7 days before", "On the day", "1 day after"],
        "travel_signature": ["1 day after"],
    }

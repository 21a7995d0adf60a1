"""Travel readiness: each finding in each of its states, and what holds of all of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import RecordFacts
from isso.requests.rules.dates import add_months
from isso.requests.rules.travel_readiness import (
    ABSENCE,
    CAP_GAP,
    END,
    NO_VISA,
    PASSPORT,
    PENDING,
    PRACTICE,
    SIGNATURE,
    STATUS,
    TRANSFER,
    VISA,
    State,
    Trip,
    Waiting,
    findings,
    readiness,
)
from isso.tests.factories import work
from isso.tests.types.asking import policy_of

TODAY = date(2026, 10, 5)
BACK = date(2027, 1, 10)
TRIP = Trip(TODAY, BACK)
READY, CHECK, NOT_READY = State.READY, State.CHECK, State.NOT_READY
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    citizenship_country="Senegal",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    passport_expiry=date(2029, 1, 1),
    visa_expiry=date(2028, 6, 1),
    travel_signature_on=date(2026, 9, 1),
)
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1D")
OPT = work("OPT", date(2026, 6, 1), date(2027, 5, 31))
STEM = work("STEM", date(2027, 6, 1), date(2029, 5, 31))
CAP_GAP_WORK = work("cap_gap", date(2026, 6, 1), TODAY, completion="")
GRADUATE = replace(STUDENT, program_end=date(2026, 5, 15), employments=(OPT,))
POLICY = policy_of("reprint")


def found(facts, trip=TRIP, policy=POLICY, waiting=()):
    return {each.name: each for each in findings(facts, trip, TODAY, policy, waiting)}


def cure_of(finding):
    return finding.request or finding.paper or finding.waiting


NO_SIGN = "Our record shows no travel signature."
TOO_FAR = "A new one would not last so long either. Ask closer to your trip."
INACTIVE = "Your SEVIS record is not Active. Speak with our office before you leave."
ENDED_AND_PENDING = {
    "program_end": date(2026, 10, 4),
    "employments": (OPT._replace(status="pending"),),
}
# Name, what differs, the return, state, reason, citation, cure.
TABLE = [
    ("status", {}, BACK, READY, "Your SEVIS record is Active.", STATUS, ""),
    (
        *("status", {"sevis_status": "initial"}, BACK, NOT_READY),
        "Your SEVIS record is not Active yet. It becomes so after your Check-In.",
        *(STATUS, "check_in"),
    ),
    ("status", {"sevis_status": "terminated"}, BACK, NOT_READY, INACTIVE, STATUS, ""),
    (
        *("status", {"visa_class": "F-2"}, BACK, CHECK),
        "This page is for F-1 and J-1. Ask our office before you travel.",
        *(PRACTICE, ""),
    ),
    (
        *("transfer", {"transfer_release_on": date(2027, 1, 11)}, BACK, READY),
        "You come back before your record moves on January 11, 2027.",
        *(TRANSFER, ""),
    ),
    (
        *("transfer", {"transfer_release_on": BACK}, BACK, NOT_READY),
        "Your record moves on January 10, 2027. Come back with the form of the new school.",
        *(TRANSFER, ""),
    ),
    (
        *("passport", {"passport_expiry": date(2027, 7, 10)}, BACK, READY),
        "Your passport is valid until July 10, 2027.",
        *(PASSPORT, ""),
    ),
    (
        *("passport", {"passport_expiry": date(2027, 7, 9)}, BACK, CHECK),
        "Your passport ends on July 9, 2027, less than 6 months after you come back.",
        *(PASSPORT, "passport"),
    ),
    (
        *("passport", {"passport_expiry": date(2027, 1, 9)}, BACK, NOT_READY),
        "Your passport ends on January 9, 2027, before you come back.",
        *(PASSPORT, "passport"),
    ),
    (
        *("passport", {"passport_expiry": None}, BACK, CHECK),
        "Our record shows no passport.",
        *(PASSPORT, "passport"),
    ),
    (
        *("visa", {"visa_expiry": date(2027, 7, 10)}, BACK, READY),
        "Your visa is valid until July 10, 2027.",
        *(VISA, ""),
    ),
    (
        *("visa", {"visa_expiry": date(2027, 1, 10)}, BACK, CHECK),
        "Your visa ends on January 10, 2027, less than 6 months after you come back.",
        *(VISA, "visa"),
    ),
    (
        *("visa", {"visa_expiry": date(2027, 1, 9)}, BACK, NOT_READY),
        "Your visa ends on January 9, 2027. Get a new one abroad before you come back.",
        *(VISA, "visa"),
    ),
    (
        *("visa", {"visa_expiry": None}, BACK, CHECK),
        "Our record shows no visa. Who changed status here needs one to come back.",
        *(VISA, "visa"),
    ),
    (
        *("visa", {"visa_expiry": None, "citizenship_country": "Canada"}, BACK, READY),
        "Citizens of Canada need no visa.",
        *(NO_VISA, ""),
    ),
    (
        *("signature", {"travel_signature_on": date(2026, 1, 10)}, BACK, READY),
        "Your travel signature serves until January 10, 2027.",
        *(SIGNATURE, ""),
    ),
    (
        *("signature", {"travel_signature_on": date(2026, 1, 9)}, BACK, NOT_READY),
        "Your travel signature serves until January 9, 2027. You come back later.",
        *(SIGNATURE, "reprint"),
    ),
    ("signature", {"travel_signature_on": None}, BACK, NOT_READY, NO_SIGN, SIGNATURE, "reprint"),
    (
        *("signature", {"travel_signature_on": None}, date(2027, 10, 6), NOT_READY),
        *(f"{NO_SIGN} {TOO_FAR}", SIGNATURE, ""),
    ),
    (
        *("end", {}, date(2027, 5, 15), READY),
        *("Your program lasts until May 15, 2027.", END, ""),
    ),
    (
        *("end", {}, date(2027, 5, 16), NOT_READY),
        "Your program ends on May 15, 2027, before you come back.",
        *(END, "program_extension"),
    ),
    (
        *("end", {}, date(2028, 5, 16), NOT_READY),
        *("Your program ends on May 15, 2027, before you come back.", END, ""),
    ),
    (
        *("end", {"program_end": date(2026, 10, 4)}, TODAY, NOT_READY),
        "It ended on October 4, 2026. You may leave in the grace period, but not come back.",
        *(END, ""),
    ),
    (
        # Neither in the grace period nor out of work: STEM OPT is being decided.
        *("end", ENDED_AND_PENDING, TODAY, NOT_READY),
        "It ended on October 4, 2026, and your OPT is not approved. Do not leave before.",
        *(END, ""),
    ),
    (
        *("end", {"program_end": None}, BACK, CHECK),
        *("Our record shows no program end date. Write to us so that we can add it.", END, ""),
    ),
    (
        *("end", {"employments": (OPT._replace(status="pending"),)}, date(2027, 5, 16), NOT_READY),
        "Your program ends on May 15, 2027, and your OPT is not approved. Come back before.",
        *(END, ""),
    ),
    (
        *("training", {"employments": (OPT._replace(status="pending"),)}, BACK, CHECK),
        "Your OPT is not decided yet. Speak with an advisor before you leave.",
        *(PENDING, ""),
    ),
    (
        *("training", {"employments": (STEM._replace(status="requested"),)}, BACK, CHECK),
        "Your OPT is not decided yet. Speak with an advisor before you leave.",
        *(PENDING, ""),
    ),
    (
        *("cap_gap", {"employments": (CAP_GAP_WORK,)}, TODAY, NOT_READY),
        "Your change to H-1B is pending. Do not travel before it is decided.",
        *(CAP_GAP, ""),
    ),
    (
        *("absence", {}, date(2027, 3, 5), READY),
        *("Be back by March 5, 2027: five months abroad end your record.", ABSENCE, ""),
    ),
    (
        *("absence", {}, date(2027, 3, 6), NOT_READY),
        "Five months abroad end your record. Be back by March 5, 2027, or speak with us first.",
        *(ABSENCE, ""),
    ),
]


@pytest.mark.parametrize(("name", "changes", "back", "state", "reason", "rule", "cure"), TABLE)
def test_each_finding_in_each_state(name, changes, back, state, reason, rule, cure):
    one = found(replace(STUDENT, **changes), Trip(TODAY, back))[name]
    assert (one.state, one.reason, one.citation, cure_of(one)) == (state, reason, rule, cure)


WITH_OPT = "Your OPT lasts until May 31, 2027. Carry the EAD and a letter of your work."
ON_OPT = [
    ("end", {}, BACK, READY, WITH_OPT, ""),
    (
        *("end", {"program_end": date(2027, 5, 15), "employments": (STEM,)}, BACK, READY),
        *("Your program and the OPT after it last until May 31, 2029.", ""),
    ),
    (
        *("end", {}, date(2027, 6, 1), NOT_READY),
        *("Your OPT ends on May 31, 2027, before you come back. Speak with our office.", ""),
    ),
    (
        *("end", {"employments": (OPT, STEM)}, date(2027, 6, 1), READY),
        *("Your OPT lasts until May 31, 2029. Carry the EAD and a letter of your work.", ""),
    ),
    # From OPT on a signature serves half as long.
    (
        *("signature", {"travel_signature_on": date(2026, 7, 10)}, BACK, READY),
        *("Your travel signature serves until January 10, 2027.", ""),
    ),
    (
        *("signature", {"travel_signature_on": date(2026, 7, 9)}, BACK, NOT_READY),
        *("Your travel signature serves until January 9, 2027. You come back later.", "reprint"),
    ),
    (
        *("signature", {"travel_signature_on": None}, date(2027, 4, 6), NOT_READY),
        *(f"{NO_SIGN} {TOO_FAR}", ""),
    ),
]


@pytest.mark.parametrize(("name", "changes", "back", "state", "reason", "cure"), ON_OPT)
def test_on_practical_training(name, changes, back, state, reason, cure):
    one = found(replace(GRADUATE, **changes), Trip(TODAY, back))[name]
    assert (one.state, one.reason, cure_of(one)) == (state, reason, cure)


def test_every_finding_is_tested_in_every_state_it_has():
    assert {(row[0], row[3]) for row in TABLE} >= {
        *((name, state) for name in ("passport", "visa", "end") for state in State),
        *((name, state) for name in ("signature", "absence") for state in (READY, NOT_READY)),
        *(("status", state) for state in State),
        *(("transfer", READY), ("transfer", NOT_READY), ("training", CHECK)),
        ("cap_gap", NOT_READY),
    }


def test_what_is_not_there_is_no_finding():
    assert list(found(STUDENT)) == ["status", "passport", "visa", "signature", "end", "absence"]
    assert list(found(VISITOR)) == ["status", "passport", "visa", "signature", "end"]
    assert list(found(replace(STUDENT, visa_class="other"))) == ["status"]


def test_a_request_that_waits_is_waited_for():
    asked = (Waiting("7KQM-3XAP", "Program extension"), Waiting("TV6R-T4YN", "CPT"))
    one = found(STUDENT, waiting=asked)["waiting 7KQM-3XAP"]

    assert (one.state, one.reason, cure_of(one)) == (
        CHECK,
        "You asked for: Program extension. Wait until it is completed, so that you carry its form.",
        "7KQM-3XAP",
    )
    assert readiness(found(STUDENT, waiting=asked).values()) == CHECK
    assert readiness(found(STUDENT).values()) == READY


def test_a_request_for_cap_gap_tells_of_a_change_that_a_trip_gives_up():
    asked = (Waiting("7KQM-3XAP", "H-1B cap-gap I-20", tells_of_h1b=True),)
    one = found(STUDENT, waiting=asked)["waiting 7KQM-3XAP"]

    assert (one.state, one.reason, one.citation, cure_of(one)) == (
        NOT_READY,
        "Your change to H-1B is pending. Do not travel before it is decided.",
        CAP_GAP,
        "7KQM-3XAP",
    )


@pytest.mark.parametrize(
    ("months", "states"), [(0, (READY, READY)), (6, (CHECK, CHECK)), (5, (READY, CHECK))]
)
def test_the_months_of_papers_are_the_offices_number(months, states):
    facts = replace(STUDENT, passport_expiry=date(2027, 6, 10), visa_expiry=date(2027, 6, 9))
    one = found(facts, policy=policy_of("reprint", papers_months=months))
    assert (one["passport"].state, one["visa"].state) == states


# --- What holds of every person and every trip ----------------------------------------------------

DAYS = st.none() | st.dates(date(2025, 1, 1), date(2029, 12, 31))
TRAINING = st.lists(
    st.builds(
        lambda kind, start, length, status, completion: work(
            kind, start, start + timedelta(days=length), status=status, completion=completion
        ),
        st.sampled_from(["OPT", "STEM", "CPT", "cap_gap"]),
        st.dates(date(2025, 6, 1), date(2027, 12, 31)),
        st.integers(0, 730),
        st.sampled_from(["approved", "pending", "requested", "denied"]),
        st.sampled_from(["pre", "post"]),
    ),
    max_size=3,
)
PEOPLE = st.builds(
    RecordFacts,
    visa_class=st.sampled_from(["F-1", "J-1", "F-2", ""]),
    sevis_status=st.sampled_from(["active", "initial", "terminated", ""]),
    citizenship_country=st.sampled_from(["Canada", "Senegal", ""]),
    program_end=DAYS,
    passport_expiry=DAYS,
    visa_expiry=DAYS,
    travel_signature_on=st.none() | st.dates(date(2025, 1, 1), TODAY),
    transfer_release_on=DAYS,
    employments=TRAINING.map(tuple),
)
LENGTHS = st.integers(0, 500)
WAITING = st.lists(
    st.builds(Waiting, st.just("7KQM-3XAP"), st.just("CPT"), st.booleans()), max_size=1
)


def trip_of(days):
    return Trip(TODAY, TODAY + timedelta(days=days))


@given(facts=PEOPLE, days=LENGTHS, waiting=WAITING)
def test_nobody_is_ready_while_one_finding_is_not(facts, days, waiting):
    each = findings(facts, trip_of(days), TODAY, POLICY, waiting)
    answer = readiness(each)

    assert (answer == READY) == all(one.state == READY for one in each)
    assert (answer == NOT_READY) == any(one.state == NOT_READY for one in each)


@given(facts=PEOPLE, days=LENGTHS, more=LENGTHS, waiting=WAITING)
def test_a_later_return_never_makes_it_better(facts, days, more, waiting):
    sooner, later = (
        readiness(findings(facts, trip_of(each), TODAY, POLICY, waiting))
        for each in (days, days + more)
    )
    assert later >= sooner


@given(facts=PEOPLE, days=LENGTHS, waiting=WAITING)
def test_every_finding_has_its_reason_its_rule_and_at_most_one_cure(facts, days, waiting):
    for each in findings(facts, trip_of(days), TODAY, POLICY, waiting):
        assert each.reason
        assert each.citation
        cures = [each.request, each.paper, each.waiting]
        assert sum(map(bool, cures)) <= 1
        assert each.state != READY or not any(cures)


CURES = {
    # What completing the request, or receiving the paper, leaves in the record.
    "check_in": lambda facts: {"sevis_status": "active"},
    "reprint": lambda facts: {"travel_signature_on": TODAY},
    "program_extension": lambda facts: {"program_end": add_months(facts.program_end, 12)},
    "passport": lambda facts: {"passport_expiry": date(2036, 1, 1)},
    "visa": lambda facts: {"visa_expiry": date(2036, 1, 1)},
}


@given(facts=PEOPLE, days=LENGTHS, waiting=WAITING)
def test_what_cures_a_finding_makes_it_ready(facts, days, waiting):
    trip = trip_of(days)
    for name, each in found(facts, trip, waiting=waiting).items():
        if each.waiting:
            assert name not in found(facts, trip)
        elif cure := cure_of(each):
            cured = replace(facts, **CURES[cure](facts))
            assert found(cured, trip)[name].state == READY

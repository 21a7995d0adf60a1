"""Reprint: who may ask, what each reason asks and refuses, travel readiness, and what follows."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from isso.requests.answers import situation_of, typed_answers
from isso.requests.effects import IssueForm
from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.models import Dependent
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.answers import reprint

from .asking import bound, cleaned_of, errors_of, panel_of, values_of, verdict_of

TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    dependents=(FamilyMember(7, "Chidi Okoye", "spouse", sevis_id="N0000000077"),),
)
ACTIVE_NEEDED = "Your SEVIS record must be Active. It is {now}. Write to us if this is wrong."

ELIGIBILITY = [
    ("student", STUDENT, Standing.OPEN, ""),
    ("exchange visitor", replace(STUDENT, visa_class="J-1"), Standing.OPEN, ""),
    ("on OPT", replace(STUDENT, stage="graduated"), Standing.OPEN, ""),
    (
        "another status",
        replace(STUDENT, visa_class="other"),
        Standing.NOT_FOR_YOU,
        "This request is for people in F-1 or J-1 status. Your record says other.",
    ),
    (
        "terminated",
        replace(STUDENT, sevis_status="terminated"),
        Standing.NEEDS,
        ACTIVE_NEEDED.format(now="Terminated"),
    ),
    (
        "not registered",
        replace(STUDENT, sevis_status="initial"),
        Standing.NEEDS,
        "Your SEVIS record must be Active. It becomes so after your Check-In.",
    ),
]


@pytest.mark.parametrize(("who", "facts", "standing", "reason"), ELIGIBILITY)
def test_who_may_ask_today(who, facts, standing, reason):
    assert verdict_of("reprint", facts, TODAY) == (standing, None, reason)


def answers_for(**changes):
    return reprint.answers(SimpleNamespace(), TODAY) | changes


def errors(slug, facts=STUDENT, **changes):
    return errors_of("reprint", slug, answers_for(**changes), facts, TODAY)


REASONS = ["travel", "updated", "lost", "stolen", "damaged"]
ASKED = {
    "travel": {"departure", "return_on", "countries", "visa_renewal", "passport", "visa", "i94"},
    "updated": {"what_changed", "new_value", "passport", "proof_of_change"},
    "lost": {"circumstances"},
    "stolen": {"circumstances", "police_report"},
    "damaged": {"damaged_form"},
}


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_asks_for_what_it_needs(reason):
    answers = answers_for(reason=reason)
    form = bound("reprint", "details", answers, STUDENT, TODAY)
    slots = {each.name for each in get_type("reprint").slots if each.is_asked(answers)}
    assert set(form.fields) | slots == ASKED[reason] | {"delivery", "courier_address"}


REQUIRED = "This field is required."
LATE = (
    "Choose May 15, 2027 or an earlier day. Your program or OPT ends then. A copy for a later "
    "return does not help."
)
BAD = [
    ("reason", {}, {}),
    ("reason", {"for_whom": ["self", "7"]}, {}),
    (
        "reason",
        {"for_whom": ["99"]},
        {"for_whom": "Somebody you chose is no longer on your record. Choose again."},
    ),
    ("details", {}, {}),
    (
        "details",
        {"departure": "2026-10-04"},
        {
            "departure": "Choose October 5, 2026 or a later day. Ask at least 2 weeks before you "
            "leave."
        },
    ),
    (
        "details",
        {"departure": "2026-11-01", "return_on": "2026-11-01"},
        {"return_on": "You must come back after the day you leave."},
    ),
    ("details", {"return_on": "2027-05-16"}, {"return_on": LATE}),
    ("details", {"departure": "2026-12-15", "return_on": "2027-05-15"}, {}),
    (
        "details",
        {"departure": "2026-12-14", "return_on": "2027-05-15"},
        {"return_on": "Absences over five months end your record. Speak with our office."},
    ),
    ("details", {"countries": ""}, {"countries": REQUIRED}),
    ("details", {"reason": "lost"}, {"circumstances": REQUIRED}),
    (
        "details",
        {"reason": "updated", "what_changed": [], "new_value": ""},
        {"what_changed": REQUIRED, "new_value": REQUIRED},
    ),
    ("details", {"reason": "damaged"}, {}),
    (
        "details",
        {"delivery": "courier"},
        {"courier_address": "Enter the address for the courier."},
    ),
    ("details", {"delivery": "courier", "courier_address": "1 High Street, Leeds"}, {}),
]


@pytest.mark.parametrize(("slug", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(slug, changes, sentences):
    assert errors(slug, **changes) == {name: [text] for name, text in sentences.items()}


OPT = factories.work("OPT", date(2026, 6, 1), date(2027, 5, 31))
GRADUATED = replace(STUDENT, program_end=date(2026, 5, 15), employments=(OPT,))


def test_on_opt_the_copy_serves_until_opt_ends():
    assert errors("details", GRADUATED, departure="2027-05-01", return_on="2027-05-31") == {}


# --- Travel readiness ----------------------------------------------------------------------------

SIGNED = replace(
    STUDENT,
    travel_signature_on=date(2026, 3, 1),
    passport_expiry=date(2027, 11, 30),
    visa_expiry=date(2027, 8, 1),
)
TRIP = {"departure": "2026-11-01", "return_on": "2026-12-01"}
READINESS = [
    (
        "all is well",
        SIGNED,
        TRIP,
        [
            ("Last travel signature", "March 1, 2026", ""),
            ("Serves for re-entry until", "March 1, 2027", "ok"),
            ("Passport valid until", "November 30, 2027", "ok"),
            ("Visa valid until", "August 1, 2027", "ok"),
        ],
    ),
    ("never signed", STUDENT, TRIP, [("Last travel signature", "None on record", "warn")]),
    (
        "papers end soon after the return",
        replace(SIGNED, passport_expiry=date(2027, 5, 31), visa_expiry=date(2026, 11, 30)),
        TRIP,
        [
            ("Last travel signature", "March 1, 2026", ""),
            ("Serves for re-entry until", "March 1, 2027", "ok"),
            ("Passport valid until", "May 31, 2027", "warn"),
            ("Visa valid until", "November 30, 2026", "bad"),
        ],
    ),
    (
        "on OPT six months",
        replace(GRADUATED, travel_signature_on=date(2026, 4, 1)),
        {"reason": "lost"},
        [
            ("Last travel signature", "April 1, 2026", ""),
            ("Serves for re-entry until", "October 1, 2026", "bad"),
        ],
    ),
    (
        "OPT is pending, and the trip is near",
        replace(STUDENT, employments=(OPT._replace(status="pending"),)),
        {"departure": "2026-10-18", "return_on": "2026-12-01"},
        [
            ("Last travel signature", "None on record", "warn"),
            ("OPT is pending", "Speak with an advisor before travel", "warn"),
            ("You leave on", "October 18, 2026: soon", "warn"),
        ],
    ),
]


@pytest.mark.parametrize(("what", "facts", "changes", "rows"), READINESS)
def test_the_panel_shows_whether_one_is_ready_to_travel(what, facts, changes, rows):
    assert panel_of("reprint", answers_for(**changes), facts, TODAY) == rows


# --- What follows --------------------------------------------------------------------------------

DETAILS = {"circumstances": "On a bus.", "what_changed": ["name"], "new_value": "Okoye-Brandt"}


@pytest.mark.parametrize(
    ("reason", "people", "declared"),
    [
        ("travel", ["self"], IssueForm("travel", has_travel_signature=True)),
        (
            "travel",
            ["self", "7"],
            IssueForm("travel", dependents=(7,), has_travel_signature=True),
        ),
        ("lost", ["7"], IssueForm("lost", for_person=False, dependents=(7,))),
        ("stolen", ["self"], IssueForm("stolen")),
        ("damaged", ["self"], IssueForm("damaged")),
        ("updated", ["self"], IssueForm("updated")),
    ],
)
def test_the_copies_are_noted_as_declared(reason, people, declared):
    answers = answers_for(reason=reason, for_whom=people, **DETAILS)
    cleaned = cleaned_of("reprint", answers, STUDENT, TODAY)
    assert get_type("reprint").effects(cleaned, STUDENT, TODAY) == [declared]


NEW = {"What has changed": "Okoye-Brandt"}
CODES = [
    ("travel", "01 Travel", {}),
    ("lost", "02 Lost", {}),
    ("stolen", "03 Stolen", {}),
    ("damaged", "04 Damaged", {}),
    ("updated", "50 Updated", NEW),
]


@pytest.mark.parametrize(("reason", "code", "more"), CODES)
def test_each_person_is_one_reprint_with_its_code(reason, code, more):
    answers = answers_for(reason=reason, for_whom=["self", "7"], **DETAILS)
    cleaned = cleaned_of("reprint", answers, STUDENT, TODAY)
    assert values_of(get_type("reprint").sevis_entries(cleaned, STUDENT)) == [
        ("Reprint", {"Reason": code, **more}),
        (
            "Dependent Reprint",
            {"Dependent": "Chidi Okoye N0000000077", "Reason": code, **more},
        ),
    ]


@pytest.mark.parametrize(
    ("cleaned", "due"),
    [
        ({}, date(2026, 10, 26)),
        ({"departure": date(2026, 10, 20)}, date(2026, 10, 20)),
        ({"departure": date(2026, 12, 20)}, date(2026, 10, 26)),
    ],
)
def test_it_is_due_in_sevis_before_the_person_leaves(cleaned, due):
    assert get_type("reprint").sevis_due(cleaned, STUDENT, TODAY, None) == due


def test_a_family_from_tile_to_completed(office):
    record = factories.make_student()
    spouse = Dependent.objects.create(
        record=record, given_name="Chidi", family_name="Okoye", relation="spouse"
    )
    factories.make_staff()

    made = factories.make_request(record, "reprint", "completed", for_whom=["self", str(spouse.pk)])

    record.refresh_from_db()
    assert (made.state, record.travel_signature_on) == ("completed", TODAY)
    forms = record.issued_forms.order_by("dependent_id")
    assert {(each.dependent_id, each.reason, each.travel_signature_on) for each in forms} == {
        (None, "travel", TODAY),
        (spouse.pk, "travel", TODAY),
    }


def test_a_signature_on_opt_serves_six_months_though_the_program_has_ended(office):
    record = factories.make_student(
        program_start=date(2024, 8, 26), program_end=date(2026, 5, 15), stage="graduated"
    )
    record.employments.create(
        kind="OPT", completion="post", start=OPT.start, end=OPT.end, education_level="05"
    )
    factories.make_staff()

    factories.make_request(record, "reprint", "completed")

    assert record.issued_forms.get().travel_valid_until == date(2027, 4, 5)


def test_who_has_left_the_record_stops_neither_keying_nor_completion(office):
    record = factories.make_student()
    spouse = record.dependents.create(given_name="Chidi", family_name="Okoye", relation="spouse")
    made = factories.make_request(record, "reprint", "approved", for_whom=["self", str(spouse.pk)])
    spouse.ended_on = TODAY
    spouse.save()

    situation = situation_of(made)
    cleaned, errors = typed_answers(made, situation)

    assert errors["reason"] == {
        "for_whom": ["Somebody you chose is no longer on your record. Choose again."]
    }
    assert [
        event for event, _values in values_of(made.type.sevis_entries(cleaned, situation.facts))
    ] == ["Reprint"]
    assert made.type.effects(cleaned, situation.facts, TODAY)[0].for_person


def test_children_over_21_are_not_offered():
    child = FamilyMember(8, "Awa Okoye", "child", TODAY.replace(year=2005))
    form = bound("reprint", "reason", answers_for(), replace(STUDENT, dependents=(child,)), TODAY)

    assert [key for key, _label in form.fields["for_whom"].choices] == ["self"]

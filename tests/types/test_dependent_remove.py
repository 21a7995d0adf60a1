"""Removing a family member: which reason fits whom, and what ends in the record and in SEVIS."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.answers import readable_pages, situation_of
from isso.requests.effects import ChangeDependents
from isso.requests.recording import write_effects
from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.models import RecordChange
from isso.requests.registry import get_type
from isso.requests.rules.dates import turns_21_on
from isso.requests.rules.verdict import Standing
from isso.requests.type_forms.dependent_remove import REASONS
from isso.tests import factories
from isso.tests.answers import dependent_remove

from .asking import bound, cleaned_of, errors_of, panel_of, values_of, verdict_of

KEY = "dependent_remove"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
HUSBAND = FamilyMember(7, "Moussa Ndiaye", "spouse", date(1999, 11, 2), "N0031004418", True)
SON = FamilyMember(8, "Ousmane Ndiaye", "child", date(2005, 9, 20), "N0031004419", True)
DAUGHTER = FamilyMember(9, "Awa Ndiaye", "child", date(2022, 8, 30))
STUDENT = RecordFacts(visa_class="F-1", sevis_status="active", dependents=(HUSBAND, SON, DAUGHTER))
ONLY_ACTIVE = (
    "Your SEVIS record must be Initial or Active. It is Terminated. Write to us if this is wrong."
)


@pytest.mark.parametrize(
    ("changes", "standing", "reason"),
    [
        ({}, Standing.OPEN, ""),
        ({"visa_class": "J-1"}, Standing.OPEN, ""),
        ({"sevis_status": "initial"}, Standing.OPEN, ""),
        ({"dependents": (DAUGHTER,)}, Standing.OPEN, ""),
        ({"dependents": ()}, Standing.NOT_FOR_YOU, "Your record shows no family member."),
        (
            {"visa_class": "F-2"},
            Standing.NOT_FOR_YOU,
            "This request is for people in F-1 or J-1 status. Your record says F-2.",
        ),
        ({"sevis_status": "terminated"}, Standing.NEEDS, ONLY_ACTIVE),
    ],
)
def test_who_may_ask(changes, standing, reason):
    assert verdict_of(KEY, replace(STUDENT, **changes), TODAY) == (standing, None, reason)


def answers(**changes):
    return dependent_remove.answers(object(), TODAY) | changes


AS_SON, AS_DAUGHTER = {"person": "8 Ousmane Ndiaye"}, {"person": "9 Awa Ndiaye"}
NOT_A = "This reason does not fit: the record says “{relation}”."
IS_HERE = "The record says that this person is in the United States. Choose what happened."
HAPPENED = "Choose October 5, 2026 or an earlier day. Send this once it has happened."


@pytest.mark.parametrize(
    ("slug", "changes", "sentences"),
    [
        ("person", {}, {}),
        ("person", {"person": ""}, {"person": "This field is required."}),
        (
            "person",
            {"person": "99 Somebody Else"},
            {"person": "This person is no longer on your record. There is nothing left to do."},
        ),
        (
            "person",
            {"person": "Moussa"},
            {"person": "Select a valid choice. Moussa is not one of the available choices."},
        ),
        ("person", {"reason": "over_21"}, {"reason": NOT_A.format(relation="Spouse")}),
        ("person", {"reason": "married"}, {"reason": NOT_A.format(relation="Spouse")}),
        ("person", AS_SON, {"reason": NOT_A.format(relation="Child")}),
        ("person", AS_SON | {"reason": "over_21"}, {}),
        (
            "person",
            AS_DAUGHTER | {"reason": "over_21"},
            {"reason": "Your child turns 21 on August 30, 2043. Until then nothing ends."},
        ),
        ("person", {"reason": "not_coming"}, {"reason": IS_HERE}),
        ("person", {"reason": "mistake"}, {"reason": IS_HERE}),
        ("person", AS_DAUGHTER | {"reason": "not_coming"}, {}),
        ("day", {}, {}),
        ("day", {"happened_on": "2026-10-05"}, {}),
        ("day", {"happened_on": "2026-10-06"}, {"happened_on": HAPPENED}),
        (
            "day",
            {"happened_on": "1999-11-01"},
            {"happened_on": "Choose November 2, 1999 or a later day."},
        ),
        ("day", {"happened_on": ""}, {"happened_on": "This field is required."}),
        ("day", AS_SON | {"reason": "over_21", "happened_on": "2026-09-20"}, {}),
        (
            "day",
            AS_SON | {"reason": "over_21", "happened_on": "2026-09-21"},
            {
                "happened_on": "Choose September 20, 2026 or an earlier day.",
            },
        ),
        ("day", {"reason": "other"}, {"remarks": "This field is required."}),
        ("day", {"reason": "other", "remarks": "Moved to another status."}, {}),
        (
            "day",
            {"remarks": "n" * 501},
            {"remarks": "Ensure this value has at most 500 characters (it has 501)."},
        ),
    ],
)
def test_a_bad_answer_gets_its_sentence_at_its_field(monday, slug, changes, sentences):
    found = errors_of(KEY, slug, answers(**changes), STUDENT, TODAY)
    assert found == {name: [text] for name, text in sentences.items()}


@pytest.mark.parametrize(
    ("reason", "asked"),
    [
        (reason, {"remarks"} if reason in ("mistake", "not_coming") else {"remarks", "happened_on"})
        for reason, _label in REASONS
    ],
)
def test_who_never_came_has_no_day(reason, asked):
    assert set(bound(KEY, "day", answers(reason=reason), STUDENT, TODAY).fields) == asked


SPOUSE_IS = {"Dependent": "Moussa Ndiaye N0031004418"}
SON_IS = {"Dependent": "Ousmane Ndiaye N0031004419"}
ON = {"Happened on": "09/29/2026"}
# Reason, other answers, event, what is keyed, the day and the status in the record.
ENDINGS = [
    ("died", {}, "Terminate", SPOUSE_IS | {"Reason": "02 Death"} | ON),
    (
        "over_21",
        AS_SON | {"happened_on": "2026-09-20"},
        "Terminate",
        SON_IS | {"Reason": "03 Child over 21", "Happened on": "09/20/2026"},
    ),
    ("divorced", {}, "Terminate", SPOUSE_IS | {"Reason": "04 Divorce"} | ON),
    ("worked", {}, "Terminate", SPOUSE_IS | {"Reason": "05 Unauthorized employment"} | ON),
    (
        "married",
        AS_SON,
        "Terminate",
        SON_IS | {"Reason": "09 Other"} | ON | {"Other remarks": "Child has married."},
    ),
    (
        "left",
        {"remarks": "Flight to\nDakar."},
        "Terminate",
        SPOUSE_IS
        | {"Reason": "09 Other"}
        | ON
        | {"Other remarks": "Left the United States for good.", "Remarks": "Flight to Dakar."},
    ),
    (
        "other",
        {"remarks": "Another status."},
        "Terminate",
        SPOUSE_IS | {"Reason": "09 Other"} | ON | {"Remarks": "Another status."},
    ),
    ("completed", {}, "Terminate", SPOUSE_IS | {"Reason": "10 Principal status completed"} | ON),
    (
        "mistake",
        AS_DAUGHTER,
        "Cancel",
        {"Dependent": "Awa Ndiaye", "Reason": "01 Record created in error"},
    ),
    (
        "not_coming",
        AS_DAUGHTER,
        "Cancel",
        {"Dependent": "Awa Ndiaye", "Reason": "02 Dependent will not accompany student"},
    ),
]


def test_the_table_has_every_reason():
    assert {row[0] for row in ENDINGS} == {reason for reason, _label in REASONS}


@pytest.mark.parametrize(("reason", "changes", "event", "keyed"), ENDINGS)
def test_what_each_reason_writes_into_sevis_and_the_record(monday, reason, changes, event, keyed):
    said = answers(reason=reason, **changes)
    cleaned = cleaned_of(KEY, said, STUDENT, TODAY)
    person = int(said["person"].partition(" ")[0])
    day = date.fromisoformat(said["happened_on"]) if event == "Terminate" else TODAY
    status = {"Terminate": "terminated", "Cancel": "canceled"}[event]

    assert values_of(TYPE.sevis_entries(cleaned, STUDENT)) == [(f"Dependent {event}", keyed)]
    assert TYPE.effects(cleaned, STUDENT, TODAY) == [
        ChangeDependents(
            (person,),
            {"ended_on": day, "end_reason": keyed["Reason"], "sevis_status": status},
        )
    ]


@given(born=st.dates(date(1990, 1, 1), date(2026, 10, 5)), offset=st.integers(-5, 5))
def test_a_child_leaves_by_age_on_the_21st_birthday_and_no_other_day(born, offset):
    facts = replace(STUDENT, dependents=(DAUGHTER._replace(birth_date=born),))
    day = turns_21_on(born) + timedelta(days=offset)
    said = answers(**AS_DAUGHTER, reason="over_21", happened_on=day.isoformat())

    accepted = errors_of(KEY, "person", said, facts, TODAY) == {} and (
        errors_of(KEY, "day", said, facts, TODAY) == {}
    )
    assert accepted == (offset == 0 and turns_21_on(born) <= TODAY)


def test_the_panel_shows_whose_status_ends_by_age():
    soon = DAUGHTER._replace(name="Binta Ndiaye", birth_date=date(2006, 1, 3))
    assert panel_of(KEY, {}, replace(STUDENT, dependents=(*STUDENT.dependents, soon)), TODAY) == [
        ("Moussa Ndiaye", "Spouse", ""),
        ("Ousmane Ndiaye", "Child, turns 21 on September 20, 2026", "bad"),
        ("Awa Ndiaye", "Child, turns 21 on August 30, 2043", ""),
        ("Binta Ndiaye", "Child, turns 21 on January 3, 2027", "warn"),
    ]


@pytest.mark.parametrize(("said", "purpose"), [("7 Moussa Ndiaye", "7"), ("", ""), (None, "")])
def test_each_person_is_a_request_of_its_own(said, purpose):
    assert TYPE.purpose({"person": said}) == purpose


def family_of(record):
    return [
        (str(each), each.sevis_status, each.ended_on, each.end_reason)
        for each in record.dependents.order_by("pk")
    ]


def test_from_the_tile_to_completed(office):
    record = factories.make_student()
    own = {"family_name": "Ndiaye", "sevis_status": "active", "is_in_the_us": True}
    husband = record.dependents.create(given_name="Moussa", relation="spouse", **own)
    record.dependents.create(given_name="Awa", relation="child", **own)
    factories.make_staff()

    made = factories.make_request(record, KEY, "completed", person=f"{husband.pk} {husband}")

    after = [
        ("Moussa Ndiaye", "terminated", date(2026, 9, 29), "04 Divorce"),
        ("Awa Ndiaye", "active", None, ""),
    ]
    assert (made.state, made.sevis_due_on, family_of(record)) == (
        "completed",
        date(2026, 10, 26),
        after,
    )
    # The name is read though the record no longer has this person among the family.
    situation = situation_of(made)
    assert [each.name for each in situation.facts.dependents] == ["Awa Ndiaye"]
    (_page, rows), *_rest = readable_pages(TYPE, made.answers, situation)
    assert rows[0].value == "Moussa Ndiaye"
    # Every effect once, however often it runs.
    facts = replace(STUDENT, dependents=(HUSBAND._replace(id=husband.pk),))
    cleaned = cleaned_of(KEY, made.answers, facts, TODAY)
    noted = RecordChange.objects.count()
    write_effects(made, TYPE.effects(cleaned, facts, TODAY), by=None, today=TODAY)
    assert (family_of(record), RecordChange.objects.count()) == (after, noted)


def test_two_people_are_two_requests(office):
    record = factories.make_student()
    people = [
        record.dependents.create(family_name="Ndiaye", given_name=name, relation="child")
        for name in ("Awa", "Binta")
    ]
    made = [
        factories.make_request(
            record, KEY, "submitted", person=f"{each.pk} {each}", reason="not_coming"
        )
        for each in people
    ]
    assert [each.purpose for each in made] == [str(each.pk) for each in people]

"""The first form from draft to record: what is written, and how one kind becomes another."""

import pytest

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import StudentRequest
from isso.requests.perform import perform
from isso.requests.records.models import Dependent, IssuedForm
from isso.tests import factories
from isso.tests.answers import transfer_in
from isso.tests.answers.initial_i20 import family

pytestmark = pytest.mark.usefixtures("office", "monday")
FACTS = (
    *("visa_class", "sevis_status", "creation_reason", "stage", "exchange_category"),
    *("position_code", "residence_country", "passport_name", "birth_city", "i94_number"),
    *("foreign_address_line1", "us_address_city", "passport_number"),
)
BEFORE = ("none", "", "", "pre_arrival", "", "", "", "", "", "", "", "", "P1234567")
CHANGE = {
    **{"situation": "change", "present_status": "H-4", "status_until": ""},
    **{"how_to_change": "petition", "i94_number": "482910047A3", "has_us_address": "yes"},
    **{"us_street": "9 Oak Road", "us_city": "Dover", "us_state": "DE"},
    "us_postal_code": "19901",
}
LEVEL = {
    **{"situation": "level", "present_program": "English", "present_program_end": "2026-12-18"},
    **{"current_sevis_id": "N0034112098", "i94_number": "482910047A3"},
}
RETURN = {"situation": "return", "old_sevis_id": "N0030000001", "left_on": "2025-05-15"}
EXCHANGE = {"visa_class": "J-1", "exchange_basis": "agreement"}


def facts_of(record):
    record.refresh_from_db()
    return tuple(getattr(record, name) for name in FACTS)


def written(visa="F-1", status="initial", reason="I", exchange=("", "", ""), i94="", home=""):
    person = ("MEHTA<<ARJUN", "Pune", i94, "14 MG Road", home, "Z5512087")
    return (visa, status, reason, "pre_arrival", *exchange, *person)


def forms_of(record):
    return [
        (form.kind, form.reason, form.dependent and form.dependent.given_name, form.sevis_id)
        for form in IssuedForm.objects.filter(record=record).order_by("pk")
    ]


STUDIES = ("1D", "214", "India")


@pytest.mark.parametrize(
    ("changes", "after", "form", "keeps_id"),
    [
        ({}, written(), ("I-20", "initial"), False),
        (EXCHANGE, written("J-1", exchange=STUDIES), ("DS-2019", "initial"), False),
        (
            CHANGE,
            written(reason="S", i94="482910047A3", home="Dover"),
            ("I-20", "cos"),
            False,
        ),
        (RETURN, written(), ("I-20", "initial"), False),
        (LEVEL, written(i94="482910047A3"), ("I-20", "level"), True),
        (
            LEVEL | EXCHANGE,
            written("J-1", "active", exchange=STUDIES, i94="482910047A3"),
            ("DS-2019", "level"),
            True,
        ),
    ],
)
def test_the_record_before_and_after(changes, after, form, keeps_id):
    record = factories.make_admitted()
    before = facts_of(record)

    done = factories.make_request(record, "initial_i20", "completed", **changes)

    assert (before, facts_of(record)) == (BEFORE, after)
    sevis_id = "N0034112098" if keeps_id else f"N9{done.pk:09d}"
    assert record.sevis_id == sevis_id
    assert forms_of(record) == [(*form, None, sevis_id)]


def test_a_transfer_keeps_its_sevis_id(time_machine):
    record = factories.make_admitted()
    made = factories.make_request(record, "transfer_in", "approved")
    actor = Actor.for_user(made.assignee)
    time_machine.move_to(factories.MONDAY.replace(month=12, day=7), tick=False)

    made = factories.release(factories.record_in_sevis(made, actor), actor).student_request
    perform(StudentRequest.objects.get(pk=made.pk), "complete", actor)

    assert facts_of(record) == written(i94="482910047A3")
    assert record.sevis_id == "N0034112098"
    assert forms_of(record) == [("I-20", "transfer", None, "N0034112098")]


def test_each_of_the_family_joins_the_record_and_gets_a_form():
    record = factories.make_admitted()

    done = factories.make_request(
        record, "initial_i20", "completed", **family("Ada", "Bo", "Cy") | {"dependent_3_sex": "M"}
    )

    assert list(
        Dependent.objects.filter(record=record)
        .order_by("given_name")
        .values_list("given_name", "relation", "visa_class", "sevis_status", "sex", "reference")
    ) == [
        ("Ada", "spouse", "F-2", "initial", "F", done.reference),
        ("Bo", "child", "F-2", "initial", "F", done.reference),
        ("Cy", "child", "F-2", "initial", "M", done.reference),
    ]
    own = f"N9{done.pk:09d}"
    assert sorted(forms_of(record), key=str) == sorted(
        [
            ("I-20", "initial", None, own),
            *(("I-20", "initial", name, "") for name in ("Ada", "Bo", "Cy")),
        ],
        key=str,
    )


def test_two_people_of_one_name_and_birthday_stay_two():
    records = [factories.make_admitted(f"{who}@school.example") for who in ("one", "two")]

    made = [factories.make_request(each, "initial_i20", "completed") for each in records]

    for record in records:
        record.refresh_from_db()
    one, two = ((each.family_name, each.given_name, each.birth_date) for each in records)
    assert one == two
    assert records[0].sevis_id != records[1].sevis_id
    assert [each.student_id for each in made] == [each.pk for each in records]
    assert [IssuedForm.objects.filter(record=each).count() for each in records] == [1, 1]


def save(draft, slug, answers):
    return drafting.save_page(
        draft, draft.type.page(slug), answers, Actor.for_user(draft.student.user)
    )[0]


def answers_of_page(draft, slug, answers):
    return {
        name: answers[name] for name in draft.type.page(slug).form.base_fields if name in answers
    }


def test_one_answer_turns_the_request_into_a_transfer_and_back():
    record = factories.make_admitted()
    draft = factories.make_draft(record, "initial_i20")
    files = set(draft.documents.values_list("pk", flat=True))
    transfer = answers_of_page(draft, "home", transfer_in.answers(record, factories.MONDAY.date()))

    moved = save(draft, "home", transfer)
    back = save(moved, "home", transfer | {"situation": "abroad"})

    assert [each.type_key for each in (draft, moved, back)] == [
        *("initial_i20", "transfer_in", "initial_i20"),
    ]
    assert (back.answers["family_name"], back.answers["current_school"]) == (
        *("Mehta", "Lakeside College"),
    )
    assert set(back.documents.values_list("pk", flat=True)) == files
    assert list(back.history.values_list("action", flat=True)) == ["start", "become", "become"]


def test_a_person_has_one_first_form_of_whatever_kind():
    record = factories.make_admitted()
    actor = Actor.for_user(record.user)

    first = drafting.start(record, "initial_i20", actor, start_key="a")
    second = drafting.start(record, "transfer_in", actor, start_key="b")

    assert second == first
    assert StudentRequest.objects.count() == 1


def test_who_begins_with_the_transfer_finds_the_first_answer_given():
    record = factories.make_admitted()
    draft = drafting.start(record, "transfer_in", Actor.for_user(record.user), start_key="a")

    assert draft.answers["situation"] == "transfer"


def test_in_a_clarification_a_new_situation_opens_its_own_questions():
    record = factories.make_admitted()
    asked = factories.make_request(record, "initial_i20", "in_review")
    advisor = Actor.for_user(asked.assignee)
    items = [{"name": "situation", "sentence": "Your I-94 says that you are here."}]
    asked = perform(asked, "ask_clarification", advisor, items=items)
    transfer = answers_of_page(asked, "home", transfer_in.answers(record, factories.MONDAY.date()))

    moved = save(asked, "home", {"situation": "transfer"})
    moved = save(moved, "home", transfer)
    actor = Actor.for_user(record.user)
    for slot in moved.slots_asked(moved.type.page("biographical")):
        if slot.name in moved.unlocked and slot.required:
            drafting.attach(moved, slot, factories.pdf_file(), actor)
    sent = perform(moved, "resubmit", actor, attestations=factories.everything_attested(moved))

    assert (sent.type_key, sent.state) == ("transfer_in", "in_review")
    assert sent.answers["current_school_code"] == "LAK214F00123000"
    assert {"old_form", "transfer_form", "i94"} <= set(
        sent.documents.values_list("slot", flat=True)
    )
    # What the office did not ask about stays locked.
    assert "family_name" not in moved.unlocked

"""Recording a new record in SEVIS: its ID is asked for, belongs to one person, and is kept."""

import pytest
from django.core.exceptions import ValidationError

from isso.requests.actor import Actor
from isso.requests.models import StudentRequest
from isso.requests.perform import perform
from isso.requests.records.models import FormerSevisId, RecordChange
from isso.tests import factories

pytestmark = pytest.mark.usefixtures("office")
LIST = "/admin/desk/sevis/"
MONDAY = factories.MONDAY.date()


@pytest.fixture
def advisor(monday):
    """The advisor who answers for what is made here."""
    return factories.make_staff()


@pytest.fixture
def approved(advisor):
    """An approved first form, to be keyed."""
    return factories.make_request(factories.make_admitted(), "initial_i20", "approved", advisor)


def record(student_request, advisor, sevis_id, day=MONDAY):
    return perform(
        student_request, "record", Actor.for_user(advisor), recorded_on=day, sevis_id=sevis_id
    )


def test_the_id_is_written_into_the_record_with_its_history(approved, advisor):
    done = record(approved, advisor, " n0041 234567 ")

    person = done.student
    person.refresh_from_db()
    change = RecordChange.objects.get(record=person, field="sevis_id")
    assert (person.sevis_id, done.recorded_on) == ("N0041234567", MONDAY)
    assert (change.old, change.new, change.by) == ("", "N0041234567", advisor)
    assert change.source == f"Your first I-20 or DS-2019 {done.reference}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the SEVIS ID that SEVIS gave the new record."),
        ("N12", "A SEVIS ID is the letter N and ten digits, for example N0012345678."),
        ("N00412345678", "A SEVIS ID is the letter N and ten digits, for example N0012345678."),
        ("N٠٠٤١٢٣٤٥٦٧", "A SEVIS ID is the letter N and ten digits, for example N0012345678."),
        ("N0077777777", "This SEVIS ID stands on another record. Compare it with SEVIS."),
    ],
)
def test_another_id_is_refused_with_a_sentence(approved, advisor, typed, sentence):
    factories.make_student("there@school.example", sevis_id="N0077777777")

    with pytest.raises(ValidationError) as refused:
        record(approved, advisor, typed)

    assert refused.value.message_dict == {"sevis_id": [sentence]}
    now = StudentRequest.objects.get(pk=approved.pk)
    assert (now.recorded_on, now.student.sevis_id) == (None, None)


def test_a_wrong_id_is_corrected_by_recording_again(approved, advisor):
    record(approved, advisor, "N0041234567")
    done = record(approved, advisor, "N0041234568")

    done.student.refresh_from_db()
    assert done.student.sevis_id == "N0041234568"


def test_the_earlier_id_of_who_comes_back_is_kept_and_found(advisor):
    record_of_old = factories.make_admitted(sevis_id="N0030000001", sevis_status="completed")
    answers = {"situation": "return", "old_sevis_id": "N0030000001", "left_on": "2025-05-15"}
    made = factories.make_request(record_of_old, "initial_i20", "approved", advisor, **answers)

    record(made, advisor, "N0041234567")
    done = record(made, advisor, "N0041234568")

    former = FormerSevisId.objects.values_list("record", "sevis_id", "until")
    assert list(former) == [(done.student_id, "N0030000001", MONDAY)]
    other = factories.make_request(
        factories.make_admitted("b@school.example"), "initial_i20", "approved", advisor
    )
    with pytest.raises(ValidationError):
        record(other, advisor, "N0030000001")


def test_the_page_of_the_action_asks_for_it_and_says_what_is_wrong(approved, advisor, client):
    client.force_login(advisor)
    factories.make_student("there@school.example", sevis_id="N0077777777")
    address = f"/admin/desk/{approved.pk}/do/record/"
    typed = {"version": approved.version, "recorded_on": "2026-10-05", "recorded_text": ""}

    shown = client.get(address)
    refused = client.post(address, typed | {"sevis_id": "N0077777777"})
    done = client.post(address, typed | {"sevis_id": "N0041234567"})

    assert list(shown.context["form"].fields)[-1] == "sevis_id"
    assert (refused.status_code, refused.context["form"].errors) == (
        422,
        {"sevis_id": ["This SEVIS ID stands on another record. Compare it with SEVIS."]},
    )
    assert done.status_code == 302
    assert StudentRequest.objects.get(pk=approved.pk).student.sevis_id == "N0041234567"


def test_the_list_asks_for_it_in_the_row(approved, advisor, client):
    client.force_login(advisor)
    keyed = factories.make_request(None, "reprint", "approved", advisor)
    prefix = f"r{approved.pk}"
    typed = {"version": approved.version, "recorded_on": "2026-10-05", "recorded_text": ""}

    rows = client.get(LIST).context["rows"]
    client.post(
        f"{LIST}{approved.pk}/record/",
        {f"{prefix}-{name}": value for name, value in typed.items()}
        | {f"{prefix}-sevis_id": "N0041234567"},
    )

    asked = {row.student_request.pk: "sevis_id" in form.fields for row, form in rows}
    assert asked == {approved.pk: True, keyed.pk: False}
    assert StudentRequest.objects.get(pk=approved.pk).student.sevis_id == "N0041234567"


def test_a_record_of_another_school_is_recorded_from_its_release_on(advisor, time_machine):
    made = factories.make_request(factories.make_admitted(), "transfer_in", "approved", advisor)
    release = made.effective_start

    with pytest.raises(ValidationError) as refused:
        perform(made, "record", Actor.for_user(advisor), recorded_on=MONDAY)
    time_machine.move_to(factories.MONDAY.replace(month=12, day=4), tick=False)
    done = perform(made, "record", Actor.for_user(advisor), recorded_on=release)

    assert refused.value.message_dict == {
        "recorded_on": ["It can be recorded from December 4, 2026 on, not before."]
    }
    assert done.recorded_on == release


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("transfer_in", {}),
        (
            "initial_i20",
            {
                **{"situation": "level", "present_program": "English"},
                **{"present_program_end": "2026-12-18", "i94_number": "482910047A3"},
                "current_sevis_id": "N0034112098",
            },
        ),
    ],
)
def test_an_id_that_is_kept_is_no_other_person_s(advisor, time_machine, kind, changes):
    factories.make_student("there@school.example", sevis_id="N0034112098")
    made = factories.make_request(factories.make_admitted(), kind, "approved", advisor, **changes)
    time_machine.move_to(factories.MONDAY.replace(month=12, day=7), tick=False)
    today = factories.MONDAY.date().replace(month=12, day=7)

    with pytest.raises(ValidationError) as refused:
        perform(made, "record", Actor.for_user(advisor), recorded_on=today)

    assert refused.value.message_dict == {
        "sevis_id": ["This SEVIS ID stands on another record. Compare it with SEVIS."]
    }

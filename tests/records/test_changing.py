"""Changing a record: through one door, noted field by field, or not at all."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from wagtail.models import ReferenceIndex
from wagtail.search.index import Indexed

from isso.requests.notices.models import Notice
from isso.requests.records.access import log_read
from isso.requests.records.changing import authorize_employment, change_record
from isso.requests.records.models import (
    AccessLog,
    Dependent,
    EmploymentAuthorization,
    RecordChange,
    StudentRecord,
)
from isso.tests.factories import make_student, make_user

pytestmark = pytest.mark.django_db


def history():
    return list(RecordChange.objects.order_by("field").values_list("field", "old", "new", "source"))


def test_each_real_change_is_noted():
    record = make_student(major="Physics", department="")
    changes = change_record(
        record,
        {"major": "Data Science", "department": "", "program_end": date(2027, 12, 31)},
        by=record.user,
        source="You, in Check-In",
    )

    assert [change.field for change in changes] == ["major", "program_end"]
    assert {change.by for change in RecordChange.objects.all()} == {record.user}
    assert RecordChange.objects.get(field="major").old == "Physics"
    assert RecordChange.objects.get(field="program_end").new == "2027-12-31"
    assert record.major == StudentRecord.objects.get().major == "Data Science"


def test_the_same_values_change_nothing():
    record = make_student(major="Physics")

    assert change_record(record, {"major": "Physics"}, by=None, source="Registrar") == []
    assert history() == []


def test_an_emptied_date_is_no_date():
    record = make_student(visa_expiry=date(2027, 1, 1))
    change_record(record, {"visa_expiry": ""}, by=None, source="Registrar")

    assert StudentRecord.objects.get().visa_expiry is None
    assert history() == [("visa_expiry", "2027-01-01", "", "Registrar")]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"us_address_postal_code": "1234"}, "A ZIP code has five digits."),
        ({"us_address_postal_code": "1234\n"}, "A ZIP code has five digits."),
        ({"us_phone": "617-555-01"}, "A US phone number has ten digits; write only digits."),
        (
            {"sevis_id": "N123"},
            "A SEVIS ID is the letter N and ten digits, for example N0012345678.",
        ),
        ({"family_name": "R2D2"}, "A name has no digits."),
        ({"family_name": ""}, "This field cannot be blank."),
        ({"visa_class": "Q-9"}, "Value 'Q-9' is not a valid choice."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"program_end": date(2020, 1, 1)}, "The program must end after it starts."),
    ],
)
def test_a_value_that_cannot_be_right_changes_nothing(changes, sentence):
    record = make_student(major="Physics")
    with pytest.raises(ValidationError) as refusal:
        change_record(record, {"major": "Data Science"} | changes, by=None, source="x")

    assert refusal.value.messages == [sentence]
    assert StudentRecord.objects.get().major == "Physics"
    assert history() == []


@pytest.mark.parametrize("field", ["user", "id", "advisor", "source", "updated_at", "nonsense"])
def test_some_fields_are_nobodys_to_change(field):
    with pytest.raises(ValueError, match=field):
        change_record(make_student(), {field: 1}, by=None, source="x")


def test_two_people_cannot_share_a_sevis_id():
    taken = make_student("a@school.example").sevis_id
    other = make_student("b@school.example")
    with pytest.raises(ValidationError, match="already exists"):
        change_record(other, {"sevis_id": taken}, by=None, source="x")


def test_authorized_work_is_noted_with_its_dates():
    record = make_student()
    authorize_employment(
        record,
        kind="CPT",
        employer="Acme",
        address={"line1": "1 Main St", "city": "Salem", "state": "MA", "postal_code": "01970"},
        start=date(2026, 6, 1),
        end=date(2026, 8, 31),
        by=None,
        source="ISSO-7",
        reference="ISSO-7",
    )

    assert record.employments.get().address_city == "Salem"
    assert history() == [
        ("employmentauthorization", "", "CPT, Acme, 2026-06-01 – 2026-08-31, full-time", "ISSO-7")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": date(2026, 5, 1)},
        {"kind": "nonsense"},
        {"address": {"postal_code": "1"}},
    ],
)
def test_impossible_work_is_not_authorized(wrong):
    record = make_student()
    work = {"kind": "CPT", "start": date(2026, 6, 1), "end": date(2026, 8, 31)} | wrong
    with pytest.raises(ValidationError):
        authorize_employment(record, by=None, source="x", **work)

    assert record.employments.count() == 0
    assert history() == []


def test_history_outlives_what_it_names():
    record = make_student()
    change_record(record, {"major": "Physics II"}, by=record.user, source="x")
    log_read(record.user, "record opened", record.pk)

    with pytest.raises(ProtectedError):
        record.delete()
    with pytest.raises(ProtectedError):
        record.user.delete()


def test_readings_are_noted_for_people_and_strangers():
    user = make_user("sofia@school.example")
    log_read(user, "document", "abc")
    log_read(AnonymousUser(), "document", "abc", allowed=False)

    assert list(AccessLog.objects.order_by("pk").values_list("user", "what", "allowed")) == [
        (user.pk, "document", True),
        (None, "document", False),
    ]


@pytest.mark.parametrize(
    "model", [StudentRecord, Dependent, EmploymentAuthorization, RecordChange, AccessLog, Notice]
)
def test_wagtail_indexes_no_personal_data(model):
    assert not ReferenceIndex.model_is_indexable(model)
    assert not issubclass(model, Indexed)

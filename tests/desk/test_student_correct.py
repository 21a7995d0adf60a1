"""Correct a record: audited, at the field, and never over what a colleague just wrote."""

import re
from datetime import date
from html import unescape

import pytest

from isso.requests.desk.correct_forms import SCHOLAR_FIELDS
from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.records.changing import add_to_record, authorize_employment, change_record
from isso.requests.records.models import (
    Dependent,
    FundingStatement,
    Hold,
    RecordChange,
    ScholarDetails,
)
from isso.tests import factories


@pytest.fixture
def record(staff):
    """A student with one work authorization, one dependent and one hold."""
    record = factories.make_student(major="Data Science")
    authorize_employment(
        record, kind="OPT", start=date(2026, 6, 1), end=date(2027, 5, 31), by=None, source="Test"
    )
    add_to_record(
        record, Dependent, {"family_name": "Okoye", "relation": "child"}, by=None, source="Test"
    )
    Hold.objects.create(record=record, kind="check_in", placed_on=date(2026, 9, 1))
    RecordChange.objects.all().delete()
    return record


SOURCE = {"reason-source": "Seen at the front desk"}


def address(record):
    return f"/admin/students/{record.pk}/correct/"


def everything_shown(client, record):
    """Return the whole form as a browser would send it back untouched."""
    answer = client.get(address(record))
    forms = [
        answer.context["record_form"],
        *(form for _key, _label, forms in answer.context["row_parts"] for form in forms),
    ]
    shown = {}
    for form in forms:
        for field in form:
            value = field.value()
            shown[field.html_name] = "" if value is None else str(value)
    return shown


def errors_of(answer):
    parts = answer.context["row_parts"]
    forms = [
        answer.context["record_form"],
        answer.context["reason_form"],
        answer.context["new_hold_form"],
        *(form for _key, _label, forms in parts for form in forms),
    ]
    return {field: list(messages) for form in forms for field, messages in form.errors.items()}


def changes(record):
    return list(
        record.changes.order_by("pk").values_list("field", "old", "new", "source", "by__full_name")
    )


def test_an_untouched_form_changes_nothing(record, advisor):
    answer = advisor.post(address(record), everything_shown(advisor, record) | SOURCE)

    assert (answer.status_code, changes(record)) == (302, [])


def test_a_change_is_written_with_who_and_where_from(record, advisor):
    typed = everything_shown(advisor, record) | {
        "record-major": "Statistics",
        "record-is_on_probation": "True",
        "record-program_end": "2027-12-17",
    }

    answer = advisor.post(address(record), typed | SOURCE)

    assert (answer.status_code, answer.url) == (302, f"/admin/students/{record.pk}/")
    old_end = record.program_end
    record.refresh_from_db()
    assert (record.major, record.is_on_probation) == ("Statistics", True)
    by = ("Seen at the front desk", "Office advisor")
    assert sorted(changes(record)) == [
        ("is_on_probation", "False", "True", *by),
        ("major", "Data Science", "Statistics", *by),
        ("program_end", str(old_end), "2027-12-17", *by),
    ]


def test_rows_around_the_record_are_corrected_in_the_same_form(record, advisor):
    work, child, hold = record.employments.get(), record.dependents.get(), record.holds.get()
    typed = everything_shown(advisor, record) | {
        f"work-{work.pk}-end": "2027-06-30",
        f"work-{work.pk}-ead_number": "123-456-789",
        f"family-{child.pk}-sevis_id": "N0055555555",
        f"hold-{hold.pk}-lifted_on": "2026-10-05",
        "new_hold-kind": "other",
        "new_hold-reason": "Bring the new I-94.",
    }

    advisor.post(address(record), typed | SOURCE)

    work.refresh_from_db()
    child.refresh_from_db()
    hold.refresh_from_db()
    assert (work.end, work.ead_number) == (date(2027, 6, 30), "123-456-789")
    assert (child.sevis_id, hold.lifted_on) == ("N0055555555", date(2026, 10, 5))
    placed = record.holds.get(lifted_on=None)
    assert (placed.kind, placed.reason, placed.placed_by.full_name) == (
        "other",
        "Bring the new I-94.",
        "Office advisor",
    )
    assert [(field, source) for field, _old, _new, source, _by in changes(record)] == [
        ("employmentauthorization", "Seen at the front desk"),
        ("dependent", "Seen at the front desk"),
        ("hold", "Seen at the front desk"),
        ("hold", "Seen at the front desk"),
    ]
    assert changes(record)[0][1:3] == (
        "OPT, 2026-06-01 – 2027-05-31, full-time; end: 2027-05-31, EAD card number: –",
        "OPT, 2026-06-01 – 2027-05-31, full-time; end: 2027-06-30, EAD card number: 123-456-789",
    )


def test_without_a_source_nothing_is_written_and_nothing_typed_is_lost(record, advisor):
    typed = everything_shown(advisor, record) | {"record-major": "Statistics"}

    answer = advisor.post(address(record), typed)

    assert answer.status_code == 422
    assert errors_of(answer) == {
        "source": ["Write where this comes from, so that others can rely on it."]
    }
    assert answer.context["record_form"]["major"].value() == "Statistics"
    assert changes(record) == []


MISTAKES = {
    "record-sevis_id": ("12345", "sevis_id"),
    "record-program_end": ("2027-02-30", "program_end"),
    "record-visa_class": ("Z-9", "visa_class"),
    "record-family_name": ("", "family_name"),
    "record-us_address_postal_code": ("1234", "us_address_postal_code"),
    "record-credits": ("many", "credits"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_at_its_field_and_stops_the_rest(name, record, advisor):
    value, field = MISTAKES[name]
    typed = everything_shown(advisor, record) | {"record-minor": "Art", name: value}

    answer = advisor.post(address(record), typed | SOURCE)

    assert (answer.status_code, list(errors_of(answer))) == (422, [field])
    assert answer.context["record_form"][field].value() == value
    assert answer.context["record_form"]["minor"].value() == "Art"
    assert changes(record) == []


def test_dates_that_cannot_be_are_refused_for_record_and_rows(record, advisor):
    work = record.employments.get()
    shown = everything_shown(advisor, record)

    of_record = advisor.post(address(record), shown | {"record-program_end": "2001-01-01"} | SOURCE)
    of_row = advisor.post(
        address(record),
        shown | {"record-major": "Art", f"work-{work.pk}-end": "2026-05-01"} | SOURCE,
    )

    assert errors_of(of_record) == {"__all__": ["The program must end after it starts."]}
    assert errors_of(of_row) == {"__all__": ["The work must end after it starts."]}
    record.refresh_from_db()
    assert (changes(record), record.major) == ([], "Data Science")


def test_a_taken_sevis_id_is_refused(record, advisor):
    other = factories.make_student("other@school.example")
    typed = everything_shown(advisor, record) | {"record-sevis_id": other.sevis_id}

    answer = advisor.post(address(record), typed | SOURCE)

    assert (answer.status_code, changes(record)) == (422, [])
    assert errors_of(answer) == {"sevis_id": ["Student record with this SEVIS ID already exists."]}


def test_a_colleagues_newer_value_is_told_and_never_overwritten(record, staff, advisor):
    shown = everything_shown(advisor, record)
    change_record(
        record,
        {"major": "Physics", "degree": "MS"},
        by=staff[Role.SUPERVISOR],
        source="Registrar",
    )
    typed = shown | {"record-major": "Statistics", "record-minor": "Art"} | SOURCE

    answer = advisor.post(address(record), typed)

    assert answer.status_code == 422
    ((field, (sentence,)),) = errors_of(answer).items()
    assert field == "major"
    assert re.fullmatch(
        r"Office supervisor changed this to “Physics” on .+, after you opened this page\. Your "
        r"entry stands here; save again to use it instead\.",
        sentence,
    )
    record.refresh_from_db()
    assert (record.major, record.minor, record.degree) == ("Physics", "", "MS")

    # What the page shows now may be saved on purpose; what was not touched stays as it is.
    page = answer.context["record_form"]
    again = typed | {"record-shown": page["shown"].value()}
    assert advisor.post(address(record), again).status_code == 302
    record.refresh_from_db()
    assert (record.major, record.minor, record.degree) == ("Statistics", "Art", "MS")


def test_a_row_changed_meanwhile_is_told_at_the_row(record, staff, advisor):
    work = record.employments.get()
    first, second = (everything_shown(advisor, record) for _each in range(2))
    end = f"work-{work.pk}-end"
    advisor.post(address(record), first | {end: "2027-06-30"} | SOURCE)

    answer = advisor.post(address(record), second | {end: "2027-07-31"} | SOURCE)

    assert list(errors_of(answer)) == ["end"]
    assert "Office advisor changed this to “Jun 30, 2027”" in unescape(answer.content.decode())
    work.refresh_from_db()
    assert work.end == date(2027, 6, 30)


def test_a_number_is_not_shown_and_stays_unless_a_new_one_is_typed(record, advisor):
    page = advisor.get(address(record)).content.decode()
    shown = everything_shown(advisor, record)

    assert "P1234567" not in page
    assert shown["record-passport_number"] == ""
    advisor.post(address(record), shown | SOURCE)
    record.refresh_from_db()
    assert record.passport_number == "P1234567"
    advisor.post(address(record), shown | {"record-passport_number": "X1"} | SOURCE)
    record.refresh_from_db()
    assert record.passport_number == "X1"
    shown = everything_shown(advisor, record)
    advisor.post(address(record), shown | {"record-passport_number": "-"} | SOURCE)
    record.refresh_from_db()
    assert record.passport_number == ""


def test_what_a_form_leaves_out_stays_as_it_is(record, advisor):
    shown = everything_shown(advisor, record)
    only = {"record-shown": shown["record-shown"], "record-major": "Statistics"}

    assert advisor.post(address(record), only | SOURCE).status_code == 302

    assert [field for field, *_rest in changes(record)] == ["major"]


@pytest.mark.parametrize("marks", ["", "nonsense", "[]", '{"major": 7}'])
def test_without_true_marks_nothing_is_overwritten(marks, record, advisor):
    only = {"record-shown": marks, "record-major": "Statistics"}

    assert advisor.post(address(record), only | SOURCE).status_code == 422

    assert changes(record) == []


def test_nobody_corrects_ones_own_record(staff, sign_in):
    own = factories.make_student("double@staff.example")
    own.user.groups.set(staff[Role.SUPERVISOR].groups.all())
    client = sign_in(User.objects.get(pk=own.user_id))

    for part in ("", "correct/", "start/", "document/"):
        there = f"/admin/students/{own.pk}/{part}"
        assert (client.get(there).status_code, client.post(there, SOURCE).status_code) in (
            (404, 404),
            (404, 405),
        )
    assert changes(own) == []


def test_funding_and_scholar_details_are_corrected_with_their_history(record, advisor):
    statement = FundingStatement.objects.create(record=record, as_of=date(2026, 9, 1), living=100)
    details = ScholarDetails.objects.create(record=record, position="Fellow")
    typed = everything_shown(advisor, record) | SOURCE
    typed |= {
        f"funding-{statement.pk}-living": "20500",
        f"scholar-{details.pk}-position": "Lecturer",
    }

    answer = advisor.post(address(record), typed)

    assert answer.status_code == 302
    statement.refresh_from_db()
    details.refresh_from_db()
    assert (statement.living, details.position) == (20_500, "Lecturer")
    assert [field for field, *_rest in changes(record)] == ["fundingstatement", "scholardetails"]


def test_every_detail_of_a_scholar_can_be_corrected():
    columns = {field.name for field in ScholarDetails._meta.concrete_fields}
    assert set(SCHOLAR_FIELDS) == columns - {"id", "record"}


def test_more_dollars_than_sevis_takes_are_refused_at_the_field(record, advisor):
    statement = FundingStatement.objects.create(record=record, as_of=date(2026, 9, 1), living=100)
    typed = everything_shown(advisor, record) | SOURCE

    answer = advisor.post(address(record), typed | {f"funding-{statement.pk}-living": "100000000"})

    assert answer.status_code == 422
    assert errors_of(answer) == {"living": ["Ensure this value is less than or equal to 99999999."]}


def test_the_labels_speak_to_the_staff_and_keep_their_capitals(record, advisor):
    fields = advisor.get(address(record)).context["record_form"].fields

    assert (str(fields["preferred_name"].label), str(fields["has_no_us_phone"].label)) == (
        "Name to use",
        "No US phone yet",
    )

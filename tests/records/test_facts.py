"""Facts: what rules and forms read, counted and grouped right, in two queries."""

from datetime import date

import pytest

from isso.requests.people.roles import Role
from isso.requests.records.changing import authorize_employment, change_record
from isso.requests.records.facts import Appointment, RecordFacts, Stay, days_covered
from isso.requests.records.groups import FACT_GROUPS, ROW_GROUPS, masked
from isso.requests.records.models import (
    Dependent,
    ExchangeStay,
    ScholarDetails,
    SiteOfActivity,
    StudentRecord,
)
from isso.requests.records.reading import FactSource, fact_sources, facts_for
from isso.tests.factories import make_staff, make_student, make_user


def day(text):
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([], 0),
        ([("06-01", "06-01")], 1),
        ([("06-01", "06-30")], 30),
        ([("06-01", "06-30"), ("07-01", "07-31")], 61),
        ([("06-01", "06-30"), ("06-15", "07-10")], 40),
        ([("06-01", "06-30"), ("06-10", "06-20")], 30),
        ([("06-10", "06-20"), ("06-01", "06-30"), ("06-30", "07-01")], 31),
        ([("02-28", "03-01")], 2),
    ],
)
def test_days_are_counted_with_both_ends_and_once(spans, days):
    assert days_covered([(day(start), day(end)) for start, end in spans]) == days


def test_facts_need_no_database():
    assert RecordFacts(visa_class="F-1").cpt_full_time_days == 0


CPT = {"kind": "CPT", "start": day("06-01"), "end": day("06-30"), "reference": "ISSO-1"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "full_time_days", "part_time_days"),
    [
        ({}, 30, 0),
        ({"full_time": False}, 0, 30),
        ({"kind": "OPT"}, 0, 0),
        ({"status": "canceled"}, 0, 0),
        ({"status": "requested"}, 0, 0),
    ],
)
def test_only_approved_cpt_counts(changed, full_time_days, part_time_days):
    record = make_student()
    authorize_employment(record, by=None, source="Test", **(CPT | changed))
    facts = facts_for(record)

    assert (facts.cpt_full_time_days, facts.cpt_part_time_days) == (full_time_days, part_time_days)


@pytest.mark.django_db
def test_cpt_of_an_earlier_level_does_not_count():
    record = make_student(education_level="04")
    authorize_employment(record, by=None, source="Test", **CPT)
    record.education_level = "05"

    assert facts_for(record).cpt_full_time_days == 0


@pytest.mark.django_db
def test_the_same_request_authorizes_once():
    record = make_student()
    first = authorize_employment(record, by=None, source="Test", **CPT)

    assert authorize_employment(record, by=None, source="Test", **CPT) == first
    assert record.employments.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_facts_take_one_query(rows, django_assert_num_queries):
    record = make_student()
    for number in range(rows):
        Dependent.objects.create(record=record, family_name="Ng", relation="child")
        authorize_employment(record, by=None, source="Test", **(CPT | {"reference": f"R{number}"}))
    record = StudentRecord.objects.get(pk=record.pk)
    with django_assert_num_queries(1):
        facts = facts_for(record)

    assert len(facts.dependents) == rows
    assert facts.cpt_full_time_days == 30


@pytest.mark.django_db
def test_stays_in_j_status_come_in_their_order():
    record = make_student()
    for year, category in ((2024, "09"), (2020, "1D")):
        ExchangeStay.objects.create(
            record=record, category=category, start=date(year, 1, 1), end=date(year, 6, 30)
        )
    first, second = facts_for(record).exchange_stays

    assert first == Stay("1D", date(2020, 1, 1), date(2020, 6, 30), id=first.id)
    assert second == Stay("09", date(2024, 1, 1), date(2024, 6, 30), id=second.id)


@pytest.mark.django_db
def test_a_scholar_has_places_and_an_appointment_until_they_end():
    record = make_student()
    assert (facts_for(record).sites, facts_for(record).appointment) == ((), None)
    place = {"line1": "7 Science Road", "city": "Example City", "state": "MA"}
    for name, fields in (
        ("Hospital", {}),
        ("Laboratory", {"is_primary": True}),
        ("Old place", {"ended_on": date(2026, 1, 1)}),
    ):
        SiteOfActivity.objects.create(
            record=record, name=name, postal_code="02139", **place | fields
        )
    ScholarDetails.objects.create(
        record=record, position="Fellow", host_name="Ada Byron", is_employee=True
    )

    facts = facts_for(record)

    assert [(each.name, each.city, each.is_primary) for each in facts.sites] == [
        ("Laboratory", "Example City", True),
        ("Hospital", "Example City", False),
    ]
    assert facts.appointment == Appointment("Fellow", "Ada Byron", "", True, None)


@pytest.mark.django_db
def test_addresses_come_as_their_parts():
    facts = facts_for(make_student(us_address_line1="1 Main St", us_address_postal_code="02139"))

    assert facts.us_address == {
        "line1": "1 Main St",
        "line2": "",
        "city": "",
        "state": "",
        "postal_code": "02139",
    }
    assert facts.full_name == "Amara Okoye"


@pytest.mark.django_db
def test_each_group_names_who_said_so_last(time_machine):
    time_machine.move_to("2026-11-21T17:00:00Z", tick=False)
    record = make_student(source_as_of=day("09-01"))
    change_record(record, {"us_phone": "6175550100"}, by=record.user, source="You, in Check-In")
    change_record(record, {"us_address_city": "Salem"}, by=None, source="Registrar")
    sources = fact_sources(record)

    imported = FactSource("Student information system", day("09-01"))
    assert sources == dict.fromkeys([*FACT_GROUPS, *ROW_GROUPS], imported) | {
        "contact": FactSource("You, in Check-In", day("11-21")),
        "us_address": FactSource("Registrar", day("11-21")),
    }


@pytest.mark.django_db
def test_who_sees_which_record():
    amara, hana = make_student("amara@school.example"), make_student("hana@school.example")
    disabled = make_student("gone@school.example")
    disabled.user.is_active = False

    def seen(user):
        return set(StudentRecord.objects.visible_to(user).values_list("email", flat=True))

    everybody = {amara.email, hana.email, disabled.email}
    assert seen(amara.user) == {amara.email}
    assert seen(disabled.user) == set()
    assert seen(make_user("nobody@school.example")) == set()
    assert seen(make_staff(Role.EDITOR)) == set()
    assert seen(make_staff(Role.DEPARTMENT)) == set()
    assert seen(make_staff(Role.ADVISOR)) == everybody
    assert seen(make_staff(Role.SUPERVISOR)) == everybody


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("passport_number", "P1234567", "•••••567"),
        ("passport_number", "P12", "•••••"),
        ("passport_number", "", ""),
        ("major", "Physics", "Physics"),
    ],
)
def test_sensitive_values_are_masked(field, value, shown):
    assert masked(field, value) == shown

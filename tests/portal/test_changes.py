"""What changed in one's own record: every change in words, by whom and when; nobody else's."""

from datetime import date

import pytest

from isso.requests.people.roles import Role
from isso.requests.records.changing import add_to_record, change_record, change_row
from isso.requests.records.models import Dependent, RecordChange, ScholarDetails
from isso.tests import factories

PAGE = "/portal/profile/changes/"


def shown(client, query=""):
    found = client.get(PAGE + query).context["changes"]
    return [(each.label, each.old, each.new, each.who, each.reference) for each in found]


def change(record, **changes):
    by, source = changes.pop("by", None), changes.pop("source", "Registrar")
    change_record(record, changes, by=by, source=source)


def test_before_the_first_change_the_page_says_so(portal, student):
    RecordChange.objects.all().delete()

    assert "Nothing has changed since we made your record." in portal.get(PAGE).content.decode()
    assert shown(portal) == []


def test_each_change_stands_in_words_with_who_made_it(portal, student):
    RecordChange.objects.all().delete()
    made = factories.make_request(student, "reprint", "completed")
    other = factories.make_request(
        factories.make_student("other@school.example"), "reprint", "completed"
    )
    RecordChange.objects.all().delete()
    staff = factories.make_staff(Role.ADVISOR, email="sue@staff.example")
    change(student, major="Music", by=staff)
    change(student, program_end=date(2030, 5, 31), by=student.user)
    change(student, passport_number="X7654321", by=staff, source="Import people.csv, 2026-10-05")
    change(student, us_phone="5735550100", by=None, source=made.reference)
    change(student, us_phone="5735550101", by=None, source=other.reference)
    add_to_record(
        student,
        Dependent,
        {"family_name": "Okoye", "given_name": "Ada", "relation": "child"},
        by=staff,
        source="Call",
    )

    assert shown(portal) == [
        ("Dependent", "", "Ada Okoye", "The office", ""),
        ("US phone", "5735550100", "5735550101", "The office", ""),
        ("US phone", "", "5735550100", "The office", made.reference),
        ("Passport number", "•••••567", "•••••321", "Student information system", ""),
        ("Program end", "Aug 1, 2027", "May 31, 2030", "You", ""),
        ("Major", "Data Science", "Music", "The office", ""),
    ]


def test_a_number_is_never_written_out_and_a_value_never_runs(portal, student):
    change(student, passport_number="X7654321")
    change(student, preferred_name="<b>Amy</b>")
    page = portal.get(PAGE + "?show=passport_number").content.decode()

    assert "X7654321" not in page
    assert "P1234567" not in page
    assert "<b>Amy</b>" not in page
    assert "&lt;b&gt;Amy&lt;/b&gt;" in page


def test_what_is_for_the_office_alone_is_left_out(portal, student):
    RecordChange.objects.all().delete()
    change(student, is_on_probation=True)

    assert shown(portal) == []


def test_what_other_offices_answered_about_a_scholar_is_left_out(portal, student):
    RecordChange.objects.all().delete()
    vetted = {"position": "Researcher", "compliance_result": "No match"}
    details = add_to_record(student, ScholarDetails, vetted, by=None, source="Sponsorship")
    change_row(details, {"compliance_result": "A match"}, by=None, source="Sponsorship")

    assert RecordChange.objects.count() == 2
    assert shown(portal) == []


def test_another_persons_changes_stand_on_no_page(portal, student):
    """Case 1: whatever stands in the address, the changes are one's own."""
    RecordChange.objects.all().delete()
    other = factories.make_student("other@school.example", passport_number="X7")
    change(other, major="Music")

    for query in ("", f"?record={other.pk}", f"?pk={other.pk}", "?page=99", "?page=x"):
        assert shown(portal, query) == []


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nobody_changes_the_history(portal, student, method):
    change(student, major="Music")
    before = list(RecordChange.objects.values())

    assert getattr(portal, method)(PAGE).status_code == 405
    assert list(RecordChange.objects.values()) == before


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_costs_the_same_queries_for_1_and_30_changes(
    portal, student, rows, django_assert_num_queries
):
    RecordChange.objects.all().delete()
    made = factories.make_request(student, "reprint", "completed")
    RecordChange.objects.all().delete()
    staff = factories.make_staff(Role.ADVISOR, email="sue@staff.example")
    for number in range(rows):
        change(student, major=f"Major {number}", by=staff, source=made.reference)
    portal.get(PAGE)

    with django_assert_num_queries(9):
        assert len(shown(portal)) == rows


def test_the_rest_stands_on_the_next_page(portal, student):
    RecordChange.objects.all().delete()
    for number in range(31):
        change(student, major=f"Major {number}")

    assert [len(shown(portal, query)) for query in ("", "?page=2")] == [30, 1]


def test_personal_and_program_leads_there(portal):
    assert f'href="{PAGE}"' in portal.get("/portal/profile/").content.decode()

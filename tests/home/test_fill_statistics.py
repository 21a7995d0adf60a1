"""An editor fills a year from a spreadsheet or the records, and learns no small number by it."""

import datetime as dt

import pytest

from isso.home.models import StatisticsYear
from isso.requests.people.roles import Role
from isso.requests.records.census import census
from isso.requests.records.models import EmploymentAuthorization, StudentRecord
from isso.tests import factories

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 10, 1)
EARLIER = dt.date(2024, 8, 26)
START, END = dt.date(2026, 8, 24), dt.date(2028, 5, 12)


@pytest.fixture
def editor(client, office):
    client.force_login(factories.make_staff(Role.EDITOR))
    return client


@pytest.fixture
def year(office):
    return StatisticsYear.objects.create(name="2026-27", as_of=DAY)


def stored(year):
    year.refresh_from_db()
    return [
        (
            each.value["kind"],
            each.value["title"],
            [row["values"] for row in each.value["table"].row_data],
        )
        for each in year.tables
    ]


PASTED = {
    "kind": "level",
    "title": "Levels",
    "cells": "Level\tPeople\nGraduate\t2,000\nExchange\t3\nOther\t70",
}


def test_a_pasted_table_is_shown_first_and_added_by_the_second_button(editor, year):
    address = f"/admin/statistics/{year.pk}/paste/"
    shown = editor.post(address, PASTED)
    before = stored(year)
    editor.post(address, PASTED | {"add": "1"})
    editor.post(address, PASTED | {"add": "1"})

    assert before == []
    assert [shown.text.count(cell) for cell in ("<td>2,000</td>", "<td>3</td>", "<td>–</td>")] == [
        1,
        0,
        2,
    ]
    assert stored(year) == [
        ("level", "Levels", [["Graduate", 2000], ["Exchange", 3], ["Other", 70]])
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cells": "A\tB\nx\t1\ny\t2x"}, "Line 3, column “B”: “2x” is no whole number."),
        ({"cells": "a\0b"}, "Null characters are not allowed."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_a_slip_keeps_what_was_pasted(editor, year, changes, sentence):
    answer = editor.post(f"/admin/statistics/{year.pk}/paste/", PASTED | {"add": "1"} | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert (PASTED | changes)["cells"].split("\n")[-1] in answer.text
    assert stored(year) == []


def student(number, **facts):
    facts = {
        "citizenship_country": "Ghana",
        "education_level": "06",
        "visa_class": "F-1",
        "sevis_status": "active",
        "program_start": START,
        "program_end": END,
        "department": "Physics",
    } | facts
    return StudentRecord.objects.create(family_name=f"Person {number}", **facts)


@pytest.fixture
def people(office):
    """Thirty-one students, three of them alone in their country, others who are no students."""
    StudentRecord.objects.all().delete()
    for number in range(20):
        student(number)
    for number in range(8):
        student(number, citizenship_country="Peru", visa_class="J-1", education_level="04")
    for number in range(3):
        student(number, citizenship_country="Iceland")
    student(90, program_start=EARLIER, program_end=DAY - dt.timedelta(1))
    student(91, program_start=DAY + dt.timedelta(1))
    student(92, sevis_status="initial")
    student(93, sevis_status="completed", program_end=DAY)
    for number in range(6):
        student(number, visa_class="J-1", exchange_category="08")
    for number in range(7):
        graduate = student(number, program_start=EARLIER, program_end=DAY - dt.timedelta(90))
        for kind, completion in (("OPT", "post"), ("CPT", "")):
            EmploymentAuthorization.objects.create(
                record=graduate,
                kind=kind,
                completion=completion,
                start=DAY - dt.timedelta(30 if kind == "OPT" else 300),
                end=DAY + dt.timedelta(30 if kind == "OPT" else -200),
            )


def test_the_provider_counts_each_where_he_belongs(people, django_assert_num_queries):
    with django_assert_num_queries(7):
        counts = {count.title: count.people for count in census(DAY)}

    assert counts == {
        "Students by level of study": {"Doctorate": 24, "Bachelor's degree": 8},
        "Students by country of citizenship": {"Ghana": 21, "Peru": 8, "Iceland": 3},
        "Students by school or department": {"Physics": 32},
        "Students by visa class": {"F-1 student": 24, "J-1 exchange visitor": 8},
        "Students with a work permission": {},
        "Graduates in practical training": {"Optional Practical Training (OPT)": 7},
        "Visiting scholars": {"Research scholar": 6},
    }


def test_a_count_stores_and_shows_no_small_number(people, editor, year):
    address = f"/admin/statistics/{year.pk}/count/"
    shown = editor.post(address, {"day": "2026-10-05"})
    editor.post(address, {"day": "2026-10-05", "add": "1"})
    editor.post(address, {"day": "2026-10-01", "add": "1"})

    assert "<td>3</td>" not in shown.text
    year.refresh_from_db()
    assert year.as_of == DAY
    tables = {title: rows for _kind, title, rows in stored(year)}
    assert [[row[0], row[1]] for row in tables["Students by country of citizenship"]] == [
        ["Ghana", 21],
        ["Peru", None],
        ["Iceland", None],
        ["Total", 32],
    ]
    assert tables["Visiting scholars"][0][1] == 6
    assert len(tables) == 6


@pytest.mark.parametrize("day", ["", "yesterday", "2026-10-06", "99999-01-01"])
def test_a_day_that_cannot_be_counted(people, editor, year, day):
    answer = editor.post(f"/admin/statistics/{year.pk}/count/", {"day": day, "add": "1"})

    assert answer.status_code == 422
    assert stored(year) == []


def test_the_list_of_years_leads_to_both(editor, year):
    html = editor.get("/admin/snippets/home/statisticsyear/").text

    for page in ("paste", "count"):
        assert html.count(f"/admin/statistics/{year.pk}/{page}/") == 1
        assert editor.get(f"/admin/statistics/{year.pk}/{page}/").status_code == 200

"""Visiting scholars at the desk: who is listed, what binds and what is due, and as a file."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from isso.requests.models import StudentRequest
from isso.requests.people.roles import Role
from isso.requests.records.models import (
    AccessLog,
    ExchangeStay,
    ScholarDetails,
    StudentRecord,
)
from isso.tests import factories

SCHOLARS = "/admin/desk/scholars/"
TODAY = date(2026, 10, 5)


@pytest.fixture
def scholar(staff):
    """Return a function that puts a research scholar on record, in order in every way."""

    def _scholar(name, *, vetted_on=date(2026, 9, 1), details=None, **facts):
        record = StudentRecord.objects.create(
            **{
                "family_name": name.title(),
                "given_name": "Ada",
                "email": f"{name}@school.example",
                "stage": "continuing",
                "visa_class": "J-1",
                "exchange_category": "08",
                "sevis_status": "active",
                "department": "Biology",
                "program_start": date(2025, 9, 1),
                "program_end": date(2027, 8, 31),
                "insurance_end": date(2027, 8, 31),
            }
            | facts
        )
        ScholarDetails.objects.create(
            record=record, compliance_on=vetted_on, host_name="Ines Weber", **details or {}
        )
        return record

    return _scholar


@pytest.fixture
def everybody(scholar):
    """One scholar at each point, and three people whom the list leaves out."""
    people = {
        "fine": scholar("fine"),
        "coming": scholar("coming", stage="pre_arrival", sevis_status="initial"),
        "left": scholar("left", details={"departed_on": date(2026, 9, 30)}),
        "short": scholar(
            "short",
            exchange_category="09",
            department="Chemistry",
            program_start=date(2026, 9, 1),
            program_end=date(2027, 2, 28),
            insurance_end=date(2026, 10, 20),
        ),
        "old": scholar("old", vetted_on=date(2025, 9, 1)),
        "new": StudentRecord.objects.create(
            family_name="New", stage="proposed", department="Chemistry"
        ),
    }
    StudentRecord.objects.filter(family_name="Coming").update(program_start=date(2026, 11, 1))
    scholar("gone", stage="archived")
    factories.make_student("student@school.example", visa_class="J-1", exchange_category="1C")
    factories.make_student("other@school.example")
    return people


def names(answer):
    return [record.family_name for _row, record, _requests in answer.context["rows"]]


def dues(answer):
    """Return (name, what is due, late or not) in the order of the rows."""
    return [
        (record.family_name, [due.text for due in row.dues], row.is_late)
        for row, record, _requests in answer.context["rows"]
    ]


def test_late_ones_come_first_then_by_what_comes_next(everybody, advisor):
    assert dues(advisor.get(SCHOLARS)) == [
        ("Old", ["The vetting holds until September 1, 2026, the stay goes on."], True),
        ("Short", ["The insurance ends on October 20, 2026, before the stay."], True),
        ("Coming", [], False),
        ("Fine", [], False),
        ("Left", [], False),
        ("New", [], False),
    ]


def test_the_counts_lead_to_those_they_count(everybody, advisor):
    counts = advisor.get(SCHOLARS).context["counts"]
    numbers = {each.label: each.number for each in counts}
    found = {each.label: len(names(advisor.get(f"{SCHOLARS}?{each.query}"))) for each in counts}

    assert found == numbers
    assert numbers == {"All": 6, "Late": 2, "Proposed": 1, "Expected": 1, "Here": 3, "Ended": 1}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("department=Chemistry", ["Short", "New"]),
        ("category=09", ["Short"]),
        ("ends_by=2027-02-28", ["Short"]),
        ("duty=vetting", ["Old"]),
        ("duty=insurance&department=Biology", []),
        ("late=on", ["Old", "Short"]),
        ("progress=ended", ["Left"]),
        ("q=fin", ["Fine"]),
        ("q=%00&department=x&category=1C&ends_by=never&duty=x&progress=expected", ["Coming"]),
    ],
)
def test_the_list_is_narrowed(everybody, advisor, query, expected):
    assert names(advisor.get(f"{SCHOLARS}?{query}")) == expected


def test_maxima_and_bars_stand_in_the_row(scholar, advisor):
    record = scholar("weber", details={"is_subject_to_home_residence": True})
    ExchangeStay.objects.create(
        record=record, category="08", start=date(2024, 9, 1), end=date(2025, 8, 31)
    )
    [(row, _record, _requests)] = advisor.get(SCHOLARS).context["rows"]

    assert (row.limit, row.months, row.bars) == (
        date(2029, 8, 31),
        (26, 60),
        [(24, date(2029, 8, 31))],
    )
    page = advisor.get(SCHOLARS).content.decode()
    for words in (
        "latest possible end Aug 31, 2029",
        "26 of 60 months used",
        "24 months, until Aug 31, 2029",
        "Two-year home residence rule applies",
    ):
        assert words in page


def test_requests_of_the_department_stand_in_the_row_once_they_are_sent(everybody, advisor):
    """A draft is the department's alone; what has ended is no longer under way."""
    by = everybody["fine"]
    for number, (state, day) in enumerate(
        [("in_review", TODAY), ("draft", None), ("completed", TODAY)]
    ):
        StudentRequest.objects.create(
            type_key="scholar_departure",
            student=by,
            department="Biology",
            state=state,
            purpose=str(number),
            submitted_at=day and timezone.now(),
            started_by=factories.make_user(f"admin{number}@school.example"),
        )
    rows = advisor.get(f"{SCHOLARS}?q=fine").context["rows"]

    assert [[each.state for each in requests] for _row, _record, requests in rows] == [
        ["in_review"]
    ]


def test_nobody_reads_about_oneself(scholar, staff, advisor):
    scholar("own", user=staff[Role.ADVISOR])

    assert names(advisor.get(SCHOLARS)) == []


@pytest.mark.parametrize("who", ["editor", "stranger"])
def test_nobody_else_sees_the_list(everybody, editor, sign_in, who):
    client = editor if who == "editor" else sign_in()
    answers = [client.get(SCHOLARS), client.get(f"{SCHOLARS}?export=csv")]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AccessLog.objects.filter(record__isnull=False).count() == 0


def test_the_file_holds_what_the_filter_keeps_and_is_noted(everybody, staff, advisor):
    StudentRecord.objects.filter(family_name="Short").update(given_name="=1+1")
    AccessLog.objects.all().delete()
    answer = advisor.get(f"{SCHOLARS}?category=09&export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    header, row = csv.reader(io.StringIO(text))
    assert dict(zip(header, row, strict=True)) == {
        "Scholar": "'=1+1 Short",
        "E-mail": "short@school.example",
        "Department": "Chemistry",
        "Host": "Ines Weber",
        "Category": "Short-term scholar",
        "Standing": "Here",
        "From": "2026-09-01",
        "Until": "2027-02-28",
        "Latest possible end": "2027-02-28",
        "Months used": "2",
        "12-month bar until": "",
        "24-month bar until": "",
        "Two-year home residence rule": "",
        "Due": "The insurance ends on October 20, 2026, before the stay.",
        "Late": "Yes",
        "Requests of the department": "",
    }
    assert answer["Content-Disposition"] == 'attachment; filename="scholars-2026-10-05.csv"'
    exported = (staff[Role.ADVISOR].pk, "visiting scholars exported")
    noted = AccessLog.objects.order_by("pk").values_list("user", "what", "record", "details")
    assert list(noted) == [
        (*exported, None, "csv, category 09, 1 rows"),
        (*exported, everybody["short"].pk, ""),
    ]


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    scholar, advisor, many, django_assert_num_queries
):
    for number in range(many):
        record = scholar(f"s{number}")
        start = TODAY - timedelta(days=900)
        ExchangeStay.objects.create(record=record, category="08", start=start, end=TODAY)
    advisor.get("/admin/students/")

    with django_assert_num_queries(15):
        assert len(advisor.get(SCHOLARS).context["rows"]) == many


def test_whose_row_is_shown_is_noted(everybody, advisor):
    AccessLog.objects.all().delete()
    advisor.get(f"{SCHOLARS}?late=on")

    assert list(AccessLog.objects.order_by("pk").values_list("what", "record")) == [
        ("visiting scholars", everybody["old"].pk),
        ("visiting scholars", everybody["short"].pk),
    ]

"""The figures: hand-counted tables, months of the office's zone, files, and who sees whose row."""

import csv
import io
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from isso.requests.actor import Actor
from isso.requests.figures.counting import Counts
from isso.requests.figures.period import Period, ready_periods
from isso.requests.models import RequestPolicy, StudentRequest
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.records.models import AccessLog
from isso.requests.rules.quantiles import quantile
from isso.tests import factories

FIGURES = "/admin/desk/figures/"
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (
            date(2026, 10, 5),
            {
                "month": Period(date(2026, 10, 1), date(2026, 10, 5)),
                "last-month": Period(date(2026, 9, 1), date(2026, 9, 30)),
                "year": Period(date(2026, 7, 1), date(2026, 10, 5)),
                "12-months": Period(date(2025, 11, 1), date(2026, 10, 5)),
            },
        ),
        (
            date(2026, 1, 31),
            {
                "month": Period(date(2026, 1, 1), date(2026, 1, 31)),
                "last-month": Period(date(2025, 12, 1), date(2025, 12, 31)),
                "year": Period(date(2025, 7, 1), date(2026, 1, 31)),
                "12-months": Period(date(2025, 2, 1), date(2026, 1, 31)),
            },
        ),
    ],
)
def test_ready_periods(today, expected):
    ready = {key: period for key, _label, period in ready_periods(today) if key[:5] != "term-"}
    assert ready == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (
            date(2026, 10, 5),
            {
                "Fall 2025": Period(date(2025, 9, 1), date(2025, 12, 31)),
                "Spring 2026": Period(date(2026, 1, 1), date(2026, 5, 31)),
                "Summer 2026": Period(date(2026, 6, 1), date(2026, 8, 31)),
                "Fall 2026": Period(date(2026, 9, 1), date(2026, 10, 5)),
            },
        ),
        (
            date(2026, 5, 31),
            {
                "Spring 2025": Period(date(2025, 1, 1), date(2025, 5, 31)),
                "Summer 2025": Period(date(2025, 6, 1), date(2025, 8, 31)),
                "Fall 2025": Period(date(2025, 9, 1), date(2025, 12, 31)),
                "Spring 2026": Period(date(2026, 1, 1), date(2026, 5, 31)),
            },
        ),
        (
            date(2026, 1, 1),
            {
                "Spring 2025": Period(date(2025, 1, 1), date(2025, 5, 31)),
                "Summer 2025": Period(date(2025, 6, 1), date(2025, 8, 31)),
                "Fall 2025": Period(date(2025, 9, 1), date(2025, 12, 31)),
                "Spring 2026": Period(date(2026, 1, 1), date(2026, 1, 1)),
            },
        ),
    ],
)
def test_the_terms_that_began_last_are_periods(today, expected):
    ready = {label: period for key, label, period in ready_periods(today) if key[:5] == "term-"}
    assert ready == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 1500))
def test_every_day_of_a_period_lies_in_one_of_its_months(first, length):
    period = Period(first, first + timedelta(days=length))
    days = {(first + timedelta(days=offset)).replace(day=1) for offset in range(length + 1)}
    assert period.months == sorted(days)


def made(number, type_key="reprint", state="in_review", advisor=None):
    person = factories.make_student(
        f"s{number}@school.example", family_name=f"Fam{chr(97 + number)}"
    )
    return factories.make_request(person, type_key, state, advisor)


@pytest.fixture
def small_office(staff, monday):
    """Three reprints and a CPT: one denied, one handed back, one with its approver."""
    me, other = staff[Role.ADVISOR], staff[Role.SUPERVISOR]
    denied = made(0, advisor=me)
    perform(denied, "deny", Actor.for_user(me), note="No.")
    made(1, state="clarification", advisor=me)
    made(2, state="in_review", advisor=other)
    made(3, "cpt", "approver_review")


def rows_of(answer):
    return {table.key: [tuple(map(str, row)) for row in table.rows] for table in answer}


def test_the_tables_of_a_small_office(small_office, supervisor, staff):
    tables = supervisor.get(FIGURES, {"first": "2026-09-01"}).context["tables"]
    me, other = str(staff[Role.ADVISOR]), str(staff[Role.SUPERVISOR])
    found = rows_of(tables)

    assert found["months"] == [("September 2026", "0", "0"), ("October 2026", "4", "1")]
    # Received, then by status: approver, new, in review, clarification, ... denied, ...
    assert found["types"] == [
        ("Curricular Practical Training (CPT)", "1", "1", *"000000000"),
        ("I-20 or DS-2019 reprint", "3", "0", "0", "1", "1", "0", "0", "0", "1", "0", "0"),
    ]
    assert found["outcomes"] == [
        ("Completed", "0", "0 %"),
        ("Denied", "1", "100 %"),
        ("Withdrawn", "0", "0 %"),
        ("Expired", "0", "0 %"),
    ]
    assert [row[1:] for row in found["times"]] == [("1", "too few", "too few", "3", "100 %")]
    assert [row[1:] for row in found["clarifications"]] == [("0", "1", "0 %")]
    assert [row[1:] for row in found["reasons"]] == [("1", "–")]
    assert found["approvers"] == []
    assert found["load"] == [
        (me, "0", "0", "1", "too few"),
        (other, "1", "0", "0", "too few"),
    ]


def test_what_narrows_it(small_office, supervisor, staff):
    def received(**query):
        tables = supervisor.get(FIGURES, {"first": "2026-10-01"} | query).context["tables"]
        return rows_of(tables)["months"]

    assert received(type_key="cpt") == [("October 2026", "1", "0")]
    assert received(visa_class="J-1") == [("October 2026", "0", "0")]
    assert received(advisor=staff[Role.ADVISOR].pk) == [("October 2026", "2", "1")]
    assert received(last="2026-10-04") == [("October 2026", "0", "0")]


def test_a_month_is_one_of_the_offices_zone(staff, monday):
    late_in_september = datetime(2026, 9, 30, 23, 30, tzinfo=NEW_YORK)
    asked = made(0, advisor=staff[Role.ADVISOR])
    StudentRequest.objects.filter(pk=asked.pk).update(submitted_at=late_in_september)
    september = Period(date(2026, 9, 1), date(2026, 9, 30))
    october = Period(date(2026, 10, 1), date(2026, 10, 31))

    user = staff[Role.SUPERVISOR]
    assert Counts(user, september).received_by_month() == {date(2026, 9, 1): 1}
    assert Counts(user, october).received_by_month() == {}


def test_an_advisor_sees_the_own_row_and_no_colleagues(small_office, advisor, staff):
    answer = advisor.get(FIGURES, {"advisor": staff[Role.SUPERVISOR].pk})
    found = rows_of(answer.context["tables"])

    assert [row[0] for row in found["load"]] == [str(staff[Role.ADVISOR])]
    assert "advisor" not in answer.context["filters"].fields
    # The filter of colleagues counts for nothing.
    assert found["months"][-1] == ("October 2026", "4", "1")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            {"first": "2026-10-05", "last": "2026-10-01"},
            "Until: The last day must not come before the first.",
        ),
        ({"first": "0001-01-01", "last": "2026-10-01"}, "From: Ask for ten years at most."),
        ({"first": "0001-01-01"}, "From: Ask for ten years at most."),
        ({"first": "9999-12-31"}, "From: Ask for ten years at most."),
        ({"last": "9999-12-31"}, "Until: Ask for ten years at most."),
        ({"first": "2016-01-01", "last": "2026-12-31"}, "From: Ask for ten years at most."),
        ({"first": "yesterday"}, "From: Enter a valid date."),
    ],
)
def test_a_period_that_is_none_is_explained(query, sentence, supervisor, monday):
    answer = supervisor.get(FIGURES, query)
    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)


def test_a_type_that_is_gone_is_counted_by_its_key(staff, supervisor):
    asked = made(0, advisor=staff[Role.ADVISOR])
    perform(asked, "deny", Actor.for_user(staff[Role.ADVISOR]), note="No.")
    StudentRequest.objects.filter(pk=asked.pk).update(type_key="gone")

    found = rows_of(supervisor.get(FIGURES).context["tables"])

    # What was promised when it was sent is known all the same.
    assert found["times"] == [("gone", "1", "too few", "too few", "–", "100 %")]


def test_what_an_approver_refused_is_none_of_the_offices_days(staff, monday):
    asked = made(0, "cpt", "approver_review")
    entry = asked.history.last()
    entry.pk, entry.action = None, "refuse"
    entry.save()
    StudentRequest.objects.filter(pk=asked.pk).update(state="denied")
    period = Period(date(2026, 10, 1), date(2026, 10, 5))
    counts = Counts(staff[Role.SUPERVISOR], period)

    assert (counts.days_of_done(), counts.ended_by_state()) == ({}, {"denied": 1})


def test_a_request_asked_about_twice_counts_once(staff, monday):
    asked = made(0, "cpt", "in_review", staff[Role.ADVISOR])
    for sentence in ("Wrong number.", "Still wrong."):
        asked.clarification_items.create(revision=1, name="supervisor_phone", sentence=sentence)
    period = Period(date(2026, 10, 1), date(2026, 10, 5))
    counts = Counts(staff[Role.SUPERVISOR], period)

    assert counts.questions(15) == [("cpt", "supervisor_phone", 1)]
    assert counts.common_sentences(1) == [
        ("cpt", "supervisor_phone", "Still wrong."),
        ("cpt", "supervisor_phone", "Wrong number."),
    ]


def test_days_and_quantiles_equal_a_naive_count(staff, monday):
    user = staff[Role.SUPERVISOR]
    days = [0, 1, 1, 2, 2, 2, 3, 8]
    for number, used in enumerate(days):
        asked = made(number, advisor=staff[Role.ADVISOR])
        perform(asked, "deny", Actor.for_user(staff[Role.ADVISOR]), note="No.")
        StudentRequest.objects.filter(pk=asked.pk).update(clock_used=used)
    counts = Counts(user, Period(date(2026, 10, 1), date(2026, 10, 5)))

    assert counts.days_of_done() == {("reprint", staff[Role.ADVISOR].pk): Counter(days)}
    assert (quantile(Counter(days), 0.5), quantile(Counter(days), 0.8)) == (2, 3)


def test_a_table_and_the_requests_as_files(small_office, supervisor, staff):
    AccessLog.objects.all().delete()
    user = staff[Role.SUPERVISOR]
    asked = {"first": "2026-10-01", "last": "2026-10-05", "export": "csv"}
    StudentRequest.objects.filter(state="denied").update(reference="=1+1")

    months = _lines(supervisor.get(FIGURES, asked | {"table": "months"}))
    requests = _lines(supervisor.get(FIGURES, asked | {"table": "requests"}))

    assert months == [["Month", "Received", "Finished"], ["October 2026", "4", "1"]]
    assert (len(requests), requests[0][5]) == (5, "Started (all dates: America/New_York)")
    assert [row[0] for row in requests[1:] if "1+1" in row[0]] == ["'=1+1"]
    logged = AccessLog.objects.filter(what="figures exported", record=None).order_by("pk")
    assert list(logged.values_list("user", "object_id", "details")) == [
        (user.pk, "months", "csv, 2026-10-01 to 2026-10-05, 1 rows"),
        (user.pk, "requests", "csv, 2026-10-01 to 2026-10-05, 4 rows"),
    ]
    assert supervisor.get(FIGURES, asked | {"table": "nonsense"}).status_code == 404
    assert AccessLog.objects.filter(what="figures exported").exclude(record=None).count() == 4


def _lines(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_term_is_offered(supervisor, monday):
    periods = supervisor.get(FIGURES).context["periods"]
    assert periods[-1] == ("Fall 2026", "first=2026-09-01&last=2026-10-05", False)


def test_all_tables_as_one_workbook(small_office, supervisor, staff):
    AccessLog.objects.all().delete()
    asked = {"first": "2026-10-01", "last": "2026-10-05", "visa_class": "F-1"}
    StudentRequest.objects.filter(state="denied").update(type_key="=gone()")

    shown = supervisor.get(FIGURES, asked).context["tables"]
    answer = supervisor.get(FIGURES, asked | {"table": "all", "export": "xlsx"})
    book = load_workbook(io.BytesIO(answer.content))
    found = [
        [tuple("" if each is None else str(each) for each in row) for row in sheet.values]
        for sheet in book
    ]

    def written(value):
        return f"'{value}" if str(value).startswith("=") else str(value)

    assert found[0] == [
        ("From Oct. 1, 2026 to Oct. 5, 2026 (America/New_York).",),
        ("Visa class: F-1 student",),
        *((f"{table.title}: {table.definition}",) for table in shown),
    ]
    assert found[1:] == [
        [tuple(map(written, row)) for row in (table.headings, *table.rows)] for table in shown
    ]
    assert any("'=gone()" in row for row in found[2])
    assert book.sheetnames == ["What is counted", *(each.title[:31].strip() for each in shown)]
    logged = AccessLog.objects.filter(what="figures exported")
    rows = sum(len(table.rows) for table in shown)
    assert list(logged.values_list("user", "object_id", "details")) == [
        (staff[Role.SUPERVISOR].pk, "all", f"xlsx, 2026-10-01 to 2026-10-05, {rows} rows")
    ]
    assert supervisor.get(FIGURES, asked | {"table": "all", "export": "csv"}).status_code == 404


def test_on_time_is_what_was_promised_when_each_was_sent(staff, supervisor):
    """Four days each: the first was promised three, the second nine, the third is from before."""
    me = staff[Role.ADVISOR]
    for number, promised in enumerate((3, 9, None)):
        asked = made(number, advisor=me)
        perform(asked, "deny", Actor.for_user(me), note="No.")
        StudentRequest.objects.filter(pk=asked.pk).update(clock_used=4, target_days=promised)

    def times():
        (row,) = rows_of(supervisor.get(FIGURES).context["tables"])["times"]
        return row[4:]

    assert times() == ("3", "33 %")
    RequestPolicy.objects.create(
        type_key="reprint",
        target_days=4,
        citation="Office practice",
        review_by=date(2027, 1, 31),
        live=True,
    )
    assert times() == ("4", "67 %")


@pytest.mark.parametrize("number", [1, 20])
def test_it_takes_as_many_queries_for_many_requests(number, staff, supervisor):
    for each in range(number):
        made(each, advisor=staff[Role.ADVISOR])
    supervisor.get(FIGURES)

    with CaptureQueriesContext(connection) as queries:
        answer = supervisor.get(FIGURES)

    received = next(table for table in answer.context["tables"] if table.key == "months")
    assert received.rows[-1][1] == number
    assert len(queries) == 20

"""The queue as a file: which rows and answers it holds, for whom, in which zone, at what cost."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from isso.home.hours import office_calendar
from isso.home.models import OfficeSettings
from isso.home.office import the_office, working_for
from isso.home.spreadsheet import cell
from isso.requests.actor import Actor
from isso.requests.conversation import add_note, send_message
from isso.requests.desk import queue_file
from isso.requests.desk.casefile import CaseFile
from isso.requests.models import (
    StudentRequest,
)
from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.records.models import AccessLog
from isso.tests import factories
from isso.tests.office_forms.bank_letter import KEY, changed, make_form, make_letter, publish

ALL = "/admin/desk/view/all/"
DAY = timedelta(days=1)
COLUMNS = [
    "Request",
    "Student",
    "School ID",
    "Type",
    "Status",
    "Started (all dates: America/New_York)",
    "Submitted",
    "Due",
    "Decided",
    "Advisor",
    "Approver",
    "Approver’s decision",
    "Business days with the office",
    "Business days with the student",
    "Business days with the approver",
]


def body_of(answer):
    return b"".join(answer.streaming_content)


def rows_of_csv(answer):
    return list(csv.reader(io.StringIO(body_of(answer).decode("utf-8-sig"))))


def rows_of_workbook(answer):
    sheet = load_workbook(io.BytesIO(body_of(answer))).active
    return [["" if value is None else str(value) for value in row] for row in sheet.values]


def rows(browser, address=ALL, **query):
    return rows_of_csv(browser.get(address, query | {"export": "csv"}))


def as_dicts(table):
    header, *lines = table
    return [dict(zip(header, line, strict=True)) for line in lines]


@pytest.fixture
def me(staff):
    """The advisor as an actor."""
    return Actor.for_user(staff[Role.ADVISOR])


@pytest.fixture
def queue(staff, monday):
    """Requests in every saved view, and two that nobody of the office may list."""
    mine, other = staff[Role.ADVISOR], staff[Role.SUPERVISOR]
    for name, type_key, state, advisor in (
        ("Abe", "reprint", "in_review", mine),
        ("Bell", "cpt", "in_review", other),
        ("Cho", "reprint", "submitted", None),
        ("Diaz", "cpt", "approver_review", None),
        ("Eze", "reprint", "denied", mine),
        ("Fox", "reprint", "draft", None),
        ("Gil", "reprint", "clarification", mine),
    ):
        student = factories.make_student(f"{name}@school.example", family_name=name)
        factories.make_request(student, type_key, state, advisor=advisor)


# Address, query → how many rows.
LISTS = [
    ("/admin/desk/", {}, 1),
    ("/admin/desk/view/mine/", {}, 1),
    ("/admin/desk/view/unassigned/", {}, 1),
    ("/admin/desk/view/late/", {}, 0),
    ("/admin/desk/view/waiting/", {}, 2),
    (ALL, {}, 5),
    ("/admin/desk/view/closed/", {}, 1),
    ("/admin/desk/view/all/", {}, 5),
    (ALL, {"type_key": "cpt"}, 2),
    (ALL, {"state": "submitted"}, 1),
    (ALL, {"q": "bell"}, 1),
    (ALL, {"q": "nobody"}, 0),
    (ALL, {"type_key": "reprint", "q": "cho"}, 1),
    (ALL, {"ordering": "reference"}, 5),
    (ALL, {"ordering": "-student__family_name"}, 5),
    # What is no filter narrows nothing, here as there.
    (ALL, {"type_key": "nonsense"}, 5),
    (ALL, {"p": "2"}, 5),
]


def test_a_file_holds_the_rows_of_the_list_in_their_order(queue, advisor):
    for address, query, count in LISTS:
        listed = advisor.get(address, query | {"page": "1"}).context["rows"]
        as_csv = rows_of_csv(advisor.get(address, query | {"export": "csv"}))
        as_workbook = rows_of_workbook(advisor.get(address, query | {"export": "xlsx"}))

        assert as_csv == as_workbook
        assert as_csv[0][: len(COLUMNS)] == COLUMNS
        assert [row[0] for row in as_csv[1:]] == [each.student_request.reference for each in listed]
        assert (address, query, len(listed)) == (address, query, count)


def test_the_list_offers_the_file_of_what_it_shows(queue, advisor):
    query = {"type_key": "cpt", "q": "bell", "page": "1"}
    page = advisor.get("/admin/desk/view/all/", query).content.decode()

    for file_format in ("csv", "xlsx"):
        assert f'href="?type_key=cpt&amp;q=bell&amp;export={file_format}"' in page
    assert "with the answers" in page
    assert "export=" not in advisor.get("/admin/desk/view/late/").content.decode()


def test_one_row_and_with_whom_its_days_have_passed(staff, sign_in, monday):
    made = factories.make_request(
        factories.make_student(institution_id="U0001"), "cpt", "approver_review"
    )
    monday.shift(2 * DAY)
    advisor = Actor.for_user(staff[Role.ADVISOR])
    made = perform(factories.endorse(made), "start_review", advisor)
    monday.shift(DAY)
    question = {"name": factories.first_name(made), "sentence": "Please look again."}
    made = perform(made, "ask_clarification", advisor, items=[question])
    monday.shift(DAY)

    assert rows(sign_in(staff[Role.ADVISOR])) == [
        COLUMNS,
        [
            made.reference,
            made.student.full_name,
            "U0001",
            str(made.type.title),
            "Clarification Requested",
            "2026-10-05",
            "2026-10-05",
            "",
            "",
            str(made.assignee),
            made.approvals.get().name,
            "Approved",
            "1",
            "1",
            "2",
        ],
    ]


def test_who_may_have_it(queue, staff, sign_in):
    student = User.objects.get(email__iexact="cho@school.example")
    people = {
        Role.ADVISOR: (staff[Role.ADVISOR], (200, True)),
        Role.SUPERVISOR: (staff[Role.SUPERVISOR], (200, True)),
        Role.EDITOR: (staff[Role.EDITOR], (302, False)),
        Role.STUDENT: (student, (302, False)),
        None: (None, (302, False)),
    }
    for user, expected in people.values():
        browser = sign_in(user)
        for address in ("/admin/desk/", ALL):
            for file_format in ("csv", "xlsx"):
                answer = browser.get(address, {"export": file_format})
                assert (answer.status_code, answer.streaming) == expected

    # One line for each file; those of the people in it stand beside it.
    files = AccessLog.objects.filter(what="queue exported", record=None)
    found = files.values_list("user", flat=True)
    assert sorted(found) == sorted(4 * [staff[Role.ADVISOR].pk, staff[Role.SUPERVISOR].pk])


def test_nobody_downloads_a_request_of_ones_own(staff, sign_in):
    own = factories.make_student("double@staff.example")
    own.user.groups.set(staff[Role.ADVISOR].groups.all())
    factories.make_request(own, "reprint", "submitted")

    assert rows(sign_in(User.objects.get(pk=own.user.pk))) == [COLUMNS]


def test_whoever_may_not_see_a_row_any_more_does_not_get_it(queue, staff, advisor):
    file = queue_file.QueueFile(StudentRequest.objects.all(), staff[Role.EDITOR], None)

    assert (len(file), list(file.rows())) == (7, [])


def test_the_log_says_who_when_and_which_and_never_what_was_searched(queue, staff, advisor):
    AccessLog.objects.all().delete()
    supervisor = staff[Role.SUPERVISOR].pk
    advisor.get(ALL, {"export": "xlsx"})
    advisor.get("/admin/desk/view/closed/", {"export": "csv", "q": "Eze", "state": "denied"})
    advisor.get(ALL, {"export": "csv", "type_key": "cpt", "assignee": supervisor})

    assert list(
        AccessLog.objects.filter(record=None)
        .order_by("pk")
        .values_list("user", "what", "object_id", "details")
    ) == [
        (staff[Role.ADVISOR].pk, "queue exported", "all", "xlsx, 5 rows"),
        (
            staff[Role.ADVISOR].pk,
            "queue exported",
            "closed",
            "csv, with a search, state denied, 1 rows",
        ),
        (
            staff[Role.ADVISOR].pk,
            "queue exported",
            "all",
            f"csv, type_key cpt, assignee {supervisor}, 1 rows",
        ),
    ]


def test_supervisors_read_in_the_register_what_was_downloaded(queue, advisor, supervisor):
    advisor.get(ALL, {"export": "xlsx"})

    assert "xlsx, 5 rows" in supervisor.get("/admin/desk/readings/").content.decode()
    assert advisor.get("/admin/desk/readings/").status_code == 302


# What somebody typed → what stands in the file.
CELLS = {
    '=HYPERLINK("x.it")': '\'=HYPERLINK("x.it")',
    "+cmd": "'+cmd",
    "-1+1": "'-1+1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "  =1": "'  =1",
    "<b>&\"'": "<b>&\"'",
    "Zoë, 王": "Zoë, 王",
}


def test_no_cell_is_a_formula(staff, advisor):
    made = factories.make_request(None, "cpt", "in_review")
    snapshot, label = made.snapshots.get(), str(made.type.label_of("employer_name"))
    for typed, written in CELLS.items():
        type(made.student).objects.update(institution_id=typed)
        type(snapshot).objects.update(answers=snapshot.answers | {"employer_name": typed})

        [line] = as_dicts(rows(advisor, type_key="cpt"))
        answer = advisor.get(ALL, {"type_key": "cpt", "export": "xlsx"})
        sheet = load_workbook(io.BytesIO(body_of(answer))).active
        column = [each.value for each in sheet[1]].index(label) + 1
        cells = sheet.cell(2, 3), sheet.cell(2, column)

        assert (line["School ID"], line[label]) == (written, written)
        assert [(each.value, each.data_type) for each in cells] == 2 * [(written, "s")]


def on_the_case_page(student_request):
    """Return label → words of every answer, as an advisor reads them."""
    pages = CaseFile(student_request).answers
    return {str(row.label): row.value for _page, answers in pages for row in answers if row.value}


def test_answers_read_as_on_the_case_page_and_files_are_named(staff, advisor):
    for type_key in ("cpt", "reprint"):
        made = factories.make_request(
            factories.make_student(f"{type_key}@school.example"), type_key, "in_review"
        )
        [line] = as_dicts(rows(advisor, type_key=type_key))
        words = on_the_case_page(made)

        assert {name: line[name] for name in words} == words
        assert {str(slot.label): line[str(slot.label)] for slot in made.type.slots} == {
            str(slot.label): ", ".join(
                each.original_name for each in made.documents.uploaded().filter(slot=slot.name)
            )
            for slot in made.type.slots
        }


def test_what_is_not_sent_yet_is_not_in_the_file(staff, advisor):
    made = factories.make_request(None, "cpt", "clarification")
    before = rows(advisor, type_key="cpt")

    type(made).objects.update(answers=made.answers | {"employer_name": "Not sent yet"})

    assert rows(advisor, type_key="cpt") == before


def test_notes_and_messages_never_leave(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review")
    add_note(made, "A note.", Actor.for_user(staff[Role.ADVISOR]))
    send_message(made, "A message.", Actor.for_user(staff[Role.ADVISOR]))

    for query in ({}, {"type_key": "reprint"}):
        text = body_of(advisor.get(ALL, query | {"export": "csv"})).decode()
        assert "A note." not in text
        assert "A message." not in text


def test_an_office_form_has_a_column_for_every_field_of_the_versions_at_hand(staff, advisor):
    form = publish(make_form())
    made = factories.send(make_letter(factories.make_student("one@school.example")))
    publish(form, changed(without=("copies",)))
    newer = factories.send(make_letter(factories.make_student("two@school.example")))

    table = rows(advisor, type_key=KEY)
    lines = {line["Request"]: line for line in as_dicts(table)}

    assert (made.type_version, newer.type_version) == (1, 2)
    assert [lines[each.reference]["Copies"] for each in (made, newer)] == ["2", ""]
    assert table[0].count("Which bank?") == 1
    for each in (made, newer):
        words = {label: cell(value) for label, value in on_the_case_page(each).items()}
        assert {name: lines[each.reference][name] for name in words} == words


def test_days_are_those_of_the_office_and_its_zone_is_named_once(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review")
    type(made).objects.update(
        submitted_at="2026-10-06T03:30:00Z", decided_at="2026-10-06T12:00:00Z"
    )
    zones = {"America/New_York": ("2026-10-05", "2026-10-06"), "Asia/Tokyo": 2 * ("2026-10-06",)}
    for zone, expected in zones.items():
        OfficeSettings.objects.update(time_zone=zone)
        table = rows(advisor)
        line = dict(zip(table[0], table[1], strict=True))

        assert [name for name in table[0] if zone in name] == [f"Started (all dates: {zone})"]
        assert (line["Submitted"], line["Decided"]) == expected


@pytest.mark.parametrize("many", [1, 30])
def test_a_batch_takes_as_many_queries_however_long_it_is(many, staff, monkeypatch):
    publish(make_form())
    user = staff[Role.ADVISOR]
    # Who signs in has been asked for these.
    assert (Role.ADVISOR in user.roles, user.record_key) == (True, None)
    make = {
        "": lambda student: factories.make_request(student, "reprint", "in_review"),
        KEY: lambda student: factories.send(make_letter(student)),
    }
    for type_key, expected in (("", 3), (KEY, 5)):
        first = make[type_key](factories.make_student(f"{type_key or 'x'}@school.example"))
        copies(first, many - 1)
        asked = StudentRequest.objects.filter(type_key=first.type_key)
        with working_for(the_office()):
            file = queue_file.QueueFile(asked, user, office_calendar(), type_key)
        with CaptureQueriesContext(connection) as queries:
            found = list(file.rows())

        assert len(found) == many
        assert len(queries) == expected

    monkeypatch.setattr(queue_file, "REQUESTS_AT_ONCE", 10)
    with CaptureQueriesContext(connection) as queries:
        assert list(file.rows()) == found
    assert len(queries) == expected * -(-many // 10)


def copies(first, many):
    """Let as many people have asked for the same."""
    snapshot, approval = first.snapshots.get(), first.approvals.first()
    for number in range(many):
        student = factories.make_student(f"{first.type_key}{number}@school.example")
        made = StudentRequest.objects.create(
            student=student,
            type_key=first.type_key,
            type_version=first.type_version,
            state=first.state,
            started_by=student.user,
            submitted_at=first.submitted_at,
        )
        made.snapshots.create(number=1, answers=snapshot.answers, type_version=1)
        if approval:
            made.approvals.create(revision=1, name=approval.name, email=approval.email)

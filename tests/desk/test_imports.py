"""Import records in the admin: compared first, imported by the worker, reported row by row."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from isso.requests.people.roles import Role
from isso.requests.records.importing.runs import purge_imports, work_on_waiting
from isso.requests.records.models import AccessLog, ImportRun, RecordChange, StudentRecord
from isso.tests.records.files_to_import import HEADER, OKOYE, record, unlike

PHYSICS = OKOYE.replace("Data Science", "Physics")
ITO = "Ito,Hana,2003-01-02,N0000000009,U9,,Law,"
WRONG = "Okoye,Amara,2001-03-14,N0000000005,U5,,,"


def upload(browser, *lines, name="students.csv", header=HEADER):
    file = SimpleUploadedFile(name, "\n".join((header, *lines)).encode())
    return browser.post("/admin/desk/imports/", {"file": file})


def press_import(browser, run):
    return browser.post(f"/admin/desk/imports/{run.pk}/start/")


def test_a_file_is_compared_then_imported_and_reported(supervisor, staff):
    record()

    answer = upload(supervisor, PHYSICS, ITO, WRONG)

    run = ImportRun.objects.get()
    address = f"/admin/desk/imports/{run.pk}/"
    assert (answer.status_code, answer.url) == (302, address)
    waiting = supervisor.get(address)
    assert (run.stage, waiting["Refresh"]) == ("to_check", "3")
    assert "0 of 0 rows so far." in waiting.text

    work_on_waiting()

    run.refresh_from_db()
    assert (run.stage, run.new, run.changed, run.refused) == ("checked", 1, 1, 1)
    assert (StudentRecord.objects.count(), RecordChange.objects.count()) == (1, 0)
    compared = supervisor.get(address)
    assert "Import these 2 rows" in compared.text
    assert "<code>major</code>: <del>Data Science</del> → <ins>Physics</ins>" in compared.text
    assert "Refresh" not in compared

    press_import(supervisor, run)
    work_on_waiting()

    run.refresh_from_db()
    assert (run.stage, run.by, run.new, run.changed, run.refused, run.file.name) == (
        "imported",
        staff[Role.SUPERVISOR],
        1,
        1,
        1,
        "",
    )
    assert StudentRecord.objects.filter(major="Physics").count() == 1
    assert {change.by for change in RecordChange.objects.all()} == {staff[Role.SUPERVISOR]}
    report = b"".join(supervisor.get(f"{address}report.csv")).decode("utf-8-sig")
    assert report.splitlines()[:3] == [
        "row,outcome,person,column,before,after,reason",
        "2,Changed,Amara Okoye,major,Data Science,Physics,",
        "3,New person,Hana Ito,,,,",
    ]
    # Looked at twice within 15 minutes, exported once.
    assert sorted(AccessLog.objects.values_list("what", flat=True)) == [
        "import report",
        "import report exported",
    ]


def test_nobody_imports_what_is_about_oneself(supervisor, staff):
    own = record(user=staff[Role.SUPERVISOR])
    upload(supervisor, PHYSICS, ITO)
    work_on_waiting()
    run = ImportRun.objects.get()
    before = list(run.rows.values_list("outcome", "reason"))
    press_import(supervisor, run)
    work_on_waiting()

    refused = "This is your own record. Ask a colleague to import this row."
    assert before == [("refused", refused), ("new", "")]
    assert list(run.rows.values_list("outcome", "reason")) == before
    own.refresh_from_db()
    assert own.major == "Data Science"


def test_every_row_is_compared_again_when_it_is_imported(supervisor):
    amara = record()
    upload(supervisor, PHYSICS, ITO)
    work_on_waiting()
    StudentRecord.objects.filter(pk=amara.pk).update(birth_date=date(2001, 3, 15))

    press_import(supervisor, ImportRun.objects.get())
    work_on_waiting()

    run = ImportRun.objects.get()
    assert [(row.outcome, row.column) for row in run.rows.all()] == [
        ("refused", "birth_date"),
        ("new", ""),
    ]
    assert StudentRecord.objects.get(pk=amara.pk).major == "Data Science"


def test_pressing_twice_imports_once(supervisor):
    upload(supervisor, ITO)
    work_on_waiting()
    run = ImportRun.objects.get()

    press_import(supervisor, run)
    press_import(supervisor, run)
    work_on_waiting()
    press_import(supervisor, run)

    assert (work_on_waiting(), StudentRecord.objects.count()) == (0, 1)
    assert ImportRun.objects.get().stage == "imported"


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("a,b", "Unknown columns: “a”, “b”. Rename or remove them."),
        ("", "The submitted file is empty."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_field(supervisor, header, sentence):
    answer = upload(supervisor, header=header)

    assert (answer.status_code, ImportRun.objects.count()) == (422, 0)
    assert sentence in answer.text


def test_an_empty_form_says_what_is_missing(supervisor):
    answer = supervisor.post("/admin/desk/imports/")

    assert (answer.status_code, "This field is required." in answer.text) == (422, True)


def test_a_file_in_another_encoding_ends_with_the_reason(supervisor):
    lines = "\n".join((HEADER, *unlike(200), "García,José,2003-01-02,N9000000009,,,,"))
    file = SimpleUploadedFile("a.csv", lines.encode("latin-1"))
    supervisor.post("/admin/desk/imports/", {"file": file})

    work_on_waiting()

    run = ImportRun.objects.get()
    assert (run.stage, run.file.name) == ("unreadable", "")
    assert "The file is not in UTF-8" in supervisor.get(f"/admin/desk/imports/{run.pk}/").text


def test_a_worker_that_died_leaves_the_file_to_the_next(supervisor):
    upload(supervisor, ITO)
    now = timezone.now()
    ImportRun.objects.update(claimed_until=now + timedelta(minutes=5))
    assert work_on_waiting() == 0

    ImportRun.objects.update(claimed_until=now - timedelta(seconds=1))

    assert work_on_waiting() == 1
    assert ImportRun.objects.get().stage == "checked"


def test_a_file_that_vanished_ends_with_the_reason(supervisor):
    upload(supervisor, ITO)
    run = ImportRun.objects.get()
    run.file.storage.delete(run.file.name)

    work_on_waiting()

    assert ImportRun.objects.get().problem == (
        "The file is not in the storage any more. Upload it again."
    )


def test_retention_keeps_who_imported_what_and_nothing_of_the_people(
    supervisor, django_capture_on_commit_callbacks
):
    upload(supervisor, ITO)
    work_on_waiting()
    run = ImportRun.objects.get()
    storage, name = run.file.storage, run.file.name

    assert purge_imports(timezone.now() - timedelta(days=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_imports(timezone.now() + timedelta(days=1)) == 1

    run.refresh_from_db()
    assert (run.file.name, run.rows.count(), run.new) == ("", 0, 1)
    assert purge_imports(timezone.now() + timedelta(days=1)) == 0
    assert storage.exists(name) is False


@pytest.mark.parametrize("rows", [1, 30])
def test_the_report_costs_the_same_queries(supervisor, rows, django_assert_num_queries):
    upload(supervisor, *unlike(rows))
    work_on_waiting()
    address = f"/admin/desk/imports/{ImportRun.objects.get().pk}/"
    supervisor.get(address)

    with django_assert_num_queries(11):
        supervisor.get(address)


def test_the_report_can_be_narrowed_to_what_was_refused(supervisor):
    record()
    upload(supervisor, PHYSICS, ITO, WRONG)
    work_on_waiting()
    address = f"/admin/desk/imports/{ImportRun.objects.get().pk}/"

    shown = supervisor.get(address, {"outcome": "refused"}).context["page_obj"]
    nonsense = supervisor.get(address, {"outcome": "x", "page": "nonsense"}).context["page_obj"]

    assert [row.number for row in shown] == [4]
    assert [row.number for row in nonsense] == [2, 3, 4]


def test_each_page_names_itself_and_leads_back_to_the_list(supervisor):
    answer = supervisor.get(reverse("desk_imports"))
    assert [str(each["label"]) for each in answer.context["breadcrumbs_items"]][-1] == (
        "Import records"
    )

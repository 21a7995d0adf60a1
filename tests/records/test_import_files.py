"""What kinds of files can be imported, what is said of the others, and what a long one costs."""

import tracemalloc
import warnings
import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isso.requests.records.importing import writing
from isso.requests.records.models import ImportRun, StudentRecord
from isso.tests.records.files_to_import import (
    HEADER,
    OKOYE,
    import_lines,
    outcomes,
    record,
    report,
    run_with,
    unlike,
    workbook_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

JOSE = f"{HEADER}\nGarcía,José,2003-01-02,N0000000009,U9,,Law,\n"

READABLE = {
    "UTF-8": JOSE.encode(),
    "UTF-8 with the mark of Excel": JOSE.encode("utf-8-sig"),
    "semicolons": JOSE.replace(",", ";").encode(),
    "tabs": JOSE.replace(",", "\t").encode(),
    "lines of Windows": JOSE.replace("\n", "\r\n").encode(),
    "empty lines": JOSE.replace("\n", "\n\n,,\n\n").encode(),
    "a header in capitals with spaces": JOSE.replace(
        HEADER, HEADER.replace("_", " ").title()
    ).encode(),
}


@pytest.mark.parametrize("name", READABLE)
def test_files_that_can_be_read(name):
    run = run_with(READABLE[name])

    assert (run.stage, outcomes(run)) == ("imported", ["new"])
    assert StudentRecord.objects.get().full_name == "José García"


UNREADABLE = {
    "Latin-1": (
        JOSE.encode("latin-1"),
        "The file is not in UTF-8, so accents would be lost. In Excel choose “CSV UTF-8 (Comma "
        "delimited)” when you save it, or save it as .xlsx.",
    ),
    "UTF-16": (
        JOSE.encode("utf-16"),
        "The file is not in UTF-8, so accents would be lost. In Excel choose “CSV UTF-8 (Comma "
        "delimited)” when you save it, or save it as .xlsx.",
    ),
    "empty": (b"", "The file is empty. Its first line must name the columns."),
    "old Excel": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "This is an old Excel file (.xls). Save it as .xlsx or CSV UTF-8 and try again.",
    ),
    "a broken workbook": (
        b"PK\x03\x04 and nothing more",
        "The workbook cannot be read. Open it in Excel, save it again as .xlsx.",
    ),
    "unknown columns": (
        JOSE.replace("major", "Hobby").encode(),
        "Unknown columns: “Hobby”. Rename or remove them.",
    ),
    "the same column twice": (
        JOSE.replace("passport_number", "Major").encode(),
        "These columns are there twice: major. Keep one of each.",
    ),
    "nobody can be recognized": (
        b"family_name,major\nOkoye,Law",
        "These columns are missing: given_name, birth_date. Nobody can be recognized without them.",
    ),
    "no number to recognize people by": (
        b"family_name,given_name,birth_date\nOkoye,Amara,2001-03-14",
        "The file needs the column sevis_id or institution_id to recognize people.",
    ),
}


def test_a_workbook_that_would_fill_the_memory_is_refused_unread():
    packed = BytesIO(workbook_of(HEADER.split(",")))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        cells = b"<sheetData><row>" + b"<c/>" * 5_000_000 + b"</row></sheetData>"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The part is there already; the last one counts.
            archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + cells + b"</worksheet>")
    del cells
    assert len(packed.getvalue()) < 50_000

    tracemalloc.start()
    run = run_with(packed.getvalue())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (run.stage, run.problem) == (
        "unreadable",
        "The workbook is too large. Split it into smaller files.",
    )
    assert peak < 1_000_000


@pytest.mark.parametrize("name", UNREADABLE)
def test_files_that_cannot_be_read(name):
    content, sentence = UNREADABLE[name]

    run = run_with(content)

    assert (run.stage, run.problem, run.done) == ("unreadable", sentence, 0)
    assert StudentRecord.objects.count() == 0


def test_a_workbook_with_dates_and_numbers_as_excel_keeps_them():
    header = ["Family Name", "Given name", "Birth date", "SEVIS ID", "institution_id", "credits"]

    run = run_with(
        workbook_of(
            header,
            ["García", "José", datetime(2003, 1, 2), "N0000000009", 12345, 9.0],
            [None, None, None, None, None, None],
            ["Ito", "Hana", "2003-01-03", "n0000000008", "U8", None],
        )
    )

    assert outcomes(run) == ["new", "new"]
    assert list(
        StudentRecord.objects.values_list("birth_date", "sevis_id", "institution_id", "credits")
    ) == [
        (date(2003, 1, 2), "N0000000009", "12345", 9),
        (date(2003, 1, 3), "N0000000008", "U8", None),
    ]


def test_a_formula_of_a_workbook_is_refused_and_never_computed():
    record()
    header = HEADER.split(",")

    run = run_with(workbook_of(header, [*OKOYE.split(",")[:6], "=1+1"]))

    assert report(run) == [
        (
            2,
            "refused",
            (
                "major",
                "The cell holds a formula. Copy it and paste only its value in its place.",
            ),
        )
    ]


def test_a_batch_asks_the_same_questions_however_many_rows_it_has():
    import_lines(*unlike(40))
    asked = []
    for count in (1, 40):
        with CaptureQueriesContext(connection) as queries:
            import_lines(*unlike(count, f"Physics {count}"))
        asked.append(sum(query["sql"].startswith("SELECT") for query in queries))

    assert asked == [5, 5]


def test_an_unchanged_batch_writes_nothing_but_its_report():
    import_lines(*unlike(40))

    with CaptureQueriesContext(connection) as queries:
        import_lines(*unlike(40))

    written = {
        query["sql"].split('"')[1]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    }
    assert written == {"records_importrun", "records_importrow"}


def test_memory_stays_flat_however_long_the_file_is():
    def peak(count):
        run = ImportRun.objects.create(file_name="long.csv")
        file = BytesIO("\n".join((HEADER, *unlike(count))).encode())
        tracemalloc.start()
        try:
            writing.carry_out(run, file)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    # Only the fingerprints of who is in the file grow with it.
    assert peak(1500) - peak(1000) < 500_000


def test_a_run_that_was_cut_off_goes_on_where_it_stood():
    lines = unlike(1200)
    file = BytesIO("\n".join((HEADER, *lines)).encode())
    run = ImportRun.objects.create(file_name="long.csv", stage=ImportRun.Stage.TO_IMPORT)

    class PowerCut(Exception):
        pass

    def cut(done, total):
        if done >= 1000:
            raise PowerCut

    with pytest.raises(PowerCut):
        writing.carry_out(run, file, cut)
    run.refresh_from_db()
    assert (run.stage, run.new) == ("to_import", 1000)

    writing.carry_out(run, file)

    assert (run.stage, run.total, run.new, run.unchanged) == ("imported", 1200, 1200, 0)
    assert run.rows.count() == StudentRecord.objects.count() == 1200

"""Files to import, two people they may be about, and what became of each row."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from isso.requests.records.importing.writing import carry_out
from isso.requests.records.models import ImportRun, StudentRecord

HEADER = (
    "family_name,given_name,birth_date,sevis_id,institution_id,new_sevis_id,major,passport_number"
)
OKOYE = "Okoye,Amara,2001-03-14,N0000000001,U1,,Data Science,P7654321"


def record(**changes):
    return StudentRecord.objects.create(
        **{
            "family_name": "Okoye",
            "given_name": "Amara",
            "birth_date": date(2001, 3, 14),
            "sevis_id": "N0000000001",
            "institution_id": "U1",
            "major": "Data Science",
            "passport_number": "P7654321",
        }
        | changes
    )


def neighbor(**changes):
    return record(
        **{
            "family_name": "Lindqvist",
            "given_name": "Nils",
            "birth_date": date(1999, 7, 1),
            "sevis_id": "N0000000002",
            "institution_id": "U2",
        }
        | changes
    )


def run_with(content, *, stage=ImportRun.Stage.TO_IMPORT, name="students.csv"):
    run = ImportRun.objects.create(file_name=name, stage=stage)
    return carry_out(run, BytesIO(content if isinstance(content, bytes) else content.encode()))


def import_lines(*lines, header=HEADER):
    return run_with("\n".join((header, *lines)))


def report(run):
    """Return what a run says of each row, with the reason's first words."""
    return [
        (row.number, row.outcome, row.changes or (row.column, row.reason)) for row in run.rows.all()
    ]


def outcomes(run):
    return [row.outcome for row in run.rows.all()]


def workbook_of(*rows):
    workbook, file = Workbook(), BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(file)
    return file.getvalue()


def unlike(count, major="Law"):
    """Return lines of so many people with different names and numbers."""
    names = ["".join(chr(97 + int(digit)) for digit in str(number)) for number in range(count)]
    return [
        f"Name,{name},2001-01-{1 + number % 28:02d},N{number:010d},U{number},,{major},"
        for number, name in enumerate(names)
    ]

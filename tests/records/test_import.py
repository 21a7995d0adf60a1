"""Importing records from a file: what becomes of each row, in the report and in the records."""

from datetime import date

import pytest

from isso.requests.records.models import FormerSevisId, RecordChange, StudentRecord
from isso.tests.records.files_to_import import (
    OKOYE,
    import_lines,
    neighbor,
    outcomes,
    record,
    report,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

ROWS = {
    "all the same": (OKOYE, "unchanged", ("", "")),
    "another major": (
        OKOYE.replace("Data Science", "Physics"),
        "changed",
        [["major", "Data Science", "Physics"]],
    ),
    "a sensitive number is masked": (
        OKOYE.replace("P7654321", "P7654999"),
        "changed",
        [["passport_number", "•••••321", "•••••999"]],
    ),
    "an empty cell says nothing": (
        "Okoye,Amara,2001-03-14,N0000000001,U1,,,",
        "unchanged",
        ("", ""),
    ),
    "a fact is emptied in words": (
        "Okoye,Amara,2001-03-14,N0000000001,U1,,(clear),",
        "changed",
        [["major", "Data Science", ""]],
    ),
    "by the SEVIS ID alone": ("Okoye,Amara,2001-03-14,N0000000001,,,,", "unchanged", ("", "")),
    "by the university ID alone": ("Okoye,Amara,2001-03-14,,u1,,,", "unchanged", ("", "")),
    "names in capitals, with accents, spaces and hyphens": (
        "O-KÓ YE,ÁMARA,2001-03-14,N0000000001,U1,,,",
        "unchanged",
        ("", ""),
    ),
    "somebody new": ("Ito,Hana,2003-01-02,N0000000009,U9,,,", "new", ("", "")),
    "a single name": ("Sukarno,,2003-01-02,N0000000009,,,,", "new", ("", "")),
    "a new SEVIS ID in its own column": (
        "Okoye,Amara,2001-03-14,N0000000001,U1,N0000000007,,",
        "changed",
        [["sevis_id", "N0000000001", "N0000000007"]],
    ),
    "another SEVIS ID without that column": (
        "Okoye,Amara,2001-03-14,N0000000007,U1,,,",
        "refused",
        (
            "sevis_id",
            "The record has another SEVIS ID. If the person received a new one, write the one of "
            "the record in sevis_id and the new one in new_sevis_id.",
        ),
    ),
    "the new SEVIS ID is somebody else's": (
        "Okoye,Amara,2001-03-14,N0000000001,U1,N0000000002,,",
        "refused",
        ("new_sevis_id", "This SEVIS ID belongs, or belonged, to a record already."),
    ),
    "another name": (
        OKOYE.replace("Amara", "Ada"),
        "refused",
        (
            "given_name",
            "The number belongs to a record with another given name. Correct the row, or correct "
            "the record if the row is right.",
        ),
    ),
    "another date of birth": (
        OKOYE.replace("2001-03-14", "2001-03-15"),
        "refused",
        (
            "birth_date",
            "The number belongs to a record with another date of birth. Correct the row, or "
            "correct the record if the row is right.",
        ),
    ),
    "another university ID": (
        OKOYE.replace("U1", "U8"),
        "refused",
        (
            "institution_id",
            "The number belongs to a record with another university ID. Correct the row, or "
            "correct the record if the row is right.",
        ),
    ),
    "numbers of two people": (
        OKOYE.replace("U1", "U2"),
        "refused",
        (
            "sevis_id",
            "The SEVIS ID belongs to one person and the university ID to another. Check whether "
            "rows were exchanged.",
        ),
    ),
    "a known person under unknown numbers": (
        "Okoye,Amara,2001-03-14,N0000000009,U9,,,",
        "refused",
        (
            "sevis_id",
            "Somebody of this name and date of birth has a record with other numbers. If it is "
            "the same person, add the number that the record has.",
        ),
    ),
    "no number": (
        "Okoye,Amara,2001-03-14,,,,,",
        "refused",
        ("sevis_id", "Write the SEVIS ID or the university ID, or nobody can be recognized."),
    ),
    "no family name": (
        ",Amara,2001-03-14,N0000000001,U1,,,",
        "refused",
        ("family_name", "The family name is missing. Somebody's only name belongs here."),
    ),
    "no date of birth": (
        "Okoye,Amara,,N0000000001,U1,,,",
        "refused",
        ("birth_date", "The date of birth is missing."),
    ),
    "a date that can be read in two ways": (
        "Okoye,Amara,03/04/2001,N0000000001,U1,,,",
        "refused",
        (
            "birth_date",
            "“03/04/2001” is not clear as a date. Write year-month-day, for example 2026-08-25.",
        ),
    ),
    "a SEVIS ID with a letter too few": (
        "Okoye,Amara,2001-03-14,0000000001,U1,,,",
        "refused",
        ("sevis_id", "A SEVIS ID is the letter N and ten digits, for example N0012345678."),
    ),
    "identity is never emptied": (
        "Okoye,Amara,2001-03-14,N0000000001,(clear),,,",
        "refused",
        ("institution_id", "This fact cannot be emptied. Leave the cell empty."),
    ),
    "more cells than columns": (
        f"{OKOYE},surplus",
        "refused",
        ("", "The line has more cells than the header. Is a comma in an unquoted cell?"),
    ),
    "a character nobody can read": (
        OKOYE.replace("Data", "Da\0ta"),
        "refused",
        ("major", "The cell has a character nobody can read. Type it again."),
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_becomes_of_a_row(name):
    line, outcome, told = ROWS[name]
    record(), neighbor()

    run = import_lines(line)

    assert report(run) == [(2, outcome, told)]


def test_a_new_person_is_added_with_every_fact_and_the_source():
    run = import_lines("Ito,Hana,2003-01-02,N0000000009,U9,,Law,=1+1")

    added = StudentRecord.objects.get()
    assert (added.full_name, added.birth_date, added.sevis_id, added.institution_id) == (
        "Hana Ito",
        date(2003, 1, 2),
        "N0000000009",
        "U9",
    )
    assert (added.major, added.passport_number, added.stage) == ("Law", "=1+1", "pre_arrival")
    assert (added.user, added.source) == (None, "Import students.csv, 2026-10-05")
    change = RecordChange.objects.get()
    assert (change.field, change.new, change.source) == ("studentrecord", "Hana Ito", run.source)


def test_a_change_is_audited_and_nothing_else_is_touched():
    changed = record()
    before = StudentRecord.objects.values().get()

    import_lines(OKOYE.replace("Data Science", "Physics"))

    after = StudentRecord.objects.values().get()
    assert {name for name in after if after[name] != before[name]} == {"major"}
    change = RecordChange.objects.get()
    assert (change.record, change.field, change.old, change.new, change.source) == (
        changed,
        "major",
        "Data Science",
        "Physics",
        "Import students.csv, 2026-10-05",
    )


def test_what_a_record_does_not_say_yet_is_filled_in():
    record(birth_date=None, sevis_id=None)

    run = import_lines(OKOYE)

    assert report(run) == [
        (
            2,
            "changed",
            [["birth_date", "", "2001-03-14"], ["sevis_id", "", "N0000000001"]],
        )
    ]


def test_two_rows_exchanged_between_people_are_both_refused():
    record(), neighbor()
    before = list(StudentRecord.objects.values())

    run = import_lines(
        "Okoye,Amara,2001-03-14,N0000000002,U1,,Physics,",
        "Lindqvist,Nils,1999-07-01,N0000000001,U2,,Physics,",
    )
    whole = import_lines(
        "Okoye,Amara,2001-03-14,N0000000002,U2,,Physics,",
        "Lindqvist,Nils,1999-07-01,N0000000001,U1,,Physics,",
    )
    without_university_id = import_lines(
        "Okoye,Amara,2001-03-14,N0000000002,,,Physics,",
        "Lindqvist,Nils,1999-07-01,N0000000001,,,Physics,",
    )

    assert outcomes(run) == outcomes(whole) == ["refused", "refused"]
    assert outcomes(without_university_id) == ["refused", "refused"]
    assert list(StudentRecord.objects.values()) == before


def test_a_second_run_changes_nothing():
    record()
    lines = (
        "Okoye,Amara,2001-03-14,N0000000001,U1,N0000000007,(clear),P1",
        "Ito,Hana,2003-01-02,N0000000009,U9,,Law,",
    )
    first = import_lines(*lines)
    after_the_first = list(StudentRecord.objects.values()), list(RecordChange.objects.values())

    second = import_lines(*lines)

    assert outcomes(first) == ["changed", "new"]
    assert outcomes(second) == ["unchanged", "unchanged"]
    assert (
        list(StudentRecord.objects.values()),
        list(RecordChange.objects.values()),
    ) == after_the_first


def test_the_former_sevis_id_is_kept_and_opens_nothing_any_more():
    record()

    import_lines("Okoye,Amara,2001-03-14,N0000000001,U1,N0000000007,,")
    later = import_lines("Okoye,Amara,2001-03-14,N0000000001,U1,,,")

    former = FormerSevisId.objects.get()
    assert (former.record.sevis_id, former.sevis_id, former.until) == (
        "N0000000007",
        "N0000000001",
        date(2026, 10, 5),
    )
    assert report(later) == [
        (2, "refused", ("sevis_id", "This SEVIS ID has ended. Write the one that is valid now."))
    ]


@pytest.mark.parametrize(
    ("other", "column", "what"),
    [
        ("Ito,Hana,2003-01-02,N0000000009,U5,,,", "sevis_id", "SEVIS ID"),
        ("Ito,Hana,2003-01-02,N0000000005,u9,,,", "institution_id", "university ID"),
        ("Ito,Hana,2003-01-02,,U5,N0000000009,,", "sevis_id", "SEVIS ID"),
        ("ITO,Hana,2003-01-03,N0000000005,U5,,,", "family_name", "name and date of birth"),
    ],
)
def test_duplicates_in_one_file_are_both_refused(other, column, what):
    run = import_lines("Itô,Hana,2003-01-03,N0000000009,U9,,,", OKOYE, other)

    assert outcomes(run) == ["refused", "new", "refused"]
    row = run.rows.first()
    assert (row.column, row.reason) == (
        column,
        f"Another row of this file has the same {what}. Keep only the right row.",
    )


def test_a_bad_row_never_stops_the_good_ones():
    run = import_lines(
        '"',
        "Okoye,Amara,nonsense,N0000000001,U1,,,",
        "Ito,Hana,2003-01-02,N0000000009,U9,,,",
    )
    good = import_lines(
        "Okoye,Amara,nonsense,N0000000001,U1,,,",
        "x" * 10_000 + ",Hana,2003-01-02,N0000000008,,,,",
        "Ito,Hana,2003-01-02,N0000000009,U9,,,",
    )

    assert (run.new, run.refused) == (0, 1)
    assert outcomes(good) == ["refused", "refused", "new"]
    assert good.rows.all()[1].reason == (
        "Ensure this value has at most 80 characters (it has 10000)."
    )


def test_a_row_the_database_refuses_never_stops_the_good_ones():
    """Here a SEVIS ID ends for the second time, which the history has no room for."""
    FormerSevisId.objects.create(record=record(), sevis_id="N0000000001")

    run = import_lines(
        "Okoye,Amara,2001-03-14,N0000000001,U1,N0000000007,,",
        "Ito,Hana,2003-01-02,N0000000009,U9,,,",
    )

    assert report(run) == [
        (
            2,
            "refused",
            (
                "",
                "The database refused this row. Import the file again, or correct the row.",
            ),
        ),
        (3, "new", ("", "")),
    ]
    assert StudentRecord.objects.count() == 2
    assert FormerSevisId.objects.count() == 1


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("محمد", "مُحَمَّد"),
        ("García López", "GARCIA-LOPEZ"),
        ("Nguyễn", "Nguyễn"),
        ("Øster", "oster"),
        ("Straße", "STRASSE"),
        ("Müller", "\u202eMu\u0308ller"),
        ("O'Neil", "O’Neil"),
    ],
)
def test_the_same_name_written_in_another_way(stored, written):
    record(family_name=stored)

    assert outcomes(import_lines(OKOYE.replace("Okoye", written))) == ["unchanged"]


@pytest.mark.parametrize(("stored", "written"), [("राम", "रमा"), ("Lee", "Li"), ("Okoye", "Oko")])
def test_another_name_stays_another_name(stored, written):
    record(family_name=stored)

    assert outcomes(import_lines(OKOYE.replace("Okoye", written))) == ["refused"]


def test_a_formula_in_a_cell_is_only_text():
    record()

    run = import_lines(OKOYE.replace("Data Science", '"=HYPERLINK(""http://x.example"",""A"")"'))

    assert outcomes(run) == ["changed"]
    assert StudentRecord.objects.get().major == '=HYPERLINK("http://x.example","A")'

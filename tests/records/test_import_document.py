"""docs/import.md names the columns that the code knows."""

from django.core.management import call_command

from isso.requests.records.groups import CHANGEABLE_FIELDS
from isso.requests.records.importing.columns import ALL_COLUMNS, NEW_SEVIS_ID
from isso.requests.records.importing.document import column_table
from isso.requests.records.models import StudentRecord


def test_the_committed_document_is_current():
    call_command("import_columns", check=True)


def test_every_fact_that_may_change_has_a_column():
    assert set(ALL_COLUMNS) == CHANGEABLE_FIELDS | {NEW_SEVIS_ID}


def test_every_column_stands_in_the_table_once():
    rows = column_table().splitlines()[2:]

    assert [row.split("`")[1] for row in rows] == list(ALL_COLUMNS)


def test_what_the_database_refuses_of_a_record_is_known_to_the_import():
    """A new constraint needs its sentence in importing/planning.py."""
    assert [each.name for each in StudentRecord._meta.constraints] == [
        "program_ends_after_it_starts"
    ]

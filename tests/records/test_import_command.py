"""``manage.py import_records``: what it says, what it writes, what it leaves alone."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from isso.requests.records.importing.progress import ProgressBar
from isso.requests.records.models import ImportRun, RecordChange, StudentRecord
from isso.tests import factories
from isso.tests.records.files_to_import import HEADER, OKOYE, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

LINES = (
    OKOYE.replace("Data Science", "Physics").replace("P7654321", "P7654999"),
    'Ito,Hana,2003-01-02,N0000000009,U9,,"=1+1",',
    "Nobody,Known,03/04/2001,N0000000008,,,,",
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "students.csv"
    path.write_text("\n".join((HEADER, *LINES)))
    return path


def command(*arguments):
    out, err = StringIO(), StringIO()
    call_command("import_records", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


REFUSAL = (
    "Row 4: birth_date: “03/04/2001” is not clear as a date. Write year-month-day, for example "
    "2026-08-25.\n"
)


def test_an_import_says_what_it_did_and_who_asked_for_it(file):
    record()
    advisor = factories.make_staff()

    said = command(file, "--by", advisor.email)

    assert said == ("1 new person, 1 changed, 0 unchanged, 1 refused.\n", REFUSAL)
    assert {change.by for change in RecordChange.objects.all()} == {advisor}
    assert StudentRecord.objects.count() == 2
    run = ImportRun.objects.get()
    assert (run.by, run.stage, run.new, run.changed, run.refused) == (advisor, "imported", 1, 1, 1)


def test_a_dry_run_says_the_same_and_writes_nothing(file):
    record()
    before = list(StudentRecord.objects.values())

    said = command(file, "--dry-run")

    assert said == ("Would be: 1 new person, 1 changed, 0 unchanged, 1 refused.\n", REFUSAL)
    assert list(StudentRecord.objects.values()) == before
    assert (RecordChange.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_the_report_names_every_change_and_holds_no_formula_and_no_passport(file, tmp_path):
    record(family_name="Okoye")

    command(file, "--dry-run", "--report", tmp_path / "report.csv")

    text = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(StringIO(text)))
    assert lines == [
        ["row", "outcome", "person", "column", "before", "after", "reason"],
        ["2", "Changed", "Amara Okoye", "major", "Data Science", "Physics", ""],
        ["2", "Changed", "Amara Okoye", "passport_number", "•••••321", "•••••999", ""],
        ["3", "New person", "Hana Ito", "", "", "", ""],
        ["4", "Refused", "", "birth_date", "", "", REFUSAL.partition("birth_date: ")[2].strip()],
    ]


def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b")

    with pytest.raises(CommandError, match=r"broken\.csv: Unknown columns: “a”, “b”\."):
        command(broken)
    with pytest.raises(CommandError, match="No such file"):
        command(tmp_path / "missing.csv")
    with pytest.raises(CommandError, match=r"Nobody signs in with who@school\.example\."):
        command(broken, "--by", "who@school.example")


class Terminal(StringIO):
    """A stream somebody watches."""

    def isatty(self):
        return True


def test_the_bar_shows_how_far_it_is_and_nothing_where_nobody_watches():
    watched, unwatched = Terminal(), StringIO()

    for stream in (watched, unwatched):
        bar = ProgressBar(stream)
        bar(500, 1000)
        bar(1000, 1000)

    first, last = watched.getvalue().strip().split("\r")
    assert first.count("█") == first.count("░") > 0
    assert first.strip("█░") == " 500 / 1,000   50%"
    assert last.strip("█") == " 1,000 / 1,000  100%"
    assert unwatched.getvalue() == ""

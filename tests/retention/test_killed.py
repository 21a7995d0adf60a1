"""A worker that is killed at any moment loses nothing and leaves nothing half done."""

from datetime import timedelta

import pytest
from django.db import connection

from isso.requests.models import DiscardedFile, Document, HistoryEntry, RetentionEntry
from isso.requests.retention.acting import act
from isso.requests.retention.planning import plan
from isso.tests import factories
from isso.tests.retention.person import private_files


class Kill:
    """Ends the process, as it were, when it writes into a table for the nth time."""

    def __init__(self, table, nth):
        self.table, self.left = table, nth

    def __call__(self, execute, sql, params, many, context):
        """Pass a statement on, or die before it."""
        if sql.startswith("UPDATE") and f'"{self.table}"' in sql:
            self.left -= 1
            if not self.left:
                raise SystemExit
        return execute(sql, params, many, context)


@pytest.fixture
def planned(supervisor, monday):
    """Two withdrawn requests of which files and answers go today."""
    for number in range(2):
        factories.make_request(
            factories.make_student(f"s{number}@school.example"), state="withdrawn"
        )
    monday.shift(timedelta(days=400))
    assert plan() == 4
    monday.shift(timedelta(days=15))


def states():
    return sorted(RetentionEntry.objects.values_list("state", flat=True))


@pytest.mark.parametrize(
    ("table", "nth", "done"),
    [
        # While files are forgotten, while answers are, and with only the report to write.
        ("requests_snapshot", 2, 1),
        ("requests_approval", 1, 2),
        ("requests_retentionentry", 1, 0),
        ("requests_retentionentry", 4, 3),
    ],
)
def test_what_was_begun_is_undone_and_the_next_worker_does_the_rest(
    planned, django_capture_on_commit_callbacks, table, nth, done
):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(SystemExit),
        connection.execute_wrapper(Kill(table, nth)),
    ):
        act()
    assert states() == ["done"] * done + ["planned"] * (4 - done)
    assert HistoryEntry.objects.filter(action="purge").count() == done

    with django_capture_on_commit_callbacks(execute=True):
        assert act() == 4 - done

    assert states() == ["done"] * 4
    assert HistoryEntry.objects.filter(action="purge").count() == 4
    assert (Document.objects.count(), DiscardedFile.objects.count()) == (0, 0)


def test_files_of_a_worker_killed_after_its_commit_go_with_the_next_turn(
    planned, django_capture_on_commit_callbacks
):
    files = {each.file.name for each in Document.objects.all()}
    with django_capture_on_commit_callbacks(execute=False):
        act()
    assert files <= private_files()
    assert set(DiscardedFile.objects.values_list("name", flat=True)) == files

    assert act() == 0

    assert files & private_files() == set()
    assert DiscardedFile.objects.count() == 0

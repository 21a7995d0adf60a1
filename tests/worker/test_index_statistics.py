"""SQLite is told how full its indexes are, and then reads what few rows have in common."""

import pytest
from django.db import connection

from isso.requests.index_statistics import renew_index_statistics
from isso.requests.models import StudentRequest
from isso.tests import factories

pytestmark = pytest.mark.django_db


def counted():
    """Return how many rows SQLite believes the table of requests to have, None for not known."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MAX(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = %s",
            [StudentRequest._meta.db_table],
        )
        return cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL does so by itself")
def test_the_worker_lets_sqlite_count_what_there_is_now(office):
    for number in range(2):
        factories.make_request(factories.make_student(f"s{number}@school.example"))
        renew_index_statistics()
        assert counted() == number + 1

"""What a database holds, table by table, to prove that something changed nothing."""

import hashlib

from django.db import connection

# Sessions come and go with every visit, and the log of readings is there to grow.
MAY_CHANGE = {"people_browsersession", "records_accesslog"}


def fingerprint(also_may_change=()):
    """Return table → checksum of its rows, without what every visit may write."""
    tables = set(connection.introspection.table_names()) - MAY_CHANGE - set(also_may_change)
    return {table: _checksum(table) for table in tables}


def _checksum(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def changed(before, after):
    """Return the tables whose rows are not the same."""
    return sorted(table for table in before if before[table] != after[table])

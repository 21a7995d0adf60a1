"""What SQLite knows of how many rows each index tells apart, by which it chooses among them."""

from django.db import connection

# Of each index so many rows are looked at: milliseconds in an office of any size.
ROWS_LOOKED_AT = 400


def renew_index_statistics():
    """Let SQLite look at its indexes again; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")

"""Rows and files that many tests begin with: made once by each process, then put back.

Loading the demonstration takes as long as a hundred other tests. What it leaves depends on what
the database held, on the day, and on the address of the site; where these are the same, the same
rows are put back, table by table.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

_kept = {}


@dataclass(frozen=True)
class _Made:
    """What was made, and when: an earlier moment must not find rows of a later one."""

    at: dt.datetime
    tables: dict
    files: dict


def demonstration():
    """Have the whole demonstration office, as ``manage.py demo`` loads it."""
    once(_load_demonstration)


def _load_demonstration():
    call_command("demo", verbosity=0)


def once(make):
    """Leave behind what ``make()`` does; call it only where it would leave something else."""
    before, files = _rows(), _files()
    what = (make.__module__, make.__qualname__)
    key = (*what, settings.SITE_URL, timezone.localdate(), _digest(before))
    made = _kept.get(key)
    if made and made.at <= timezone.now():
        _put_back(made)
        return
    at = timezone.now()
    make()
    after = _rows()
    _kept[key] = _Made(
        at,
        {table: found for table, found in after.items() if found != before[table]},
        {path: path.read_bytes() for path in _files() - files},
    )


def _rows():
    """Return table → (columns, rows) of every table of a model."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    # SQLite fills its index of words by itself, from the table that is put back.
    return {table: _rows_of(table) for table in sorted(tables) if not table.endswith("_fts")}


def _rows_of(table):
    # What the database works out by itself cannot be written.
    columns = ", ".join(map(connection.ops.quote_name, _written(table))) or "*"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(table)}")  # noqa: S608
        rows = [tuple(map(_writable, row)) for row in cursor.fetchall()]
        return tuple(column[0] for column in cursor.description), sorted(rows, key=repr)


def _written(table):
    """Return the columns of a model's table that hold what somebody wrote."""
    models = apps.get_models(include_auto_created=True)
    model = next((each for each in models if each._meta.db_table == table), None)
    columns = model._meta.local_concrete_fields if model else ()
    return [each.column for each in columns if not each.generated]


def _writable(value):
    """Return a value as it can be written, too: SQLite reads a time of day, but takes none."""
    return str(value) if isinstance(value, dt.time) else value


def _digest(rows):
    """Name what there is: who empties a database and fills it again numbers the pairs anew."""
    pairs = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.auto_created
    }
    told = {
        table: sorted((row[1:] for row in found), key=repr) if table in pairs else found
        for table, (_columns, found) in rows.items()
    }
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _files():
    folders = (settings.DATA_DIR / "media", settings.DATA_DIR / "private")
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def _put_back(made):
    with transaction.atomic(), connection.cursor() as cursor:
        for table in made.tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
        for table, (columns, rows) in made.tables.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})",  # noqa: S608
                rows,
            )
    for path, content in made.files.items():
        if not path.exists():
            path.write_bytes(content)
    # What the signals would have forgotten: where the site begins, which pages are kept.
    cache.clear()

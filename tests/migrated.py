"""Keeps a migrated database between test runs: 200 migrations cost half a minute each time.

With SQLite it is a file in the temporary folder, with PostgreSQL another database of the server.
Its name is made from every migration of ours and the pinned packages, so that a changed one is
never used again. Whoever comes first makes it; the other processes of the run wait for it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from django.db.utils import OperationalError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.gettempdir())
PREFIX = "isso_migrated_"
# Then a copy on a server is dropped by whoever makes the next one.
LIFETIME = timedelta(days=7)

_turn = []


def bring():
    """Let the database of this process begin as the migrated copy, or make it wait its turn."""
    copy = COPIES[connection.vendor](_digest())
    if not copy.exists():
        _take_turn(copy.name)
    if copy.exists():
        _end_turn()
        copy.use()


def keep():
    """Keep the database as it is after migrating, in one step that no other run can see half."""
    copy = COPIES[connection.vendor](_digest())
    if not copy.exists():
        copy.make()
    _end_turn()


def _digest():
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    ours = [path for path in ROOT.glob("*/**/migrations/*.py") if ".venv" not in path.parts]
    for path in sorted([*ours, ROOT / "requirements.txt"]):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _take_turn(name):
    _turn.append((FOLDER / f"{name}.lock").open("w"))
    fcntl.flock(_turn[0], fcntl.LOCK_EX)


def _end_turn():
    while _turn:
        _turn.pop().close()


class File:
    """A migrated SQLite database."""

    def __init__(self, digest):
        self.name = PREFIX + digest
        self.path = FOLDER / f"{self.name}.sqlite3"

    def exists(self):
        """Tell whether it was made."""
        return self.path.exists()

    def use(self):
        """Put it where the tests expect their database."""
        target = Path(connection.settings_dict["TEST"]["NAME"])
        if not target.exists():
            shutil.copyfile(self.path, target)

    def make(self):
        """Make it from the database at hand."""
        connection.ensure_connection()
        half = self.path.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(half) as copy:
            connection.connection.backup(copy)
        copy.close()
        half.replace(self.path)


class Database:
    """A migrated PostgreSQL database, from which the server itself makes others."""

    def __init__(self, digest):
        self.name = PREFIX + digest

    def exists(self):
        """Tell whether it was made."""
        return self._found() is not None

    def use(self):
        """Have the test database made from it."""
        connection.settings_dict["TEST"]["TEMPLATE"] = self._found()

    def make(self):
        """Make it from the database at hand, and drop those of long ago."""
        source = connection.settings_dict["NAME"]
        # Nobody may be connected to what is copied.
        connection.close()
        with connection._nodb_cursor() as cursor:
            half, done = f"{self.name}_{os.getpid()}_half", f"{self.name}_{date.today():%Y%m%d}"
            cursor.execute(f'CREATE DATABASE "{half}" TEMPLATE "{source}"')
            cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{done}"')
            for each in _databases(cursor, PREFIX):
                if each[-8:] < f"{date.today() - LIFETIME:%Y%m%d}":
                    # Another run is just using it.
                    with suppress(OperationalError):
                        cursor.execute(f'DROP DATABASE IF EXISTS "{each}"')

    def _found(self):
        with connection._nodb_cursor() as cursor:
            found = _databases(cursor, f"{self.name}_")
        return min(found, default=None)


def _databases(cursor, beginning):
    cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname::text, %s)", [beginning]
    )
    return [name for (name,) in cursor.fetchall() if name[-8:].isdigit()]


COPIES = {"sqlite": File, "postgresql": Database}

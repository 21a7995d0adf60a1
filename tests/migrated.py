"""Keeps a migrated SQLite database between test runs: 200 migrations cost half a minute each time.

The copy lies in the temporary folder under a name made from every migration of ours and the
pinned packages, so that a changed one is never used again.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copy_of(engine_version=sqlite3.sqlite_version):
    """Return the path of the migrated copy that fits this tree, whether it exists or not."""
    digest = hashlib.sha256(engine_version.encode())
    ours = [path for path in ROOT.glob("*/**/migrations/*.py") if ".venv" not in path.parts]
    for path in sorted([*ours, ROOT / "requirements.txt"]):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"isso-migrated-{digest.hexdigest()[:16]}.sqlite3"


def bring(target):
    """Put the migrated copy where the tests expect their database; without one, do nothing."""
    source = copy_of()
    if source.exists() and not Path(target).exists():
        shutil.copyfile(source, target)


def keep(connection):
    """Keep the database as it is after migrating, in one step that no other run can see half."""
    target = copy_of()
    if target.exists():
        return
    connection.ensure_connection()
    half = target.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(half) as copy:
        connection.connection.backup(copy)
    copy.close()
    half.replace(target)

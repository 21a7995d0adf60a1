"""The root package: makes the top-level folders importable as ``isso.<folder>``.

Two of those folders are named like other modules (``site``, ``requests``). As ``isso.site`` and
``isso.requests`` they shadow nothing; see docs/decisions/0001-folders.md.
"""

from pathlib import Path

__path__ = [str(Path(__file__).resolve().parent)]

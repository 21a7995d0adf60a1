"""The retention table as a document: every line is read from kinds/, none is written by hand."""

from django.utils.translation import override

from .kind import METHOD_WORDS
from .planning import NOTICE_DAYS
from .registry import planned_kinds, purged_kinds

HEAD = """# Retention

Written by `manage.py retention_table` from `requests/retention/kinds/`; a test fails when this file
is stale. Do not edit it. [Decision 22](decisions/0022-retention.md) says why it is so.

The days are defaults: **the office's policy, not law**, unless a source is named. A supervisor
changes them in the admin (Portal desk, Retention) within the bounds; each change is kept with name
and reason. N days means: kept through the Nth calendar day after the clock starts, in the office's
time zone. Nothing of a person or request that is held goes, whatever its days; only
reports that repeat what stays do.
"""
PLANNED = f"""## Announced first

The worker announces these at least {NOTICE_DAYS} days ahead, on a page of the desk and by mail to
the supervisors, and checks each again, locked, at its moment: who gets a new program end date,
comes back or is held stays.
"""
PURGED = """## Without a plan

Small or technical; the page tells how many went on which day.
"""
COLUMNS = ("Kind", "Outcome", "Clock starts", "Days", "Least", "Most", "Source", "Then", "Stays")


def retention_document():
    """Return the whole document as Markdown."""
    with override("en"):
        planned = [(f"`{kind.key}`", *_cells(kind)) for kind in planned_kinds().values()]
        purged = [
            (f"`{kind.key}`", *_cells(kind), kind.why_no_plan) for kind in purged_kinds().values()
        ]
        parts = [
            HEAD,
            PLANNED,
            _table(("Key", *COLUMNS), planned),
            PURGED,
            _table(("Key", *COLUMNS, "Why no plan"), purged),
        ]
    return "\n".join(parts)


def _cells(kind):
    period = kind.period
    bounds = (period.default, period.legal_min, period.legal_max, period.citation)
    return kind.title, kind.outcome, kind.clock, *bounds, METHOD_WORDS[kind.method], kind.stays


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, each)) + " |" for each in lines) + "\n"

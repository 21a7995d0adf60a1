"""What the web server makes sure of before it answers anybody."""

from django.core.checks import Tags, run_checks
from django.db import DatabaseError, connections

from .environment import stop


def refuse_unsafe_start():
    """Stop with one sentence when the database is away or holds demonstration accounts."""
    try:
        errors = run_checks(tags=[Tags.database], databases=["default"])
    except DatabaseError:
        stop("The database does not answer: start it, or correct DATABASE_URL.")
    finally:
        # The server forks after this; a connection must not be shared.
        connections.close_all()
    for error in errors:
        if error.is_serious():
            stop(f"{error.msg} {error.hint or ''}".strip())

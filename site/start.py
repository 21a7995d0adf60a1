"""What the web server makes sure of before it answers anybody."""

from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import Tags, run_checks
from django.db import DatabaseError, connections

from .checks import SIGN_IN
from .environment import stop


def refuse_unsafe_start():
    """Stop with one sentence when something is missing that every page would stumble over."""
    _refuse_uncollected_files()
    try:
        errors = run_checks(tags=[Tags.database], databases=["default"])
        errors += run_checks(tags=[SIGN_IN], include_deployment_checks=True)
    except DatabaseError:
        stop("The database does not answer: start it, or correct DATABASE_URL.")
    finally:
        # The server forks after this; a connection must not be shared.
        connections.close_all()
    for error in errors:
        if error.is_serious():
            stop(f"{error.msg} {error.hint or ''}".strip())


def _refuse_uncollected_files():
    # Only production's storage keeps a list; a page that names a file outside it cannot be shown.
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if collected is None:
        return
    for finder in get_finders():
        for path, _storage in finder.list(ignore_patterns=None):
            if path not in collected:
                stop(f"The file {path} is not collected: run manage.py collectstatic.")

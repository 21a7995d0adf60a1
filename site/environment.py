"""Reads environment variables; a missing or wrong one stops the start with one sentence."""

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.http.request import validate_host

# Gunicorn's own code for "could not start": it then gives up instead of trying again for ever.
EXIT_CODE = 3
REQUIRED = object()
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


def stop(sentence):
    """Say on the error stream what is wrong and end the program, without a traceback."""
    sys.stderr.write(f"{sentence}\n")
    sys.exit(EXIT_CODE)


def text(name, default=REQUIRED, *, what=""):
    """Read a variable as it stands; without a default it must be there."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is REQUIRED:
        stop(f"The environment variable {name} is missing: set it to {what}.")
    return default


def words(name, default=REQUIRED, *, what=""):
    """Read a list separated by commas."""
    value = text(name, default, what=what)
    if value is default:
        return default
    return [word.strip() for word in value.split(",") if word.strip()]


def flag(name, default):
    """Read a yes or no."""
    value = text(name, "").lower()
    if value and value not in YES | NO:
        stop(f"The environment variable {name} must be 1 or 0, not {value!r}.")
    return value in YES if value else default


def number(name, default):
    """Read a whole number that is not negative."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        stop(f"The environment variable {name} must be a whole number, not {value!r}.")
    return int(value)


def choice(name, default, choices):
    """Read one of several words."""
    value = text(name, default)
    if value not in choices:
        stop(f"The environment variable {name} must be one of {', '.join(choices)}.")
    return value


def secret(name):
    """Read a key that nobody can guess."""
    value = text(name, what="50 or more random characters")
    if len(value) < 50 or len(set(value)) < 12:
        stop(
            f"The environment variable {name} is too weak: set it to 50 or more random characters."
        )
    return value


def hosts(name):
    """Read the host names the site answers to; a star would let anybody name our mailed links."""
    values = words(name, what="the host names of the site, separated by commas")
    for value in values:
        if not re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\]", value):
            stop(f"The environment variable {name} must list host names only, not {value!r}.")
    return values


def site_address(name, allowed_hosts):
    """Read the address that every mailed link begins with."""
    value = text(name, what="the address of the site, like https://isso.example.edu")
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    rest = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme != "https" or not parts.hostname or rest:
        stop(f"The environment variable {name} must be like https://isso.example.edu.")
    if not validate_host(parts.hostname, allowed_hosts):
        stop(f"The host of {name} must be one of ALLOWED_HOSTS.")
    return value.rstrip("/")


def time_zone(name, default):
    """Read the zone the office's dates and hours are meant in."""
    value = text(name, default)
    if value not in available_timezones():
        stop(f"The environment variable {name} must be a zone like America/New_York.")
    return value


def folder(name, default):
    """Read a folder we may write to."""
    path = Path(text(name, default))
    if not (path.is_dir() and os.access(path, os.W_OK)):
        stop(f"The folder {path} ({name}) must exist and be writable.")
    return path

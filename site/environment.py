"""Reads environment variables; a missing or wrong one stops the start with one sentence."""

import os
import sys
from urllib.parse import urlsplit

import environ

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
    if not value.isascii() or not value.isdigit():
        stop(f"The environment variable {name} must be a whole number, not {value!r}.")
    return int(value)


def address(name, value, schemes, example):
    """Split an address, or stop when it has another scheme than the named ones."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in schemes:
        # The value itself is not repeated: such addresses carry passwords.
        stop(f"The environment variable {name} is not an address like {example}.")
    return parts


def database(name, sqlite_options):
    """Read a database address into Django's form, with connections that survive a restart."""
    example = "postgres://user:password@host:5432/name"
    value = text(name, what=f"the address of the database, like {example}")
    parts = address(name, value, {"postgres", "postgresql", "sqlite"}, example)
    if not parts.path.strip("/") or (parts.scheme != "sqlite" and not parts.hostname):
        stop(f"The environment variable {name} names no database: write it like {example}.")
    config = environ.Env.db_url_config(value)
    if parts.scheme == "sqlite":
        return config | {"OPTIONS": sqlite_options, "CONN_MAX_AGE": None}
    options = {"connect_timeout": 3} | config.pop("OPTIONS", {})
    return config | {"OPTIONS": options, "CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}


def mail(name, value):
    """Turn a mail address (smtp, smtp+tls, smtp+ssl) into Django's EMAIL_… settings."""
    example = "smtp+tls://user:password@mail.example.edu:587"
    parts = address(name, value, {"smtp", "smtp+tls", "smtp+ssl"}, example)
    if not parts.hostname:
        stop(f"The environment variable {name} names no mail server: write it like {example}.")
    return {
        key: setting
        for key, setting in environ.Env.email_url_config(value).items()
        if key.startswith("EMAIL_")
    } | {"EMAIL_TIMEOUT": 20}


def cache(name):
    """Read the address of a cache that all processes share."""
    example = "redis://127.0.0.1:6379/0"
    value = text(name, what=f"the address of the shared cache, like {example}")
    parts = address(name, value, {"redis", "rediss", "dbcache", "filecache"}, example)
    if not parts.netloc and not parts.path.strip("/"):
        stop(f"The environment variable {name} names no cache: write it like {example}.")
    if parts.scheme in {"redis", "rediss"}:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}
    return environ.Env.cache_url_config(value)

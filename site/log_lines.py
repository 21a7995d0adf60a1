"""One JSON object per log line on standard output, without personal data.

No client addresses, no e-mail addresses, no local variables, no text of exceptions (a database
quotes the offending row in its own) and of an address only its route: paths hold tokens.
"""

import re
import traceback

import structlog

EMAIL = re.compile(r"[^\s@<>\"'(),:]+@[^\s@<>\"'(),:]+")


def settings(level):
    """Return Django's LOGGING for production."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [
                    structlog.contextvars.merge_contextvars,
                    structlog.stdlib.ExtraAdder(),
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                    only_the_route,
                    only_the_place,
                    without_emails,
                ],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(default=str),
                ],
            }
        },
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "json",
            }
        },
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            # Django would mail errors and print in its own form; everything goes the one way.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # A missing page stands in our own line per request already.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "pikepdf": {"level": "WARNING"},
        },
    }


def only_the_route(_logger, _method, line):
    """Name the route of a failed request instead of its path."""
    request = line.pop("request", None)
    if request is not None:
        line["event"] = "request failed"
        line["route"] = route(request)
    return line


def only_the_place(_logger, _method, line):
    """Say where an exception happened and of which kind it was, not what it says."""
    failure = line.pop("exc_info", None)
    if failure and failure[1]:
        kind, _error, trace = failure
        line["exception"] = kind.__qualname__
        line["place"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
        ]
    return line


def without_emails(_logger, _method, line):
    """Black out e-mail addresses, whoever wrote the line."""
    return {
        key: EMAIL.sub("[e-mail]", value) if isinstance(value, str) else value
        for key, value in line.items()
    }


def route(request):
    """Return the pattern that a request matched, such as ``portal/requests/<reference>/``."""
    match = getattr(request, "resolver_match", None)
    return match.route if match else ""

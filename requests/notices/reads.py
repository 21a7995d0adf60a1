"""Where this room reports that somebody read personal data; the records room keeps the log."""

from collections.abc import Callable

_logs: list[Callable] = []


def register_read_log(log: Callable):
    """Name the function ``log(user, what, object_id, allowed)`` that keeps the log."""
    if log not in _logs:
        _logs.append(log)


def note_read(user, what: str, object_id="", allowed: bool = True):
    """Report one reading of personal data, or an attempt."""
    for log in _logs:
        log(user, what, object_id, allowed)

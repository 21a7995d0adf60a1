"""Where this room reports that somebody read personal data; the records room keeps the log."""

from collections.abc import Callable

_logs: list[tuple[Callable, Callable]] = []
_finders: list[Callable] = []


def register_read_log(log: Callable, log_many: Callable):
    """Name the functions that keep the log.

    They are ``log(user, what, object_id, allowed, record=key, each_time=yes)`` and
    ``log_many(user, what, keys, each_time=yes)``, with the primary keys of people's records.
    """
    if (log, log_many) not in _logs:
        _logs.append((log, log_many))


def register_people_of_mails(find: Callable):
    """Name the function ``find(notices)`` that returns the keys of the records mails concern."""
    if find not in _finders:
        _finders.append(find)


def people_of_mails(notices) -> list[int]:
    """Return the keys of the records that these mails are about or went to."""
    return [key for find in _finders for key in find(notices)]


def note_read(user, what: str, object_id="", allowed: bool = True, person=None, each_time=False):
    """Report one reading of personal data, or an attempt; ``person`` is the key of a record."""
    for log, _log_many in _logs:
        log(user, what, object_id, allowed, record=person, each_time=each_time)


def note_reads(user, what: str, people, each_time=False):
    """Report that each of these people was read about."""
    for _log, log_many in _logs:
        log_many(user, what, people, each_time=each_time)

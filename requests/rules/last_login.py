"""When a person is asked for an address that outlives the campus account: calendar days."""

from datetime import date, timedelta

# Both before the last day of the program, in the office's time zone.
FIRST, LAST = timedelta(days=90), timedelta(days=14)


def last_day(program_end: date | None, next_program_end: date | None) -> date | None:
    """Return the end of the studies here: whoever goes on to another program keeps the account."""
    return next_program_end or program_end


def is_asked(end: date | None, today: date) -> bool:
    """Tell whether the address is asked for: from 90 days before the end, with no last day."""
    return end is not None and end - FIRST <= today


def mail_due(end: date | None, today: date) -> str:
    """Return which mail is due: ``first`` from 90 days before, ``last`` from 14 days before.

    Whoever is met late gets the last one alone; after the end no mail begins.
    """
    if not is_asked(end, today) or today > end:
        return ""
    return "last" if end - LAST <= today else "first"

"""The short code of one request: it stands on an error page and in each log line of the request.

It is made to be read out on the phone and says nothing about the person or the error.
"""

import secrets

import structlog

# The key in the log lines.
NAME = "error_code"
# Without 0 and O, 1, I and L, and without vowels, so that no code is a word.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_code() -> str:
    """Return a code that is as good as never given twice, such as ``K7QM-2XDF``."""
    drawn = "".join(secrets.choice(LETTERS) for _position in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def present_code() -> str:
    """Return the code of the request at hand; empty where there is none, as in a job."""
    return structlog.contextvars.get_contextvars().get(NAME, "")

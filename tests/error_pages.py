"""Compares pages that say that something went wrong: each has a code of its own."""

import re

CODE = re.compile(r'"error-code" dir="ltr">[\w-]+')


def without_code(answer):
    """Return the words of an answer without the code that is told on the phone."""
    return CODE.sub("", answer.text)

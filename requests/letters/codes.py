"""The code on a letter that opens its confirmation; only its digest is kept."""

import re
import secrets
from hashlib import sha256

from ..models.student_request import ALPHABET

# 27 of 30 signs are 132 bits; the three groups are for who types it from paper.
GROUP, GROUPS = 9, 3
SHAPE = re.compile(rf"[{ALPHABET}]{{{GROUP * GROUPS}}}")


def new_code():
    """Return a code that nobody can guess, such as ``7KQM3XAPF-…-…``."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _sign in range(GROUP)) for _group in range(GROUPS)
    )


def digest_of(code):
    """Return what is kept of a code, however it was typed; "" for what can be no code."""
    plain = code.replace("-", "").upper()
    return sha256(plain.encode()).hexdigest() if SHAPE.fullmatch(plain) else ""

"""Which mails exist: every template ``templates/notices/<key>.subject.txt`` makes one key."""

from functools import cache
from pathlib import Path

from django.conf import settings

SUFFIX = ".subject.txt"


@cache
def mail_keys():
    """Return the keys of all mails in alphabetical order; the folder is the registry."""
    folder = Path(settings.BASE_DIR) / "templates" / "notices"
    return tuple(sorted(file.name.removesuffix(SUFFIX) for file in folder.glob(f"*{SUFFIX}")))


def in_words(key: str) -> str:
    """Say which mail a key means, for staff."""
    return key.replace("_", " ").capitalize()


def mail_choices():
    """Offer the keys to forms, in words."""
    return [(key, in_words(key)) for key in mail_keys()]

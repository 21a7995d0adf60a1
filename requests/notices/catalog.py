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


def mail_choices():
    """Offer the keys to forms, in words."""
    return [(key, key.replace("_", " ").capitalize()) for key in mail_keys()]

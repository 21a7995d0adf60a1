"""Where private files lie: outside the media folder, under names nobody can guess."""

import uuid
from pathlib import PurePosixPath

from django.core.files.storage import storages


def private_storage():
    """Return the private storage; a callable, so that migrations hold no paths."""
    return storages["private"]


def random_name(instance, filename: str) -> str:
    """Return a random name with the checked file's extension, spread over 256 folders."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}{PurePosixPath(filename).suffix.lower()}"

"""A cache in files for a single server, in which one of many who add the same key succeeds."""

from pathlib import Path

from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class FileCache(FileBasedCache):
    """Django's own looks first and writes then, so two processes may both have "added" a lock.

    The limits of sign-in are counted under such a lock (allauth).
    """

    def add(self, *args, **kwargs):
        """Add a value under a key that has none, one process after the other."""
        self._createdir()
        with Path(self._dir, "adding").open("a") as turn:
            # Closing the file gives the turn away.
            locks.lock(turn, locks.LOCK_EX)
            return super().add(*args, **kwargs)

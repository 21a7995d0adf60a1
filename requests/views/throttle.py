"""Counts tries in the shared cache, so that all workers keep one count."""

import time
from hashlib import sha256

from django.core.cache import cache


def too_many(what, key, *, limit, seconds):
    """Count one try of ``what`` by ``key`` and tell whether it is beyond the limit of its span."""
    # The span is in the name: caches in files and in the database forget, while they count, when
    # an entry was to end, and would keep it for their own five minutes.
    span = int(time.time() // seconds)
    name = f"tries:{what}:{span}:{sha256(key.encode()).hexdigest()}"
    cache.add(name, 0, seconds)
    try:
        count = cache.incr(name)
    except ValueError:
        # It ran out between the two lines: this is the first try of the next span.
        return False
    cache.touch(name, seconds)
    return count > limit

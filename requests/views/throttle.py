"""Counts tries in the shared cache, so that all workers keep one count."""

from hashlib import sha256

from django.core.cache import cache


def too_many(what, key, *, limit, seconds):
    """Count one try of ``what`` by ``key`` and tell whether it is beyond the limit."""
    name = f"tries:{what}:{sha256(key.encode()).hexdigest()}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name) > limit
    except ValueError:
        # It ran out between the two lines: this is the first try of the next span.
        return False

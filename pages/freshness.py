"""How long a public page may be kept by browsers and caches.

Five minutes at most, and never past the moment something on it changes by the clock. The office's
room knows those moments and registers a provider (home/apps.py).
"""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

LONGEST_SECONDS = 300

Provider = Callable[[HttpRequest], datetime | None]
_providers: list[Provider] = []


def register_change(provider: Provider) -> None:
    """Let a room tell the next moment at which every page changes."""
    if provider not in _providers:
        _providers.append(provider)


def max_age(request: HttpRequest) -> int:
    """Count the seconds a page rendered now stays right."""
    now = timezone.now()
    changes = [moment for provider in _providers if (moment := provider(request))]
    seconds = [int((moment - now).total_seconds()) for moment in changes if moment > now]
    return min([LONGEST_SECONDS, *seconds])

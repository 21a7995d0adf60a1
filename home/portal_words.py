"""The portal's own words for each status, shown in the public guide.

The portal knows them; it registers a provider in ``AppConfig.ready()``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class StatusWords:
    """One status as students see it."""

    label: str
    sentence: str
    tone: str = "muted"
    icon: str = ""


Provider = Callable[[], Iterable[StatusWords]]
_providers: list[Provider] = []


def register_status_words(provider: Provider) -> None:
    """Add the statuses of a room above."""
    if provider not in _providers:
        _providers.append(provider)


def status_words() -> list[StatusWords]:
    """Collect every status, in the order of the lifecycle."""
    return [words for provider in _providers for words in provider()]

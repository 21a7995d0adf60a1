"""How long each request takes, shown on a public page.

The portal knows; it registers a provider in ``AppConfig.ready()``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ProcessingTime:
    """One line of the table: a request, the days the office aims at, and whether it is open."""

    title: str
    url: str
    days: int
    is_open: bool = True
    closed_text: str = ""
    # What was measured, in words; it stands beside the aim once somebody measures.
    estimate: str = ""


Provider = Callable[[], Iterable[ProcessingTime]]
_providers: list[Provider] = []


def register_processing_times(provider: Provider) -> None:
    """Add the requests of a room above."""
    if provider not in _providers:
        _providers.append(provider)


def processing_times() -> list[ProcessingTime]:
    """Collect every line, by title."""
    lines = [line for provider in _providers for line in provider()]
    return sorted(lines, key=lambda line: line.title.casefold())

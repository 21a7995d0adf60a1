"""The rows of “All forms”: the office's own entries, and those a higher room adds.

The portal's requests are not known here. Their room registers a provider in ``AppConfig.ready()``
that yields rows of the same shape.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class FormRow:
    """One line of the list: a PDF, a link, or a request in the portal."""

    title: str
    url: str
    kind: str
    description: str = ""
    topic: str = ""
    audience: str = ""
    size: int | None = None
    revised_on: dt.date | None = None


Provider = Callable[[], Iterable[FormRow]]
_providers: list[Provider] = []


def register_form_rows(provider: Provider) -> None:
    """Add a source of rows, such as the portal's requests."""
    if provider not in _providers:
        _providers.append(provider)


def provided_rows() -> list[FormRow]:
    """Collect the rows of every registered source."""
    return [row for provider in _providers for row in provider()]


@dataclass(frozen=True)
class Choice:
    """One filter link: how many rows it would show, and where it leads."""

    label: str
    count: int
    query: str
    is_current: bool

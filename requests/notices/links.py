"""Links and codes in mails: kept as a specification, built only when the mail leaves."""

from collections.abc import Callable

from django.conf import settings

_builders: dict[str, Callable[..., str]] = {}
_secrets: dict[str, Callable[..., str]] = {}


class DeadLink(Exception):
    """Raised by a builder when what its link would open is gone: the mail is not sent."""


def register_link(kind: str, builder: Callable[..., str]):
    """Name the function that turns a specification's arguments into a path."""
    _builders[kind] = builder


def register_secret(kind: str, builder: Callable[..., str]):
    """Name the function that makes a code, which stands in the mail as it is."""
    _secrets[kind] = builder


def absolute_link(specification: list) -> str:
    """Build one link from ``[kind, *arguments]`` on the configured address, or one code."""
    kind, *arguments = specification
    if kind in _secrets:
        return _secrets[kind](*arguments)
    return settings.SITE_URL.rstrip("/") + _builders[kind](*arguments)

"""The office at hand: its names fill sentences, and its clock counts the days."""

from collections.abc import Callable
from contextlib import contextmanager
from functools import cache

from django.db.models import Expression
from django.utils import timezone
from wagtail.models import Site

from .models import OfficeSettings
from .naming import office_at_hand

_read_along: dict[str, Callable[[], Expression]] = {}


def read_along(name: str, expression: Callable[[], Expression]) -> None:
    """Let a room have one value read with the settings, in the same query.

    It stands under ``name`` on the office at hand, as it was when the request or job began.
    """
    _read_along[name] = expression
    _offices.cache_clear()


def the_office() -> OfficeSettings | None:
    """Return the settings of the office at hand, else of the default site, if there is one."""
    return office_at_hand.get() or _office_of_default_site()


@contextmanager
def working_for(office: OfficeSettings | None):
    """Let names and days be those of ``office``; None leaves both as they are."""
    if office is None:
        yield
        return
    token = office_at_hand.set(office)
    try:
        with timezone.override(office.zone):
            yield
    finally:
        office_at_hand.reset(token)


def _office_of_default_site():
    office = _offices().first()
    if office is None and (site := Site.objects.filter(is_default_site=True).first()):
        office = OfficeSettings.for_site(site)
    return office


@cache
def _offices():
    """Return the question that every request asks; to put it together takes half its time."""
    settings = OfficeSettings.base_queryset().select_related("site")
    settings = settings.filter(site__is_default_site=True)
    return settings.annotate(**{name: each() for name, each in _read_along.items()})

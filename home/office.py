"""The office at hand: its names fill sentences, and its clock counts the days."""

from contextlib import contextmanager

from django.utils import timezone
from wagtail.models import Site

from .models import OfficeSettings
from .naming import office_at_hand


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
    office = OfficeSettings.base_queryset().filter(site__is_default_site=True).first()
    if office is None and (site := Site.objects.filter(is_default_site=True).first()):
        office = OfficeSettings.for_site(site)
    return office

"""The names of the office in sentences that are written before anybody knows the office.

Titles and steps of request types stand in code; which office they speak of shows when they do.
"""

from contextvars import ContextVar

from django.utils.functional import lazy
from django.utils.translation import gettext as _

# The settings of the office a request, a job or a command works for (office.py).
office_at_hand = ContextVar("the office at hand", default=None)


def short_name() -> str:
    """Return how the office at hand calls itself in short."""
    office = office_at_hand.get()
    return office.short_name if office else _("Office")


def institution_name() -> str:
    """Return the name of the university or school of the office at hand."""
    office = office_at_hand.get()
    return office.institution_name if office else _("our institution")


def _named(text):
    return str(text) % {"office": short_name(), "institution": institution_name()}


SHORT_NAME = lazy(short_name, str)()
# Fills %(office)s and %(institution)s in a text when it is shown.
named = lazy(_named, str)

"""Exchange visitors who teach, do research or train here: who they are, and what is theirs."""

from django.utils.translation import gettext as _

from .exchange import STUDENT_CATEGORIES
from .verdict import Standing, Verdict


def is_scholar(facts):
    """Tell whether somebody is an exchange visitor who does not study: a scholar or an intern."""
    return (
        facts.visa_class == "J-1"
        and bool(facts.exchange_category)
        and facts.exchange_category not in STUDENT_CATEGORIES
    )


def is_for_scholars(citation):
    """Only visiting scholars and interns may ask."""

    def rule(facts, today, policy):
        if is_scholar(facts):
            return None
        return Verdict(
            Standing.NOT_FOR_YOU,
            _("This request is for J-1 scholars and interns."),
            citation=citation,
            cure=_("If you are one, write to us so that we can correct your record."),
        )

    return rule


def has_departure_instead(facts, today, policy):
    """Scholars tell of an early end and of their departure in one request of their own."""
    if not is_scholar(facts):
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("As a scholar or intern, use “Ending early or leaving”."),
        citation="22 CFR 62.13",
    )

"""When a department may have a scholar, from when on, until when, and for how much money."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from isso.requests.records.choices import SCHOLAR_CATEGORIES, ExchangeCategory, SevisStatus, Stage

from .dates import add_months
from .exchange_stay import (
    begin_objection,
    end_window,
    months_begun,
    transfer_objection,
)
from .verdict import Standing, Verdict
from .windows import Window

CITATION = "22 CFR 62.20, 62.21, 62.23(i), 62.26"
OFFICE = _("Office practice")
CATEGORIES = (*SCHOLAR_CATEGORIES, ExchangeCategory.INTERN)


def is_to_come(facts, today, policy):
    """Only somebody who is not here yet is invited; for whom is here there is the extension."""
    if facts.stage in (Stage.PROPOSED, Stage.ARCHIVED):
        return None
    is_running = facts.sevis_status in (SevisStatus.ACTIVE, SevisStatus.INITIAL)
    if not is_running and facts.stage != Stage.PRE_ARRIVAL:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("This person has a running record with us. A new sponsorship begins after its end."),
        citation=CITATION,
        cure=_("Ask for an extension, or write to our office."),
    )


def begins_window(today, policy, category="", stays=(), is_transfer=False):
    """Return when a stay may begin: the office needs time, and a bar may keep it for longer."""
    first = today + timedelta(weeks=policy["least_weeks"])
    why_first: Any = _("We need %(weeks)d weeks for the checks, the form and the visa.") % {
        "weeks": policy["least_weeks"]
    }
    citation = OFFICE
    bar = category and begin_objection(category, first, stays, is_transfer)
    if bar:
        first, why_first, citation = bar.on, bar.reason, bar.citation
    return Window(
        first,
        max(first, add_months(today, policy["months_ahead"])),
        why_first,
        _("We take requests %(months)d months ahead.") % {"months": policy["months_ahead"]},
        citation,
    )


def ends_window(category, begins, stays=()):
    """Return when a stay that begins on this day may end, or None before both are known."""
    if not category or begins is None or category not in CATEGORIES:
        return None
    return end_window(category, begins, stays)


def transfer_problem(category, begins, stays, is_transfer):
    """Return why this is no transfer, or None: where it is one, and where none is meant."""
    if not (is_transfer and category and begins):
        return None
    return transfer_objection(category, begins, stays)


def money_needed(begins, ends, dependents, policy):
    """Return the least money for somebody the university does not employ, in whole US dollars.

    Office practice: so much a month, and so much a year for each dependent, both by the month
    begun.
    """
    months = months_begun(begins, ends)
    family = dependents * policy["dependent_per_year"] * months
    return months * policy["money_per_month"] + -(-family // 12)

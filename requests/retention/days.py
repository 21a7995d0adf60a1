"""How many days each kind is kept: the stated default, or what a supervisor last set."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import RetentionDays
from .registry import all_kinds


def days_in_force():
    """Return the days of every kind by key, in one query."""
    found = {key: kind.period.default for key, kind in all_kinds().items()}
    for change in RetentionDays.objects.order_by("at", "pk"):
        kind = all_kinds().get(change.kind)
        # A bound that has moved since wins over what was set under the old one.
        if kind and kind.period.legal_min <= change.days <= kind.period.legal_max:
            found[change.kind] = change.days
    return found


def days_of(kind):
    """Return the days of one kind."""
    return days_in_force()[kind.key]


@transaction.atomic
def change_days(kind, days, why, by):
    """Set how long a kind is kept and log it; None when it is that already.

    Raises ``ValidationError`` for days outside the bounds and for a missing reason.
    """
    if not kind.period.legal_min <= days <= kind.period.legal_max:
        raise ValidationError({"days": kind.period.refusal()})
    if not why.strip():
        raise ValidationError({"why": _("Write the reason.")})
    before = days_of(kind)
    if days == before:
        return None
    return RetentionDays.objects.create(
        kind=kind.key, days=days, days_before=before, why=why.strip(), by=by
    )

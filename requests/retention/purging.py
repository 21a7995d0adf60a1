"""Deletes what needs no plan, and notes how much of each kind it was."""

import logging

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from ..models import RetentionEntry
from .days import days_in_force
from .kind import Cutoff
from .registry import purged_kinds

logger = logging.getLogger(__name__)


def purge_unneeded(today=None):
    """Purge every kind that needs no plan; returns how many things went."""
    today = today or timezone.localdate()
    days = days_in_force()
    return sum(_purge(kind, Cutoff.after(days[key], today)) for key, kind in purged_kinds().items())


def _purge(kind, cutoff):
    try:
        number = kind.purge(cutoff)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        # One kind that cannot be purged keeps no other from its turn.
        logger.exception("“%s” could not be purged.", kind.key)
        return 0
    if number:
        today = timezone.localdate()
        RetentionEntry.objects.create(
            kind=kind.key,
            state=RetentionEntry.State.DONE,
            planned_on=today,
            acts_on=today,
            ended_at=timezone.now(),
            removed={"rows": number},
        )
    return number

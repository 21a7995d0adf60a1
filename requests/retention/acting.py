"""Does what the plan announced, object by object, if it still holds at that very moment."""

import logging

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from ..models import RetentionEntry
from .days import days_in_force
from .files import delete_discarded
from .kind import Cutoff
from .registry import planned_kinds

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 1000


def act(today=None, most=MOST_AT_ONCE):
    """Act on the entries whose notice has passed, at most ``most``; returns how many were done.

    Each has a transaction of its own: a worker that dies leaves the others planned, a broken
    object is marked on the page, told in the log and stops no other.
    """
    today = today or timezone.localdate()
    delete_discarded()
    days = days_in_force()
    waiting = RetentionEntry.objects.planned().filter(acts_on__lte=today, told_at__isnull=False)
    # Those that failed before come last.
    done = 0
    for pk, kind in list(waiting.order_by("problem", "pk").values_list("pk", "kind"))[:most]:
        try:
            done += _act_on(pk, planned_kinds()[kind], days[kind], today)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("The retention entry %s could not be carried out.", pk)
            RetentionEntry.objects.filter(pk=pk).update(problem=type(error).__name__)
    return done


@transaction.atomic
def _act_on(pk, kind, days, today):
    entry = _claimed(pk)
    if entry is None:
        return 0
    found = kind.subject.lock(entry.object_id)
    # From here on nobody else changes it, so what is read now holds until the end.
    if kind.subject.held().filter(pk=found.pk).exists():
        return 0
    still = kind.ripe(Cutoff.after(days, today)).filter(pk=found.pk).exists()
    if still:
        entry.removed = kind.empty(found)
    entry.state = RetentionEntry.State.DONE if still else RetentionEntry.State.RESCUED
    entry.ended_at, entry.problem = timezone.now(), ""
    entry.save(update_fields=["removed", "state", "ended_at", "problem"])
    return int(still)


def _claimed(pk):
    """Lock an entry that is still planned, or return None when another worker is at it."""
    rows = RetentionEntry.objects.planned().filter(pk=pk)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    return rows.first()

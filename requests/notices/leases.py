"""Which worker has a row: claimed with a lease, so that one that dies leaves it to the next.

What a worker writes about its row begins with ``renew`` in the same transaction; then one that was
held up for longer than its lease never writes over the worker that took the row after it.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

LEASE = timedelta(minutes=5)


def claim_first(waiting, **marks):
    """Set ``marks`` on the first row of ``waiting`` and return it, or None where none waits.

    The marks take the row out of ``waiting``, so of any number of workers one gets it.
    """
    while True:
        with transaction.atomic():
            rows = waiting
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True, of=("self",))
            row = rows.first()
            if row is None:
                return None
            # The condition is repeated: on SQLite another worker may have been faster.
            if waiting.filter(pk=row.pk).update(**marks):
                row.refresh_from_db(fields=list(marks))
                return row


def claim_next(waiting):
    """Lease the first row of ``waiting`` that no worker has, or return None.

    The column ``claimed_until`` of these rows holds the end of the lease.
    """
    now = timezone.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return claim_first(waiting.filter(free), claimed_until=now + LEASE)


def renew(row) -> bool:
    """Lease a row anew; False when another worker has it by now, or it is gone.

    Inside a transaction it also locks the row until that ends.
    """
    mine = type(row).objects.filter(pk=row.pk, claimed_until=row.claimed_until)
    until = timezone.now() + LEASE
    if not mine.update(claimed_until=until):
        return False
    row.claimed_until = until
    return True

"""The log of who read which personal data, allowed or refused.

Rows are never changed, and stay until their days are over (retention). Who looks at the same thing
again within ``QUIET`` has read it once: a page that is refreshed, or a PDF that a browser fetches
in parts, makes one line. What is done, and a list that leaves as a file, makes one each time.
"""

from datetime import timedelta
from itertools import islice

from django.utils import timezone

from .models import AccessLog

QUIET = timedelta(minutes=15)
ROWS_AT_ONCE = 500


def log_read(
    user,
    what: str,
    object_id="",
    allowed: bool = True,
    details: str = "",
    record=None,
    each_time: bool = False,
) -> AccessLog:
    """Note that ``user`` (or somebody not signed in) read, or tried to read, something.

    ``record`` is whose it was, or the primary key of that. ``details`` say how much and how it was
    chosen, never what was read or searched for.
    """
    entry = AccessLog(
        user=_signed_in(user),
        what=what[:60],
        object_id=str(object_id)[:60],
        allowed=allowed,
        details=details[:250],
        record_id=getattr(record, "pk", record),
    )
    if each_time or not allowed or not _is_known(entry):
        entry.save(force_insert=True)
    return entry


def log_reads(user, what: str, records, details: str = "", each_time: bool = False):
    """Note that ``user`` read something of each of these people: a line for every one of them.

    ``records`` are records or their primary keys; whoever is named twice is noted once, and None
    stands for nobody.
    """
    user, what, details = _signed_in(user), what[:60], details[:250]
    keys = iter({getattr(each, "pk", each): None for each in records if each is not None})
    while some := list(islice(keys, ROWS_AT_ONCE)):
        seen = () if each_time else _seen_lately(user, what, some)
        lines = [
            AccessLog(user=user, what=what, object_id=str(key), details=details, record_id=key)
            for key in some
            if key not in seen
        ]
        # With nothing to write there is no transaction, which would wait for other writers.
        if lines:
            AccessLog.objects.bulk_create(lines)


def _signed_in(user):
    return user if user is not None and user.is_authenticated else None


def _read_lately(user, what):
    since = timezone.now() - QUIET
    return AccessLog.objects.filter(user=user, what=what, allowed=True, at__gt=since).order_by()


def _seen_lately(user, what, keys):
    if user is None:
        return frozenset()
    return set(_read_lately(user, what).filter(record__in=keys).values_list("record", flat=True))


def _is_known(entry):
    # Whoever is not signed in may be anybody.
    if entry.user is None:
        return False
    return _read_lately(entry.user, entry.what).filter(object_id=entry.object_id).exists()

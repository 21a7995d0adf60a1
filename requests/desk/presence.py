"""Who else has a case open: so that two colleagues do not work on the same one unawares.

It sits in the cache that all processes share, for three minutes, and nowhere else: who looked at
what for the record is the log of readings. Of two who come in the same instant one may miss the
other until the next minute; nothing is decided by it, as every action checks the version.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

logger = logging.getLogger(__name__)

GONE_AFTER = timedelta(minutes=3)
# A page that stays open says so once a minute; one that is read again sooner need not.
SAID_AGAIN_AFTER = timedelta(seconds=45)


@dataclass(frozen=True)
class Looking:
    """Somebody who has a case open: since when, and when that was last heard of."""

    user_id: int
    name: str
    since: datetime
    seen_at: datetime


def others_looking(pk, user):
    """Note that ``user`` has the case open, and return who else has, the first one first."""
    now, key = timezone.now(), f"looking-at-case:{pk}"
    try:
        here = {
            each.user_id: each for each in cache.get(key, ()) if now - each.seen_at < GONE_AFTER
        }
        mine = here.get(user.pk)
        if mine is None or now - mine.seen_at >= SAID_AGAIN_AFTER:
            since = mine.since if mine else now
            here[user.pk] = Looking(user.pk, user.get_short_name(), since, now)
            cache.set(key, tuple(here.values()), GONE_AFTER.total_seconds())
    except Exception:
        logger.warning("The cache did not say who looks at case %s.", pk, exc_info=True)
        return []
    return sorted(
        (each for each in here.values() if each.user_id != user.pk), key=lambda each: each.since
    )

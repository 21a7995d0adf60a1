"""Searches that found nothing, kept for the editors: what was asked, never who asked."""

import logging
import re

from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from ..models.search_words import MissedSearch

log = logging.getLogger(__name__)

MOST_ROWS = 500
# Robots ask faster than people; so much noise is enough to see.
MOST_A_MINUTE = 30
# Numbers of passports and of people are nobody's search words.
PERSONAL = re.compile(r"\d[\d -]{4,}\d")


def note_missed(words: str) -> None:
    """Count a search without a result; what cannot be counted is let go."""
    words = words.casefold()
    if not words or PERSONAL.search(words) or not _is_within_limit():
        return
    try:
        _count(words)
    except DatabaseError:
        # A busy database: a lost count harms nobody, an error page would.
        log.warning("A search without result could not be counted.")


def _is_within_limit():
    key = f"missed-searches-{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) <= MOST_A_MINUTE
    except ValueError:
        # The minute ended between the two lines.
        return True


def _count(words):
    today = timezone.localdate()
    if MissedSearch.objects.filter(words=words).update(times=F("times") + 1, last_on=today):
        return
    # Somebody else may have asked at the same moment.
    MissedSearch.objects.bulk_create(
        [MissedSearch(words=words, last_on=today)], ignore_conflicts=True
    )
    # The rarest and oldest make room.
    surplus = MissedSearch.objects.order_by("-times", "-last_on", "-pk")[MOST_ROWS:]
    if gone := list(surplus.values_list("pk", flat=True)):
        MissedSearch.objects.filter(pk__in=gone).delete()

"""Deletes private files: their names are written with the deletion of the row, and then worked off.

A crash after the commit leaves the names, so no file outlives its row.
"""

import logging

from django.core.files.storage import storages
from django.db import transaction

from ..models import DiscardedFile

logger = logging.getLogger(__name__)


def discard(names):
    """Have files deleted once this transaction is committed; returns how many."""
    names = [name for name in names if name]
    DiscardedFile.objects.bulk_create(
        [DiscardedFile(name=name) for name in names], ignore_conflicts=True
    )
    transaction.on_commit(delete_discarded)
    return len(names)


def delete_discarded():
    """Delete every file that was discarded; one the storage refuses waits for the next turn."""
    deleted = 0
    for each in DiscardedFile.objects.order_by("pk").iterator(chunk_size=500):
        try:
            storages["private"].delete(each.name)
        except Exception as error:
            logger.warning("A discarded file could not be deleted (%s).", type(error).__name__)
            continue
        DiscardedFile.objects.filter(pk=each.pk).delete()
        deleted += 1
    return deleted

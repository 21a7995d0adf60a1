"""The worker's job: makes the copies that were asked for, each once, and tells whose they are."""

import logging
import tempfile
from datetime import timedelta
from os import SEEK_END

from django.core.files import File
from django.db import DatabaseError, transaction
from django.utils import timezone

from isso.requests.notices.leases import LEASE, claim_next, renew
from isso.requests.records.storage import random_name

from ..copies import forget_file
from ..models import RecordCopy
from ..record_mails import write_record_mail
from .archive import write_archive

logger = logging.getLogger(__name__)

# A copy that ends its worker again and again is given up.
MOST_ATTEMPTS = 3
# How often the lease is renewed while files are written.
RENEWED_EVERY = timedelta(minutes=1)
Stage = RecordCopy.Stage


class TakenOver(Exception):
    """Another worker has this copy by now."""


def make_waiting() -> int:
    """Make every copy that waits, the oldest first; return how many are ready."""
    made = 0
    waiting = RecordCopy.objects.filter(stage=Stage.TO_MAKE).order_by("asked_at", "pk")
    waiting = waiting.select_related("record__user")
    while (copy := claim_next(waiting)) is not None:
        made += _try(copy)
    return made


def _try(copy):
    """Make one copy; one that fails is tried again when its lease is over."""
    if copy.attempts >= MOST_ATTEMPTS or not _may_have_one(copy.record):
        _give_up(copy)
        return False
    RecordCopy.objects.filter(pk=copy.pk).update(attempts=copy.attempts + 1)
    try:
        with tempfile.TemporaryFile() as target:
            write_archive(copy.record, target, _Lease(copy))
            return _keep(copy, target)
    except TakenOver:
        return False
    except DatabaseError:
        raise
    except Exception as error:
        # Of the error its kind alone, as texts quote people.
        logger.error("Copy %s could not be made (%s).", copy.pk, type(error).__name__)
        return False


def _may_have_one(record):
    return record.user is not None and record.user.is_active


def _keep(copy, target):
    """Store the file and offer it instead of an earlier one; False when another worker did."""
    storage = copy.file.storage
    if copy.file:
        # What a worker wrote that died.
        storage.delete(copy.file.name)
    copy.file.name = random_name(copy, "copy.zip")
    if not RecordCopy.objects.filter(pk=copy.pk, claimed_until=copy.claimed_until).update(
        file=copy.file.name
    ):
        return False
    size = target.seek(0, SEEK_END)
    target.seek(0)
    storage.save(copy.file.name, File(target))
    with transaction.atomic():
        if not renew(copy):
            storage.delete(copy.file.name)
            return False
        for earlier in copy.record.copies.filter(stage=Stage.READY):
            forget_file(earlier)
        RecordCopy.objects.filter(pk=copy.pk).update(
            stage=Stage.READY, ended_at=timezone.now(), size=size
        )
        write_record_mail("record_copy_ready", copy.record, f"copy:{copy.pk}", ("own_copy",))
    return True


def _give_up(copy):
    with transaction.atomic():
        if renew(copy):
            forget_file(copy, Stage.FAILED)
            RecordCopy.objects.filter(pk=copy.pk).update(ended_at=timezone.now())


class _Lease:
    """Keeps a copy with this worker while it is written; called often, it asks seldom."""

    def __init__(self, copy):
        self._copy = copy

    def __call__(self):
        """Renew the lease when a minute of it is over; raises TakenOver."""
        left = self._copy.claimed_until - timezone.now()
        if left < LEASE - RENEWED_EVERY and not renew(self._copy):
            raise TakenOver

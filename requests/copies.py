"""A copy of one's whole record: asked for, offered for a week, deleted; the worker makes it."""

from django.db import transaction

from .models import RecordCopy

Stage = RecordCopy.Stage


def ask_for_copy(record) -> RecordCopy:
    """Have the worker make a copy; who asks again meanwhile gets the same one."""
    copy, _is_new = RecordCopy.objects.get_or_create(record=record, stage=Stage.TO_MAKE)
    return copy


def offered_copy(record) -> RecordCopy | None:
    """Return the copy that may be downloaded now, or None."""
    ready = record.copies.filter(stage=Stage.READY).order_by("-ended_at").first()
    return ready if ready and ready.may_be_opened else None


def newest_copy(record) -> RecordCopy | None:
    """Return the copy asked for last, whatever became of it, or None."""
    return record.copies.order_by("-asked_at", "-pk").first()


def forget_file(copy, stage=Stage.GONE):
    """Delete a copy's file; last, so that a failure leaves a name without a file, not a file."""
    storage, name = copy.file.storage, copy.file.name
    RecordCopy.objects.filter(pk=copy.pk).update(stage=stage, file="")
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def purge_copies(before) -> int:
    """Delete the files made before this moment; who asked for a copy, and when, stays."""
    over = list(RecordCopy.objects.filter(stage=Stage.READY, ended_at__lt=before))
    for copy in over:
        forget_file(copy)
    return len(over)

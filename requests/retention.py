"""What is not kept 30 days later: discarded drafts, removed files, reports of imports, trials.

History outlives everything: the request itself and its history stay as rows, so that nobody
wonders where a reference went. Answers and files go, from the database and from the disk.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.people.sign_in_help import purge_troubles
from isso.requests.records.importing.runs import purge_imports
from isso.requests.records.inviting_many import purge_invitation_runs

from .actor import Actor
from .lifecycle import CloseReason
from .models import Document, HistoryEntry, IntakeRow, StudentRequest
from .trying import purge_trials

DEFAULT_DAYS = 30


def purge_unneeded(now=None):
    """Empty discarded drafts and delete removed files that were never sent; return how many."""
    days = getattr(settings, "PURGE_AFTER_DAYS", DEFAULT_DAYS)
    before = (now or timezone.now()) - timedelta(days=days)
    return (
        _purge_drafts(before)
        + _purge_removed_files(before)
        + purge_imports(before)
        + purge_invitation_runs(before)
        + purge_trials(before)
        + _forget_manifests(before)
        + purge_troubles(now)
    )


def _forget_manifests(before):
    """Forget whom old manifests named, once settled; what became of each row stays."""
    done = IntakeRow.objects.filter(intake__made_at__lt=before).exclude(
        outcome__in=(IntakeRow.Outcome.READY, IntakeRow.Outcome.SET_ASIDE)
    )
    return done.exclude(said={}).update(said={})


def _purge_drafts(before):
    discarded = StudentRequest.objects.filter(
        close_reason=CloseReason.DISCARDED, state_since__lt=before
    )
    # An emptied draft has nothing left to purge.
    found = discarded.exclude(answers={}) | discarded.filter(documents__isnull=False)
    keys = list(found.values_list("pk", flat=True).distinct())
    for key in keys:
        with transaction.atomic():
            _empty(StudentRequest.objects.select_for_update().get(pk=key))
    return len(keys)


def _empty(draft):
    for document in draft.documents.all():
        _delete(document)
    StudentRequest.objects.filter(pk=draft.pk).update(answers={}, purpose="")
    HistoryEntry.objects.note(draft, "purge", _("Answers and files deleted"), Actor.system())


def _purge_removed_files(before):
    """Delete files taken out before they were sent; what a submission showed stays with it."""
    removed = Document.objects.filter(removed_at__lt=before).select_related("student_request")
    unsent = [each for each in removed if not _was_sent(each)]
    for document in unsent:
        with transaction.atomic():
            _delete(document)
    return len(unsent)


def _was_sent(document):
    if document.student_request is None:
        return False
    snapshots = document.student_request.snapshots.values_list("files", flat=True)
    return any(file["id"] == str(document.pk) for files in snapshots for file in files)


def _delete(document):
    """Delete row and file; the file last, so that a rollback never leaves a row without one."""
    storage, name = document.file.storage, document.file.name
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))

"""What a student threw away before the office saw it: discarded drafts, removed files."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...actor import Actor
from ...lifecycle import CloseReason
from ...models import Document, HistoryEntry, StudentRequest
from ..holding import held_people
from ..kind import Method, Period, Purge
from ..words import UPLOADS

SHORT = Period(30, 7, 365)


def purge_drafts(cutoff):
    """Empty discarded drafts; that there was one stays."""
    discarded = StudentRequest.objects.filter(
        close_reason=CloseReason.DISCARDED, state_since__lt=cutoff.moment
    ).exclude(student__in=held_people())
    # An emptied draft has nothing left to purge.
    found = discarded.filter(~Q(answers={}) | Q(documents__isnull=False))
    keys = list(found.values_list("pk", flat=True).distinct())
    for key in keys:
        with transaction.atomic():
            _empty(StudentRequest.objects.select_for_update(of=("self",)).get(pk=key))
    return len(keys)


def _empty(draft):
    UPLOADS.empty(list(draft.documents.values_list("pk", flat=True)))
    StudentRequest.objects.filter(pk=draft.pk).update(answers={}, purpose="")
    HistoryEntry.objects.note(draft, "purge", _("Answers and files deleted"), Actor.system())


def purge_removed_files(cutoff):
    """Delete files taken out before they were sent; what a submission showed stays with it."""
    removed = (
        Document.objects.filter(removed_at__lt=cutoff.moment)
        # What the office released goes with the person, and leaves its row.
        .exclude(Q(student__in=held_people()) | Q(file=""))
        .select_related("student_request")
    )
    unsent = [each.pk for each in removed if not _was_sent(each)]
    for key in unsent:
        with transaction.atomic():
            UPLOADS.empty([key])
    return len(unsent)


def _was_sent(document):
    if document.student_request is None:
        return False
    snapshots = document.student_request.snapshots.values_list("files", flat=True)
    return any(file["id"] == str(document.pk) for files in snapshots for file in files)


KINDS = (
    Purge(
        key="discarded_drafts",
        title=gettext_lazy("Drafts"),
        outcome=gettext_lazy("discarded"),
        clock=gettext_lazy("the day it was discarded"),
        period=SHORT,
        method=Method.ANONYMIZE,
        stays=gettext_lazy("reference, type, status, dates, history"),
        why_no_plan=gettext_lazy("The student threw it away, and the office never saw it."),
        purge=purge_drafts,
    ),
    Purge(
        key="removed_files",
        title=gettext_lazy("Files of drafts"),
        outcome=gettext_lazy("removed before sending"),
        clock=gettext_lazy("the day it was removed"),
        period=SHORT,
        method=Method.DELETE,
        stays=gettext_lazy("nothing"),
        why_no_plan=gettext_lazy("The student took it out, and the office never saw it."),
        purge=purge_removed_files,
    ),
)

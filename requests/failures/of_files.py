"""Files that nobody may open: not looked at yet, or found to carry a virus; and failed imports."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from isso.requests.records.models import ImportRun

from ..lifecycle import OPEN
from ..models import Document
from .of_requests import of_advisor
from .source import LATER, SOON, Failure, Source

UNSCANNED_AFTER = timedelta(minutes=15)
STILL_AFTER = timedelta(hours=1)
_Stage = ImportRun.Stage


def unscanned(user, now):
    """Return the files that have waited for the scanner for too long."""
    return _theirs(user).filter(scan=Document.Scan.WAITING, added_at__lte=now - UNSCANNED_AFTER)


def infected(user, now):
    """Return what carries a virus, until it is replaced or what it was for is over."""
    return _theirs(user).filter(
        Q(student_request__isnull=True, settled_at__isnull=True)
        | Q(student_request__state__in=OPEN),
        scan=Document.Scan.INFECTED,
    )


def _theirs(user):
    in_cases = Q(student_request__isnull=False) & of_advisor(user, "student_request__")
    in_inbox = Q(student_request__isnull=True) & of_advisor(user)
    visible = Document.objects.visible_to(user).exclude(student__user=user)
    return visible.filter(in_cases | in_inbox, removed_at__isnull=True)


def imports(user, now):
    """Return what could not be read and was not brought again, or does not come to its end."""
    if not user.has_perm("records.add_importrun"):
        return ImportRun.objects.none()
    later = ImportRun.objects.filter(
        started_at__gt=OuterRef("started_at"), stage__in=[_Stage.CHECKED, _Stage.IMPORTED]
    )
    return ImportRun.objects.filter(
        Q(stage=_Stage.UNREADABLE) & ~Exists(later)
        | Q(stage__in=[_Stage.TO_CHECK, _Stage.TO_IMPORT], started_at__lte=now - STILL_AFTER)
    )


def _tell(document):
    url = (
        reverse("desk_case", args=[document.student_request_id])
        if document.student_request_id
        else reverse("desk_student", args=[document.student_id])
    )
    return Failure(
        f"{document.student.full_name}: {document.title or document.original_name}",
        url,
        record=document.student_id,
    )


def _tell_import(run):
    url = reverse("desk_import", args=[run.pk])
    return Failure(run.file_name, url, run.problem or run.get_stage_display())


SOURCES = (
    Source(
        "unscanned",
        gettext_lazy("The virus scanner has not looked at it"),
        gettext_lazy("Tell whoever runs the server. Until then nobody can open it."),
        SOON,
        "added_at",
        unscanned,
        _tell,
        ("student",),
    ),
    Source(
        "infected",
        gettext_lazy("A file carries a virus"),
        gettext_lazy("Ask for another file; this one stays closed."),
        SOON,
        "added_at",
        infected,
        _tell,
        ("student",),
    ),
    Source(
        "imports",
        gettext_lazy("An import stopped"),
        gettext_lazy("Read why, correct the file and bring it again."),
        LATER,
        "started_at",
        imports,
        _tell_import,
    ),
)

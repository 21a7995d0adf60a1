"""Files brought in the admin: kept, compared by the worker, imported when somebody says so."""

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.notices.leases import claim_next

from ..files import clean_name
from ..models import ImportRow, ImportRun
from .tables import Table
from .writing import carry_out

_UNDER_WAY = (ImportRun.Stage.TO_CHECK, ImportRun.Stage.TO_IMPORT)
_ENDED = (ImportRun.Stage.IMPORTED, ImportRun.Stage.UNREADABLE)


def receive(uploaded, by) -> ImportRun:
    """Keep a file to be compared; raises FileProblem for one whose header cannot be read."""
    table = Table(uploaded, uploaded.name)
    name = clean_name(uploaded.name, table.extension)
    uploaded.seek(0)
    return ImportRun.objects.create(by=by, file_name=name, file=File(uploaded, name))


@transaction.atomic
def start(run: ImportRun, by) -> bool:
    """Have a compared file imported; False when somebody else has started it, or nothing is new.

    Every row is compared anew when it is written, so nothing in the report is stale by then.
    """
    locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.stage != ImportRun.Stage.CHECKED or not locked.file or not locked.to_write:
        return False
    locked.rows.all().delete()
    locked.stage, locked.by, locked.ended_at = ImportRun.Stage.TO_IMPORT, by, None
    locked.new = locked.changed = locked.unchanged = locked.refused = 0
    locked.save()
    return True


def work_on_waiting() -> int:
    """Compare or import every file that waits, the oldest first; return how many ended."""
    ended = 0
    waiting = ImportRun.objects.filter(stage__in=_UNDER_WAY).exclude(file="")
    waiting = waiting.select_related("by").order_by("started_at", "pk")
    while (run := claim_next(waiting)) is not None:
        try:
            with run.file.open("rb") as file:
                carry_out(run, file)
        except FileNotFoundError:
            ImportRun.objects.filter(pk=run.pk).update(
                stage=ImportRun.Stage.UNREADABLE,
                problem=_("The file is not in the storage any more. Upload it again."),
                ended_at=timezone.now(),
            )
        if run.stage in _ENDED:
            _forget_file(run)
        ended += 1
    return ended


def purge_imports(before) -> int:
    """Delete files and reports of old imports; who imported what, and when, stays."""
    old = ImportRun.objects.filter(started_at__lt=before)
    with_file = list(old.exclude(file=""))
    for run in with_file:
        _forget_file(run)
    rows = ImportRow.objects.filter(run__in=old)
    reports = rows.order_by().values("run").distinct().count()
    rows.delete()
    return max(reports, len(with_file))


def _forget_file(run):
    """Delete the file; last, so that a failure leaves a name without a file, not a stray file."""
    storage, name = run.file.storage, run.file.name
    ImportRun.objects.filter(pk=run.pk).update(file="")
    transaction.on_commit(lambda: storage.delete(name))

"""After the dry run: release what matches, and assign or discard what was set aside."""

import logging

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import CheckedFile, clean_name
from isso.requests.records.models import StudentRecord

from ..models import DocumentIntake, IntakeRow
from ..perform import NotAllowed, NotPossible
from ..releasing import release_to_record

logger = logging.getLogger(__name__)
Outcome = IntakeRow.Outcome
WITH_A_FILE = (Outcome.READY, Outcome.SET_ASIDE)


def release_intake(intake, actor):
    """Release every row that matches, each by itself; return how many.

    What went wrong with one row sets that row aside. Released twice, or by two at once, each
    document goes out once.
    """
    if not actor.is_staff:
        raise NotAllowed
    released = 0
    for pk in intake.rows.filter(outcome=Outcome.READY).values_list("pk", flat=True):
        try:
            released += _release_row(pk, actor)
        except (ValidationError, NotAllowed) as error:
            _set_aside(pk, " ".join(getattr(error, "messages", [])) or _("It may not be released."))
        except FileNotFoundError:
            _set_aside(pk, _("Its file is missing in our storage."))
    DocumentIntake.objects.filter(pk=intake.pk, released_at__isnull=True).update(
        released_at=timezone.now(), released_by_id=actor.user_id
    )
    return released


@transaction.atomic
def _release_row(pk, actor):
    row = IntakeRow.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.outcome != Outcome.READY:
        return 0  # Somebody was faster.
    if row.student.sevis_id != row.said.get("sevis_id", "").upper():
        raise ValidationError(_("The SEVIS ID of the record has changed since the check."))
    return int(_release(row, row.student, actor))


@transaction.atomic
def assign_row(row, record: StudentRecord, actor, *, kind, title):
    """Release a file that was set aside to the person an advisor has chosen by hand.

    Raises NotAllowed, NotPossible when somebody was faster, ValidationError for a kind or title.
    """
    locked = _locked(row, actor)
    locked.kind, locked.title = kind, title
    _release(locked, record, actor)
    return locked


@transaction.atomic
def discard_row(row, actor):
    """Throw a file away that belongs to nobody here; the row stays and says so."""
    locked = _locked(row, actor)
    _settle(locked, Outcome.DISCARDED, actor)
    return locked


def _locked(row, actor):
    if not actor.is_staff:
        raise NotAllowed
    locked = IntakeRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.outcome not in WITH_A_FILE or not locked.file:
        raise NotPossible(_("Somebody has dealt with this file meanwhile."))
    return locked


def _release(row, record, actor):
    with row.file.open("rb") as file:
        content = file.read()
    checked = CheckedFile(
        content=ContentFile(content),
        content_type="application/pdf",
        extension="pdf",
        original_name=clean_name(row.file_name, "pdf"),
        size=len(content),
        sha256=row.sha256,
    )
    document, is_new = release_to_record(record, checked, row.title, row.kind, actor)
    row.document, row.student, row.reason = document, record, ""
    _settle(row, Outcome.RELEASED if is_new else Outcome.THERE_ALREADY, actor)
    return is_new


def _settle(row, outcome, actor):
    """Note what became of a row; its own copy of the file goes once that is certain."""
    storage, name = row.file.storage, row.file.name
    row.outcome, row.file = outcome, ""
    row.settled_at, row.settled_by_id = timezone.now(), actor.user_id
    row.save()
    transaction.on_commit(lambda: storage.delete(name))


def _set_aside(pk, reason):
    logger.warning("Row %s of an intake is set aside.", pk)
    IntakeRow.objects.filter(pk=pk, outcome=Outcome.READY).update(
        outcome=Outcome.SET_ASIDE, reason=reason[:500]
    )

"""The worker's half of actions on many requests: each row by itself, checked anew at its turn.

A row and what is done to its request are one transaction, so a worker that dies in between has
done nothing, and the next one goes on with that row.
"""

import logging

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.notices.leases import claim_next, renew
from isso.requests.people.models import User
from isso.requests.people.roles import may_read_cases

from ..bulk import do_to
from ..models import BulkRow, BulkRun, StudentRequest
from ..perform import NotAllowed, NotPossible, SomebodyWasFaster
from .queue_filters import QueueFilters
from .queue_rows import rows_asked_for

logger = logging.getLogger(__name__)

Outcome = BulkRow.Outcome


def ask(rows, *, by, action, key, view_key, query, text="", to=None) -> BulkRun:
    """Have the worker do something to ``rows``, [(key, version)]; twice the same key is one run."""
    with transaction.atomic():
        run, is_new = BulkRun.objects.get_or_create(
            key=key,
            defaults={
                "by": by,
                "action": action,
                "view_key": view_key,
                "query": query,
                "text": text,
                "to": to,
            },
        )
        if is_new:
            BulkRow.objects.bulk_create(
                (BulkRow(run=run, student_request_id=pk, version=seen) for pk, seen in rows),
                batch_size=500,
            )
    return run


def work_on_waiting() -> int:
    """Carry out every run that waits, the oldest first; return how many ended."""
    ended = 0
    waiting = BulkRun.objects.filter(ended_at__isnull=True).order_by("asked_at", "pk")
    while (run := claim_next(waiting.select_related("to"))) is not None:
        filters = QueueFilters(QueryDict(run.query))
        while _go_on(run, filters):
            pass
        ended += run.ended_at is not None
    return ended


@transaction.atomic
def _go_on(run, filters) -> bool:
    """Do the next row of a run; return whether there is more to do for this worker."""
    if not renew(run):
        return False
    row = run.rows.filter(outcome=Outcome.WAITING).first()
    run.ended_at = None if row else timezone.now()
    if row is None:
        run.save(update_fields=["ended_at"])
        return False
    row.outcome, row.sentence = _outcome(run, row, filters)
    row.done_at = timezone.now()
    row.save(update_fields=["outcome", "sentence", "done_at"])
    return True


def _outcome(run, row, filters):
    """Return what became of a row, in a sentence, too; one that fails stops no other."""
    try:
        with transaction.atomic():
            return Outcome.DONE, _do(run, row, filters)
    except NotAllowed:
        return Outcome.NOT_DONE, _("You may not do this to this request.")
    except NotPossible as error:
        return Outcome.NOT_DONE, str(error)
    except ValidationError as error:
        return Outcome.NOT_DONE, " ".join(error.messages)
    except (OperationalError, InterfaceError):
        # The database is away: the run waits for it.
        raise
    except Exception:
        logger.exception("Row %s of an action on many requests failed.", row.pk)
        return Outcome.NOT_DONE, _(
            "The program could not do this. Do it on the page of the request, and tell who runs it."
        )


def _do(run, row, filters):
    by = User.objects.get(pk=run.by_id)
    if not (by.is_active and may_read_cases(by)):
        raise NotAllowed
    visible = StudentRequest.objects.visible_to(by).filter(pk=row.student_request_id)
    locked = (
        visible.select_for_update(of=("self",)).select_related("student__user", "assignee").first()
    )
    if locked is None:
        raise NotAllowed
    if locked.version != row.version:
        raise SomebodyWasFaster(locked)
    listed = rows_asked_for(by, run.view_key, QueryDict(run.query), filters)
    if not listed.filter(pk=locked.pk).exists():
        raise NotPossible(_("It has left the list since you looked."))
    return do_to(locked, run, by)

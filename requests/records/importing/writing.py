"""Carries out an import batch by batch: what a batch changes and its report are one transaction."""

from collections import Counter
from itertools import islice

from django.db import DataError, IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.notices.leases import renew

from ..changing import add_records, change_records
from ..inviting import CannotInvite, invite_person
from ..models import FormerSevisId, ImportRow, ImportRun, Outcome
from .planning import Plan, Survey, plans_for
from .problems import FileProblem
from .tables import Table

BATCH = 500


def compare(table: Table, on_progress):
    """Yield the plan of each row of a file without writing anything."""
    survey, done = Survey.of(table), 0
    for batch in _batches(table.rows()):
        yield from _announced(plans_for(batch, survey))
        done += len(batch)
        on_progress(done, survey.total)


def carry_out(run: ImportRun, file, on_progress=None) -> ImportRun:
    """Compare or import the file of a run, as its stage says, from the row it has come to.

    ``on_progress`` hears (rows done, rows in all) after each batch. A file that cannot be read
    ends the run with the reason.
    """
    try:
        table = Table(file, run.file_name)
        survey = Survey.of(table)
    except FileProblem as problem:
        _end(run, ImportRun.Stage.UNREADABLE, str(problem))
        return run
    _note(run, total=survey.total)
    last = run.rows.aggregate(last=Max("number"))["last"] or 0
    for batch in _batches(row for row in table.rows() if row.number > last):
        with transaction.atomic():
            _wait_for_other_imports()
            if not renew(run):
                # Another worker has taken it over and goes on from here.
                return run
            if _writes(run):
                plans = _import(batch, survey, run)
            else:
                plans = _announced(plans_for(batch, survey, by=run.by))
            _keep(run, plans)
        if on_progress:
            run.refresh_from_db(from_queryset=ImportRun.objects.select_related("by"))
            on_progress(run.done, run.total)
    _end(run, ImportRun.Stage.IMPORTED if _writes(run) else ImportRun.Stage.CHECKED)
    return run


def _announced(plans):
    """Say of the rows that would invite somebody that they would."""
    for plan in plans:
        if plan.invites:
            plan.reason = _("Would be invited to the portal.")
    return plans


def _batches(rows):
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _writes(run):
    return run.stage == ImportRun.Stage.TO_IMPORT


def _wait_for_other_imports():
    """Let two imports take turns, so that both cannot add the same new person."""
    ImportRun.objects.select_for_update().order_by("pk").first()


def _import(batch, survey, run):
    """Write a batch; where the database refuses it, row by row, so that one stops no other."""
    try:
        with transaction.atomic():
            return _write(batch, survey, run)
    except (IntegrityError, DataError):
        return [_write_one(row, survey, run) for row in batch]


def _write_one(row, survey, run):
    try:
        with transaction.atomic():
            return _write([row], survey, run)[0]
    except (IntegrityError, DataError):
        reason = _("The database refused this row. Import the file again, or correct the row.")
        return Plan(row.number, Outcome.REFUSED, reason=reason)


def _write(batch, survey, run):
    by, source = run.by, run.source
    plans = plans_for(batch, survey, by=by, lock=True)
    add_records(
        [plan.record for plan in plans if plan.outcome == Outcome.NEW], by=by, source=source
    )
    changed = [plan for plan in plans if plan.outcome == Outcome.CHANGED]
    FormerSevisId.objects.bulk_create(
        FormerSevisId(record=plan.record, sevis_id=before, until=timezone.localdate())
        for plan in changed
        if (before := plan.changes.get("sevis_id", ("",))[0])
    )
    change_records([(plan.record, plan.changes) for plan in changed], by=by, source=source)
    for plan in plans:
        if plan.invites:
            plan.column, plan.reason = _invite(plan.record, by)
    return plans


def _invite(record, by):
    """Invite an admitted student whose deposit has come; return what the report says of it."""
    try:
        with transaction.atomic():
            invite_person(record, by=by, occasion=f"deposit:{record.pk}")
    except CannotInvite as problem:
        return "email", _("Not invited. %(reason)s") % {"reason": problem}
    return "", _("Invited to the portal.")


def _keep(run, plans):
    ImportRow.objects.bulk_create(plan.report(run) for plan in plans)
    counts = Counter(plan.outcome for plan in plans)
    more = {outcome.value: F(outcome.value) + counts[outcome] for outcome in counts}
    _note(run, **more)


def _end(run, stage, problem=""):
    _note(run, stage=stage, problem=problem, ended_at=timezone.now(), claimed_until=None)
    run.refresh_from_db()


def _note(run, **values):
    ImportRun.objects.filter(pk=run.pk).update(**values)

"""The only way a record changes: validated, audited, in one transaction."""

from django.db import transaction
from django.db.models import DateField
from django.utils import timezone

from .choices import EmploymentStatus
from .filing import file_again
from .groups import CHANGEABLE_FIELDS
from .models import (
    Dependent,
    EmploymentAuthorization,
    IssuedForm,
    RecordChange,
    ReportedAddress,
    ReportedJob,
    StudentRecord,
)


@transaction.atomic
def change_record(record, changes: dict, *, by, source: str) -> list[RecordChange]:
    """Set fields of a record and note each real change with who said so.

    Raises ``ValueError`` for a field nobody may set, ``ValidationError`` for a value that cannot
    be right; then nothing is changed.
    """
    if foreign := set(changes) - CHANGEABLE_FIELDS:
        raise ValueError(f"Not a changeable field of the record: {', '.join(sorted(foreign))}")
    locked = StudentRecord.objects.select_for_update().get(pk=record.pk)
    differences = {}
    for name, value in changes.items():
        before = getattr(locked, name)
        setattr(locked, name, None if value == "" and _is_nullable(name) else value)
        differences[name] = before
    locked.clean_fields(exclude=[f.name for f in locked._meta.fields if f.name not in changes])
    locked.validate_unique()
    locked.validate_constraints()
    changed = {name: old for name, old in differences.items() if getattr(locked, name) != old}
    if not changed:
        return []
    locked.save(update_fields=[*changed, *file_again(locked, changed), "updated_at"])
    for name in [*changed, "updated_at"]:
        setattr(record, name, getattr(locked, name))
    return RecordChange.objects.bulk_create(
        RecordChange(
            record=record,
            field=name,
            old=_readable(old),
            new=_readable(getattr(locked, name)),
            by=by,
            source=source,
        )
        for name, old in changed.items()
    )


@transaction.atomic
def add_records(records, *, by, source: str):
    """Add many people at once, each with the note who brought them; the values are clean already.

    A record without a user is fine: whoever is invited later finds it.
    """
    today = timezone.localdate()
    for record in records:
        record.source, record.source_as_of = source, today
    StudentRecord.objects.bulk_create(records)
    RecordChange.objects.bulk_create(
        RecordChange(
            record=record, field="studentrecord", new=record.full_name, by=by, source=source
        )
        for record in records
    )


@transaction.atomic
def change_records(changed, *, by, source: str):
    """Save many records at once and note each change, for what brings thousands.

    ``changed`` holds (record, {field: (before, after)}); the caller has locked the records, set
    the values and cleaned them.
    """
    fields = {name for _record, changes in changed for name in changes}
    if foreign := fields - CHANGEABLE_FIELDS:
        raise ValueError(f"Not a changeable field of the record: {', '.join(sorted(foreign))}")
    now = timezone.now()
    filed = set()
    for record, _changes in changed:
        record.updated_at = now
        filed.update(file_again(record, fields))
    if fields:
        StudentRecord.objects.bulk_update(
            [record for record, _changes in changed],
            [*sorted(fields), *sorted(filed), "updated_at"],
        )
    RecordChange.objects.bulk_create(
        RecordChange(
            record=record,
            field=name,
            old=_readable(before),
            new=_readable(after),
            by=by,
            source=source,
        )
        for record, changes in changed
        for name, (before, after) in changes.items()
    )


@transaction.atomic
def add_to_record(record, model, fields: dict, *, by, source: str, reference: str = ""):
    """Add one row around a record (work, a dependent, an issued form ...) and note who did.

    The same ``reference`` adds it once: a repeated call returns the row there is. Raises
    ``ValidationError`` for values that cannot be right; then nothing is added.
    """
    StudentRecord.objects.select_for_update().get(pk=record.pk)
    row = model(record=record, **fields)
    if reference:
        row.reference = reference
        same = {name: getattr(row, name) for name in ("reference", *_told_apart_by(model))}
        existing = model.objects.filter(record=record, **same).first()
        if existing is not None:
            return existing
    row.full_clean()
    row.save()
    RecordChange.objects.create(
        record=record, field=model._meta.model_name, new=str(row), by=by, source=source
    )
    return row


def _told_apart_by(model):
    """Return what tells rows of one request apart: a request may add several of some kinds."""
    return {
        Dependent: ("family_name", "given_name", "birth_date"),
        EmploymentAuthorization: ("start",),
        IssuedForm: ("dependent_id",),
        ReportedAddress: ("kind",),
    }.get(model, ())


def authorize_employment(
    record, *, by, source, reference="", address=None, **fields
) -> EmploymentAuthorization:
    """Add authorized work to a record; the same request and start twice add it once.

    ``address`` has the keys line1, line2, city, state and postal_code; without another word it
    counts at the record's present education level.
    """
    fields = {"education_level": record.education_level} | fields
    fields |= {f"address_{part}": value for part, value in (address or {}).items()}
    return add_to_record(
        record, EmploymentAuthorization, fields, by=by, source=source, reference=reference
    )


@transaction.atomic
def report_job(
    work, fields: dict, *, by, source: str, reference: str = "", like=None
) -> ReportedJob:
    """Add a job under an authorization and note it; the same request twice adds it once.

    ``like`` is an earlier row whose other columns the new one repeats.
    """
    StudentRecord.objects.select_for_update().get(pk=work.record_id)
    existing = reference and work.jobs.filter(reference=reference).first()
    if existing:
        return existing
    repeated = {
        field.name: getattr(like, field.name)
        for field in ReportedJob._meta.concrete_fields
        if like is not None and field.name not in ("id", "authorization", "reference")
    }
    job = ReportedJob(authorization=work, **repeated | fields | {"reference": reference})
    job.full_clean()
    job.save()
    RecordChange.objects.create(
        record=work.record, field="reportedjob", new=str(job), by=by, source=source
    )
    return job


@transaction.atomic
def cut_work(record, last_day, *, by, source: str, kinds=()) -> int:
    """End every authorization on ``last_day`` at the latest; return how many were changed.

    With ``kinds`` only those of these kinds.

    What would begin later is canceled. A SEVIS release ends work permission, 8 CFR 214.2(f)(8).
    """
    StudentRecord.objects.select_for_update().get(pk=record.pk)
    in_force = (EmploymentStatus.APPROVED, EmploymentStatus.PENDING, EmploymentStatus.REQUESTED)
    changed = 0
    running = record.employments.filter(end__gt=last_day, status__in=in_force)
    if kinds:
        running = running.filter(kind__in=kinds)
    for work in running:
        before = str(work)
        if work.start > last_day:
            work.status = EmploymentStatus.CANCELED
        else:
            work.end = last_day
        work.save(update_fields=["status", "end"])
        RecordChange.objects.create(
            record=record,
            field="employmentauthorization",
            old=before,
            new=f"{work}, {work.get_status_display()}",
            by=by,
            source=source,
        )
        changed += 1
    return changed


@transaction.atomic
def change_row(row, changes: dict, *, by, source: str) -> list[RecordChange]:
    """Set columns of one row around a record and note the change in words, where there is one.

    Raises ``ValidationError`` for a value that cannot be right; then nothing is changed.
    """
    StudentRecord.objects.select_for_update().get(pk=row.record_id)
    before = {name: getattr(row, name) for name in changes}
    called = str(row)
    for name, value in changes.items():
        setattr(row, name, value)
    changed = [name for name in changes if getattr(row, name) != before[name]]
    if not changed:
        return []
    row.clean_fields(exclude=[f.name for f in row._meta.fields if f.name not in changes])
    row.validate_unique()
    row.validate_constraints()
    row.save(update_fields=changed)
    old, new = (
        ", ".join(
            f"{row._meta.get_field(name).verbose_name}: {_in_words(values[name])}"
            for name in changed
        )
        for values in (before, changes)
    )
    return [
        RecordChange.objects.create(
            record=row.record,
            field=row._meta.model_name,
            old=f"{called}; {old}",
            new=f"{called}; {new}",
            by=by,
            source=source,
        )
    ]


def _in_words(value):
    return _readable(value) or "–"


@transaction.atomic
def change_dependents(record, ids, changes: dict, *, by, source: str) -> int:
    """Set columns of dependents on this record and note each real change; return how many."""
    StudentRecord.objects.select_for_update().get(pk=record.pk)
    changed = 0
    for dependent in record.dependents.filter(pk__in=ids):
        before = {name: getattr(dependent, name) for name in changes}
        if before == changes:
            continue
        for name, value in changes.items():
            setattr(dependent, name, value)
        dependent.full_clean()
        dependent.save(update_fields=list(changes))
        RecordChange.objects.create(
            record=record,
            field="dependent",
            old=f"{dependent}: {_listed(before)}",
            new=f"{dependent}: {_listed(changes)}",
            by=by,
            source=source,
        )
        changed += 1
    return changed


def _listed(values):
    return ", ".join(f"{name} {_readable(value)}".strip() for name, value in values.items())


@transaction.atomic
def lift_hold(record, kind: str, lifted_on, *, by, source: str) -> bool:
    """Lift the open hold of one kind; return whether there was one."""
    # The record first, as everybody does: two in the other order would wait for each other.
    StudentRecord.objects.select_for_update().get(pk=record.pk)
    hold = record.holds.select_for_update().filter(kind=kind, lifted_on__isnull=True).first()
    if hold is None:
        return False
    hold.lifted_on = lifted_on
    hold.save(update_fields=["lifted_on"])
    RecordChange.objects.create(record=record, field="hold", old=str(hold), by=by, source=source)
    return True


def _is_nullable(name):
    field = StudentRecord._meta.get_field(name)
    return field.null or isinstance(field, DateField)


def _readable(value):
    return "" if value is None else str(value)

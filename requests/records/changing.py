"""The only way a record changes: validated, audited, in one transaction."""

from django.db import transaction
from django.db.models import DateField
from django.utils.translation import gettext as _

from .choices import EmploymentStatus
from .groups import CHANGEABLE_FIELDS
from .models import EmploymentAuthorization, RecordChange, StudentRecord


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
    locked.save(update_fields=[*changed, "updated_at"])
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
def authorize_employment(
    record,
    *,
    kind,
    start,
    end,
    by,
    source,
    employer="",
    address=None,
    full_time=True,
    reference="",
    status=EmploymentStatus.APPROVED,
) -> EmploymentAuthorization:
    """Add authorized work to a record; the same request and start twice add it once.

    ``address`` has the keys line1, line2, city, state and postal_code.
    """
    StudentRecord.objects.select_for_update().get(pk=record.pk)
    if reference:
        existing = record.employments.filter(reference=reference, start=start).first()
        if existing is not None:
            return existing
    employment = EmploymentAuthorization(
        record=record,
        kind=kind,
        status=status,
        employer=employer,
        start=start,
        end=end,
        full_time=full_time,
        education_level=record.education_level,
        reference=reference,
        **{f"address_{part}": value for part, value in (address or {}).items()},
    )
    employment.full_clean()
    employment.save()
    hours = _("full-time") if full_time else _("part-time")
    RecordChange.objects.create(
        record=record,
        field="employment",
        new=f"{kind}, {employer}, {start} – {end}, {hours}",
        by=by,
        source=source,
    )
    return employment


def _is_nullable(name):
    field = StudentRecord._meta.get_field(name)
    return field.null or isinstance(field, DateField)


def _readable(value):
    return "" if value is None else str(value)

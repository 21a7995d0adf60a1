"""From the record in the database to what the rules, the forms and the screens read."""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Value
from django.utils import timezone

from .choices import EmploymentKind, EmploymentStatus
from .facts import RecordFacts, days_covered
from .groups import ADDRESS_PARTS, FACT_GROUPS
from .models import RecordChange, StudentRecord

_PLAIN_FIELDS = {field.name for field in fields(RecordFacts)} & {
    field.name for field in StudentRecord._meta.concrete_fields
}


@dataclass(frozen=True)
class FactSource:
    """Where a group of facts comes from, and how old it is."""

    source: str
    as_of: date


def facts_for(record: StudentRecord) -> RecordFacts:
    """Read everything the rules need about one person, in one query."""
    work, family = _work_and_family(record)
    plain = {name: getattr(record, name) for name in _PLAIN_FIELDS}
    plain["sevis_id"] = record.sevis_id or ""
    return RecordFacts(
        **plain,
        full_name=record.full_name,
        **{prefix: _parts(record, prefix, parts) for prefix, parts in ADDRESS_PARTS.items()},
        **_cpt_days(work, record.education_level),
        dependents=tuple(
            (pk, f"{given} {family_name}".strip()) for pk, given, family_name in family
        ),
    )


def fact_sources(record: StudentRecord) -> dict[str, FactSource]:
    """Tell for each group of facts who said so last, in one query."""
    known = FactSource(record.source, record.source_as_of)
    sources = dict.fromkeys(FACT_GROUPS, known)
    for field, source, at in (
        RecordChange.objects.filter(record=record)
        .order_by("at", "pk")
        .values_list("field", "source", "at")
    ):
        for group, names in FACT_GROUPS.items():
            if field in names:
                sources[group] = FactSource(source, timezone.localdate(at))
    return sources


def _parts(record, prefix, parts):
    return {part: getattr(record, f"{prefix}_{part}") for part in parts}


def _work_and_family(record):
    """Return the authorized CPT and the dependents of a person, read together.

    Every page of the portal needs both, so two lists of the same shape make one query.
    """
    work = record.employments.filter(
        kind=EmploymentKind.CPT, status=EmploymentStatus.APPROVED
    ).values_list(Value(True), "pk", "start", "end", "full_time", "education_level", Value(""))
    family = record.dependents.values_list(
        Value(False), "pk", "birth_date", "birth_date", Value(False), "given_name", "family_name"
    )
    rows = sorted(work.order_by().union(family.order_by(), all=True), key=lambda row: row[1])
    return (
        [
            (start, end, full, level)
            for is_work, _pk, start, end, full, level, _n in rows
            if is_work
        ],
        [(pk, given, name) for is_work, pk, _s, _e, _f, given, name in rows if not is_work],
    )


def _cpt_days(work, level):
    spans = {True: [], False: []}
    for start, end, full_time, at_level in work:
        if at_level in ("", level):
            spans[full_time].append((start, end))
    return {
        "cpt_full_time_days": days_covered(spans[True]),
        "cpt_part_time_days": days_covered(spans[False]),
    }

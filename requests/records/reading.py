"""From the record in the database to what the rules, the forms and the screens read."""

from dataclasses import dataclass, fields
from datetime import date

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
    """Read everything the rules need about one person, in two queries."""
    plain = {name: getattr(record, name) for name in _PLAIN_FIELDS}
    plain["sevis_id"] = record.sevis_id or ""
    return RecordFacts(
        **plain,
        full_name=record.full_name,
        **{prefix: _parts(record, prefix, parts) for prefix, parts in ADDRESS_PARTS.items()},
        **_cpt_days(record),
        dependents=tuple((person.pk, str(person)) for person in record.dependents.all()),
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


def _cpt_days(record):
    spans = {True: [], False: []}
    for work in record.employments.all():
        if (
            work.kind == EmploymentKind.CPT
            and work.status == EmploymentStatus.APPROVED
            and work.education_level in ("", record.education_level)
        ):
            spans[work.full_time].append((work.start, work.end))
    return {
        "cpt_full_time_days": days_covered(spans[True]),
        "cpt_part_time_days": days_covered(spans[False]),
    }

"""From the record in the database to what the rules, the forms and the screens read."""

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache, reduce
from operator import add

from django.db import connection
from django.db.models import BooleanField, DateField, ExpressionWrapper, F, Q, Value
from django.utils import timezone

from .facts import (
    Appointment,
    FamilyMember,
    Funding,
    Job,
    RecordFacts,
    ReducedLoad,
    Site,
    Stay,
    StemReport,
    Work,
)
from .groups import ADDRESS_PARTS, FACT_GROUPS, ROW_GROUPS
from .models import (
    Dependent,
    EmploymentAuthorization,
    ExchangeStay,
    FundingStatement,
    Hold,
    RecordChange,
    ReducedCourseLoad,
    ReportedJob,
    ScholarDetails,
    SiteOfActivity,
    StemValidation,
    StudentRecord,
)
from .models.money import MEANS

PLAIN_FIELDS = {field.name for field in fields(RecordFacts)} & {
    field.name for field in StudentRecord._meta.concrete_fields
}


@dataclass(frozen=True)
class FactSource:
    """Where a group of facts comes from, and how old it is."""

    source: str
    as_of: date


def facts_for(record: StudentRecord) -> RecordFacts:
    """Read everything the rules need about one person, in one query."""
    return facts_of_all([record])[record.pk]


def facts_of_all(records) -> dict[int, RecordFacts]:
    """Read the same about many people at once, still in one query; by primary key."""
    keys = {record.pk for record in records}
    around = rows_around(keys)
    return {record.pk: facts_from(record, around[record.pk]) for record in records}


def facts_from(record, rows) -> RecordFacts:
    """Return the facts of one person, given what ``rows_around`` found."""
    plain = {name: getattr(record, name) for name in PLAIN_FIELDS}
    plain["sevis_id"] = record.sevis_id or ""
    return RecordFacts(
        **plain,
        full_name=record.full_name,
        **{prefix: _parts(record, prefix, parts) for prefix, parts in ADDRESS_PARTS.items()},
        **_as_facts(rows),
    )


def fact_sources(record: StudentRecord) -> dict[str, FactSource]:
    """Tell for each group of facts who said so last, in one query."""
    known = FactSource(record.source, record.source_as_of)
    groups = FACT_GROUPS | ROW_GROUPS
    sources = dict.fromkeys(groups, known)
    for field, source, at in (
        RecordChange.objects.filter(record=record)
        .order_by("at", "pk")
        .values_list("field", "source", "at")
    ):
        for group, names in groups.items():
            if field in names:
                sources[group] = FactSource(source, timezone.localdate(at))
    return sources


def _parts(record, prefix, parts):
    return {part: getattr(record, f"{prefix}_{part}") for part in parts}


def rows_around(keys):
    """Return what stands around records, read together: work, jobs, reports, dependents and more.

    Every page of the portal needs all of them, so eight lists of the same shape make one query:
    (record, what, id, day, day, two times yes or no, two whole numbers, words ...).
    """
    keys = list(keys)
    whats = ("work", "job", "report", "family", "hold", "load", "funding", "stay", "site", "host")
    found = {key: {what: [] for what in whats} for key in keys}
    for key, what, *row in sorted(_rows(keys), key=lambda row: row[2]):
        found[key][what].append(row)
    return found


def _rows(keys):
    if not keys:
        return
    statement, given = _statement(len(keys))
    with connection.cursor() as cursor:
        cursor.execute(statement, [keys[each] if _stands_for_key(each) else each for each in given])
        rows = cursor.fetchall()
    for key, what, pk, start, end, one, other, *rest in rows:
        yield key, what, pk, _day(start), _day(end), bool(one), bool(other), *rest


def _stands_for_key(parameter):
    return type(parameter) is int and parameter < 0


def _day(value):
    """Return a day as a date: SQLite keeps it as words."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@lru_cache(maxsize=100)
def _statement(count):
    """Return SQL and parameters for so many records, where -1 stands for the last key.

    It is kept, for Django takes many times as long to write it as a database to answer it.
    """
    keys = range(-count, 0)
    no_day, no_words, no, none = Value(None, DateField()), Value(""), Value(False), Value(0)
    is_evaluated = ExpressionWrapper(Q(evaluated_on__isnull=False), BooleanField())
    lists = (
        EmploymentAuthorization.objects.filter(record__in=keys).values_list(
            "record_id", Value("work"), "pk", "start", "end", "full_time", no, none, none,
            "kind", "status", "completion", "education_level", "employer", "reference",
        ),
        ReportedJob.objects.filter(authorization__record__in=keys).values_list(
            "authorization__record_id", Value("job"), "pk", "start", "end", "is_paid",
            "is_self_employed", "hours_per_week", "authorization_id", "employer",
            "address_line1", "address_city", "address_state", "address_postal_code", "job_title",
        ),
        StemValidation.objects.filter(authorization__record__in=keys).values_list(
            "authorization__record_id", Value("report"), "pk", "due_on", "done_on", is_evaluated,
            no, "months", "authorization_id", *[no_words] * 6,
        ),
        Dependent.objects.filter(record__in=keys, ended_on__isnull=True).values_list(
            "record_id", Value("family"), "pk", "birth_date", no_day, "is_in_the_us", no, none,
            none, "given_name", "family_name", "relation", "sevis_id", *[no_words] * 2,
        ),
        Hold.objects.filter(record__in=keys, lifted_on__isnull=True).values_list(
            "record_id", Value("hold"), "pk", "placed_on", no_day, no, no, none, none,
            "kind", *[no_words] * 5,
        ),
        ReducedCourseLoad.objects.filter(
            record__in=keys, status=ReducedCourseLoad.Status.AUTHORIZED
        ).values_list(
            "record_id", Value("load"), "pk", "start", "end", no, no, none, none,
            "reason", "education_level", *[no_words] * 4,
        ),
        FundingStatement.objects.filter(record__in=keys).values_list(
            "record_id", Value("funding"), "pk", "as_of", no_day, no, no, "months",
            reduce(add, map(F, MEANS)), *[no_words] * 6,
        ),
        ExchangeStay.objects.filter(record__in=keys).values_list(
            "record_id", Value("stay"), "pk", "start", "end", no, no, none, none,
            "category", "visa_class", "sponsor", "sevis_id", *[no_words] * 2,
        ),
        SiteOfActivity.objects.filter(record__in=keys, ended_on__isnull=True).values_list(
            "record_id", Value("site"), "pk", no_day, no_day, "is_primary", no, none, none,
            "name", "line1", "line2", "city", "state", "postal_code",
        ),
        ScholarDetails.objects.filter(record__in=keys).values_list(
            "record_id", Value("host"), "pk", "departed_on", "waiver_recommended_on",
            "is_employee", no, none, none, "position", "host_name", "host_email", *[no_words] * 3,
        ),
    )  # fmt: skip
    first, *others = (each.order_by() for each in lists)
    return first.union(*others, all=True).query.sql_with_params()


def _as_facts(found):
    """Return the rows around one record in the words of the rules."""
    work = [
        Work(pk, kind, status, completion, start, end, full_time, level, employer, reference)
        for pk, start, end, full_time, _b, _n, _m, kind, status, completion, level, employer,
        reference in found["work"]
    ]  # fmt: skip
    jobs = [
        Job(belongs_to, start, end, hours, *words, is_paid, is_self_employed, pk)
        for pk, start, end, is_paid, is_self_employed, hours, belongs_to, *words in found["job"]
    ]
    return {
        "employments": tuple(sorted(work, key=lambda each: each.start)),
        "jobs": tuple(sorted(jobs, key=lambda each: each.start)),
        "stem_reports": tuple(
            sorted(
                (
                    StemReport(belongs_to, months, due, done, is_evaluated)
                    for _p, due, done, is_evaluated, _b, months, belongs_to, *_w in found["report"]
                ),
                key=lambda each: each.due_on,
            )
        ),
        "dependents": tuple(
            FamilyMember(pk, f"{given} {family}".strip(), relation, born, sevis_id, is_here)
            for pk, born, _e, is_here, _b, _n, _m, given, family, relation, sevis_id, *_rest
            in found["family"]
        ),
        "holds": tuple(kind for _p, _s, _e, _a, _b, _n, _m, kind, *_rest in found["hold"]),
        "reduced_loads": tuple(
            sorted(
                (
                    ReducedLoad(reason, start, end, level)
                    for _p, start, end, _a, _b, _n, _m, reason, level, *_rest in found["load"]
                ),
                key=lambda each: each.start,
            )
        ),
        "exchange_stays": tuple(
            sorted(
                (
                    Stay(category, start, end, visa_class or "J-1", sponsor, sevis_id, pk)
                    for pk, start, end, _a, _b, _n, _m, category, visa_class, sponsor, sevis_id,
                    *_rest in found["stay"]
                ),
                key=lambda each: each.start,
            )
        ),
        "sites": tuple(
            sorted(
                (
                    Site(pk, *words, is_primary)
                    for pk, _s, _e, is_primary, _b, _n, _m, *words in found["site"]
                ),
                key=lambda each: not each.is_primary,
            )
        ),
        "appointment": next(
            (
                Appointment(position, host, email, is_employee, departed, waiver)
                for _pk, departed, waiver, is_employee, _b, _n, _m, position, host, email,
                *_rest in found["host"]
            ),
            None,
        ),
        "funding": max(
            (
                Funding(as_of, months or 0, total)
                for _pk, as_of, _e, _f, _g, months, total, *_rest in found["funding"]
            ),
            key=lambda each: each.as_of,
            default=None,
        ),
    }  # fmt: skip

"""What records said on an earlier day, as far as their history and the days on their rows tell."""

from collections import defaultdict
from copy import copy
from dataclasses import replace

from django.db.models import F
from django.utils import timezone

from .facts import FamilyMember
from .models import (
    Dependent,
    EmploymentAuthorization,
    FundingStatement,
    Hold,
    RecordChange,
    ReducedCourseLoad,
    ReportedJob,
    StudentRecord,
)
from .reading import facts_from, rows_around

# By the names of `rows_around`: the rows whose arrival the history notes, and whose they are.
ARRIVING = {
    "work": (EmploymentAuthorization, "record"),
    "job": (ReportedJob, "authorization__record"),
    "family": (Dependent, "record"),
    "load": (ReducedCourseLoad, "record"),
    "funding": (FundingStatement, "record"),
}
_FIELDS = {field.name: field for field in StudentRecord._meta.concrete_fields}


class Past:
    """Some records as they were at moments since ``since``, in the same queries however many ask.

    Fields of the record go back to their values, and rows that came later are left out; holds,
    dependents who left, funding and reports go by the days they bear. What else was corrected in
    a row, say the end of a work permission, the history tells in a sentence only: it stays as now.
    """

    def __init__(self, records, since):
        keys, day = {record.pk for record in records}, timezone.localdate(since)
        self._around = rows_around(keys)
        self._changes, notes = defaultdict(list), defaultdict(list)
        noted = RecordChange.objects.filter(record__in=keys, at__gt=since)
        # The newest first, so that the oldest change after a moment has the last word.
        for change in noted.order_by("-at", "-pk"):
            if change.field in _FIELDS:
                self._changes[change.record_id].append(change)
            elif not change.old:
                notes[change.record_id, change.field].append(change)
        self._arrived = {what: _arrivals(what, keys, notes) for what in ARRIVING}
        self._lifted, self._left = defaultdict(list), defaultdict(list)
        for hold in Hold.objects.filter(record__in=keys, lifted_on__gt=day):
            self._lifted[hold.record_id].append(hold)
        for person in Dependent.objects.filter(record__in=keys, ended_on__gt=day):
            self._left[person.record_id].append(person)

    def facts(self, record, at, without=""):
        """Return the facts of one of the records at a moment.

        ``without`` is the reference of a request whose own rows are left out. Raises
        ``ValidationError`` where the history holds a value that cannot be read.
        """
        then, day = copy(record), timezone.localdate(at)
        for change in self._changes[record.pk]:
            if change.at > at:
                setattr(then, change.field, _value(change.field, change.old))
        facts = facts_from(then, self._rows(record.pk, at, day, without))
        lifted = (
            each.kind for each in self._lifted[record.pk] if each.placed_on <= day < each.lifted_on
        )
        left = (
            _family_member(each)
            for each in self._left[record.pk]
            if each.ended_on > day and self._was_there("family", each.pk, at, without)
        )
        return replace(facts, holds=(*facts.holds, *lifted), dependents=(*facts.dependents, *left))

    def _rows(self, key, at, day, without):
        rows = dict(self._around[key])
        for what in ARRIVING:
            rows[what] = [row for row in rows[what] if self._was_there(what, row[0], at, without)]
        for what in ("hold", "funding"):
            rows[what] = [row for row in rows[what] if row[1] <= day]
        work = {row[0] for row in rows["work"]}
        for what in ("job", "report"):
            rows[what] = [row for row in rows[what] if row[6] in work]
        for number, (pk, due, done, *rest) in enumerate(rows["report"]):
            if done and done > day:
                rows["report"][number] = (pk, due, None, *rest)
        return rows

    def _was_there(self, what, pk, at, without):
        reference, arrived_at = self._arrived[what].get(pk, ("", None))
        is_own = bool(without) and reference == without
        return not is_own and (arrived_at is None or arrived_at <= at)


def _arrivals(what, keys, notes):
    """Return by key the reference of each row of a kind, and when it came where that is noted."""
    model, owner = ARRIVING[what]
    rows = model.objects.filter(**{f"{owner}__in": keys}).annotate(owner=F(owner))
    found = {}
    for row in rows:
        about = (
            change.at
            for change in notes[row.owner, model._meta.model_name]
            if _tells_of(change, row)
        )
        found[row.pk] = (row.reference, next(about, None))
    return found


def _tells_of(change, row):
    """Tell whether a note of an arrival is about this row, whatever was corrected in it since."""
    if row.reference:
        return change.source.endswith(row.reference)
    return change.new == str(row)


def _family_member(dependent):
    return FamilyMember(
        dependent.pk,
        str(dependent),
        dependent.relation,
        dependent.birth_date,
        dependent.sevis_id,
        dependent.is_in_the_us,
    )


def _value(name, words):
    field = _FIELDS[name]
    return None if words == "" and field.null else field.to_python(words)

"""Reads for the list of visiting scholars: who they are, what binds them, what is due of whom."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from isso.requests.records.choices import Stage
from isso.requests.records.facts import Stay
from isso.requests.records.models import ExchangeStay, StudentRecord

from .models import StudentRequest
from .scholar_watch import (
    Due,
    Scholar,
    ScholarProgress,
    bars_of_scholar,
    dues_of,
    limit_of,
    months_of,
    progress_of,
)

FAR = date.max
# Column of the record → its name among the facts.
_FACTS = {
    "stage": "stage",
    "visa_class": "visa_class",
    "exchange_category": "exchange_category",
    "sevis_status": "sevis_status",
    "program_start": "program_start",
    "program_end": "program_end",
    "insurance_end": "insurance_end",
    "scholar__compliance_on": "vetted_on",
    "scholar__vetted_until": "vetted_until",
    "scholar__departed_on": "departed_on",
}
_BARS = {"scholar__barred_12_months_until": 12, "scholar__barred_24_months_until": 24}
_COLUMNS = ("pk", "family_name", *_FACTS, *_BARS)


class ScholarRow(NamedTuple):
    """One scholar as the list needs him."""

    key: int
    name: str
    progress: ScholarProgress
    dues: list[Due]
    program_end: date | None
    # The latest possible last day, and (months used, months allowed).
    limit: date | None
    months: tuple | None
    # [(months, last barred day)]
    bars: list

    @property
    def is_late(self):
        """Whether anything is late."""
        return any(due.is_late for due in self.dues)

    @property
    def order(self):
        """Late ones first, then by what comes next."""
        days = [due.on for due in self.dues if due.on]
        return (
            not self.is_late,
            min(days, default=self.program_end or FAR),
            self.name.casefold(),
            self.key,
        )


def scholars_of(user):
    """Return the visiting scholars this member of the office may see; never oneself.

    Those whom a department proposes, too, before anything else is known of them.
    """
    visible = StudentRecord.objects.visible_to(user).exclude(user=user)
    proposed = visible.filter(stage=Stage.PROPOSED)
    return (visible.scholars() | proposed).exclude(stage=Stage.ARCHIVED)


def rows_of(people, today=None):
    """Return what the list shows of these people, late ones first."""
    today = today or timezone.localdate()
    keys, stays = people.order_by().values("pk"), defaultdict(list)
    for stay in ExchangeStay.objects.filter(record__in=keys):
        stays[stay.record_id].append(
            Stay(stay.category, stay.start, stay.end, stay.visa_class or "J-1")
        )
    found = [_row(values, stays, today) for values in people.values(*_COLUMNS)]
    return sorted(found, key=lambda row: row.order)


def _row(values, stays, today):
    scholar = Scholar(
        **{name: values[column] for column, name in _FACTS.items()},
        noted_bars=tuple((months, values[column]) for column, months in _BARS.items()),
        exchange_stays=tuple(stays.get(values["pk"], ())),
    )
    return ScholarRow(
        values["pk"],
        values["family_name"],
        progress_of(scholar),
        dues_of(scholar, today),
        scholar.program_end,
        limit_of(scholar),
        months_of(scholar, today),
        bars_of_scholar(scholar, today),
    )


def departments_requests(user, keys):
    """Return by scholar the open requests of departments; drafts are the department's alone."""
    found = defaultdict(list)
    requests = StudentRequest.objects.visible_to(user).open().exclude(department="")
    for each in requests.filter(student__in=keys).order_by("submitted_at"):
        found[each.student_id].append(each)
    return found

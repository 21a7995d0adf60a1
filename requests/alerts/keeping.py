"""The worker's pass over the records: finds alerts, raises their steps, notes what is cured.

Every record is looked at once on each local date, a changed one within seconds. The same record
looked at twice, or by two workers at once, comes out the same.
"""

import logging

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from isso.requests.records.choices import Stage
from isso.requests.records.models import RecordChange, StudentRecord
from isso.requests.records.reading import facts_of_all

from ..assignment import caseloads, own_advisor
from ..models import Alert, AlertPass
from ..models.policy import policies_in_force
from .kind import Situation
from .kinds import KINDS, findings

logger = logging.getLogger(__name__)

AT_ONCE = 500
# Changes get their numbers before they are there for all to see: look some way back each time.
LOOK_BACK = 200
KEPT = ("step", "severity", "day", "detail", "cure", "advisor_id")
WRITTEN = ("step", "severity", "day", "detail", "cure", "advisor", "step_since", "mailed_step",
           "cured_at")  # fmt: skip


def keep_alerts(today=None) -> int:
    """Look at every record on a new date, else at those that have changed; return the changes."""
    today = today or timezone.localdate()
    done, _created = AlertPass.objects.get_or_create(pk=1)
    newest = RecordChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
    is_new_date = done.day is None or done.day < today
    if not is_new_date and newest == done.change_reached:
        return 0
    if is_new_date:
        changed = look_at_all(today)
    else:
        since = min(done.change_reached, newest) - LOOK_BACK
        keys = RecordChange.objects.filter(pk__gt=since).order_by().values("record").distinct()
        changed = look_at_all(today, StudentRecord.objects.filter(pk__in=keys))
    AlertPass.objects.filter(pk=done.pk).update(day=today, change_reached=newest)
    return changed


def look_at_all(today, records=None) -> int:
    """Look at these records, some at a time; return how many alerts came, moved or went."""
    records = StudentRecord.objects.all() if records is None else records
    gone = (Stage.ARCHIVED, Stage.PROPOSED)
    over = Alert.objects.open().filter(record__in=records.filter(stage__in=gone).values("pk"))
    changed = over.update(cured_at=timezone.now())
    look = _Look(today)
    people, reached = records.exclude(stage__in=gone).select_related("advisor").order_by("pk"), 0
    while some := list(people.filter(pk__gt=reached)[:AT_ONCE]):
        changed += look.at(some)
        reached = some[-1].pk
    return changed


class _Look:
    """One look at records: what is the same for all of them is read once."""

    def __init__(self, today):
        self.today, self.now = today, timezone.now()
        self.policies, self.rules = policies_in_force(), caseloads()

    @transaction.atomic
    def at(self, records):
        """Find the alerts of these people and write what differs from what is kept."""
        # Whoever comes second waits here, and then finds nothing to write.
        kept = {
            (row.record_id, row.kind, row.about): row
            for row in Alert.objects.select_for_update()
            .filter(record__in=[record.pk for record in records])
            .order_by("pk")
        }
        facts, new, moved = facts_of_all(records), [], []
        for record in records:
            found = self._found(record, facts[record.pk])
            if found is None:
                # What cannot be judged stays as it is.
                kept = {key: row for key, row in kept.items() if key[0] != record.pk}
                continue
            advisor = self._advisor_of(record) if found else None
            for (kind, about), each in found.items():
                row = kept.pop((record.pk, kind, about), None)
                if row is None:
                    new.append(self._new(record, kind, each, advisor))
                elif self._moves(row, each, advisor):
                    moved.append(row)
        for row in kept.values():
            if row.cured_at is None:
                row.cured_at = self.now
                moved.append(row)
        Alert.objects.bulk_create(new, ignore_conflicts=True)
        if moved:
            Alert.objects.bulk_update(moved, WRITTEN, batch_size=AT_ONCE)
        return len(new) + len(moved)

    def _found(self, record, facts):
        try:
            return findings(Situation(facts, self.today, self.policies))
        except DatabaseError:
            raise
        except Exception as error:
            # One record with a mistake stops nobody's alerts; of the error its kind alone.
            logger.error("Alerts of record %s: %s.", record.pk, type(error).__name__)
            return None

    def _advisor_of(self, record):
        advisor = own_advisor(record, self.rules)
        return advisor.pk if advisor else None

    def _new(self, record, kind, found, advisor):
        return Alert(
            record=record,
            kind=kind,
            advisor_id=advisor,
            first_seen=self.now,
            step_since=self.now,
            **found._asdict() | {"day": found.day or self.today},
        )

    def _moves(self, row, found, advisor):
        """Bring a row up to date; tell whether anything of it has changed."""
        values = found._asdict() | {"advisor_id": advisor, "day": found.day or row.day}
        if row.cured_at is None and all(getattr(row, name) == values[name] for name in KEPT):
            return False
        if row.cured_at is not None and KINDS[row.kind].is_news_again:
            row.mailed_step = None
        if row.step != found.step or row.cured_at is not None:
            row.step_since = self.now
        for name in KEPT:
            setattr(row, name, values[name])
        row.cured_at = None
        return True

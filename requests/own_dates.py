"""The days a person notes about the way here: reading the newest, noting new ones."""

from django.db import transaction

from isso.requests.records.models import StudentRecord

from .models import OwnDate


def own_dates_of(record):
    """Return step → day of what this person has noted and not taken back, in one query."""
    newest = dict(record.own_dates.order_by("noted_at", "pk").values_list("step", "day"))
    return {step: day for step, day in newest.items() if day is not None}


@transaction.atomic
def note_own_dates(record, days):
    """Keep what has changed; ``days`` maps steps to a day or None."""
    # Two tabs at once: the second sees what the first has noted.
    locked = StudentRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    noted = own_dates_of(locked)
    OwnDate.objects.bulk_create(
        OwnDate(record=locked, step=step, day=day)
        for step, day in days.items()
        if day != noted.get(step)
    )

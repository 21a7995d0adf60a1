"""The mails about alerts: each step once, and at most one mail a day for one person."""

from collections import defaultdict
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from isso.requests.notices.models import Notice
from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify
from isso.requests.records.choices import Stage

from ..models import Alert
from .kinds import KINDS

KEY = "deadlines"
PEOPLE_AT_ONCE = 100
TELLING = tuple(key for key, kind in KINDS.items() if kind.tells_person)


def mail_alerts(today=None) -> int:
    """Write the mails that are due; return how many."""
    today = today or timezone.localdate()
    by_person = defaultdict(list)
    for person, alert in _due(today).order_by("record_id", "pk").values_list("record_id", "pk"):
        by_person[person].append(alert)
    people, written = list(by_person), 0
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = people[start : start + PEOPLE_AT_ONCE]
        written += _mail({person: by_person[person] for person in some}, today)
    return written


def _due(today):
    """Return the alerts whose present step has not been told, of people with an account."""
    not_told = Q(mailed_step=None) | Q(mailed_step__lt=F("step"))
    return (
        Alert.objects.to_do(today)
        .filter(not_told, kind__in=TELLING, is_under_way=False, record__user__is_active=True)
        .exclude(record__stage=Stage.ARCHIVED)
    )


@transaction.atomic
def _mail(by_person, today):
    """Write one mail for each of these people; whoever had one today is told tomorrow."""
    names = {f"{KEY}:{person}:{today}": person for person in by_person}
    told = Notice.objects.filter(dedupe_key__in=list(names)).values_list("dedupe_key", flat=True)
    for each in told:
        del by_person[names[each]]
    due = (
        # What another worker holds is told by that one.
        _due(today)
        .filter(pk__in=[alert for alerts in by_person.values() for alert in alerts])
        .select_related("record__user")
        .select_for_update(of=("self",), skip_locked=True)
        # By the key: people may share a name.
        .order_by("record_id", "-severity", "day", "pk")
    )
    written = 0
    for record, alerts in groupby(list(due), key=lambda alert: alert.record):
        alerts = list(alerts)
        _tell(record, alerts, today)
        for alert in alerts:
            alert.mailed_step = alert.step
        Alert.objects.bulk_update(alerts, ["mailed_step"])
        written += 1
    return written


def _tell(record, alerts, today):
    name = record.user.get_short_name()
    lines = [
        {
            "title": str(KINDS[alert.kind].title),
            "sentence": KINDS[alert.kind].sentence(alert),
        }
        for alert in alerts
    ]
    notify(
        KEY,
        to=record.user.email,
        name=name,
        dedupe=f"{KEY}:{record.pk}:{today}",
        context=office_context()
        | {"name": name, "items": lines, "first": lines[0]["title"], "others": len(lines) - 1},
        links={"link": ["portal"]},
    )

"""Tells supervisors what is stuck: of all once a day, of what nobody answers for at once."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format

from isso.home.hours import office_calendar
from isso.requests.notices.models import Notice
from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from ..mails import Reader, write_mail
from ..retention.planning import supervisors
from .inbox import Stuck
from .of_requests import waiting_for_nobody

DIGEST, UNASSIGNED = "stuck_digest", "unassigned_alert"


def send_digests(now=None) -> int:
    """Mail each supervisor what is stuck, once on each day of work from its opening on.

    Nobody is mailed where nothing is. Of several workers at once each finds the same mail written.
    """
    now = now or timezone.now()
    if not office_calendar().status(now).is_open:
        return 0
    day = timezone.localdate(now)
    keys = {f"{DIGEST}:{user.pk}:{day}": user for user in supervisors()}
    found = Notice.objects.filter(dedupe_key__in=list(keys))
    written = set(found.values_list("dedupe_key", flat=True))
    return sum(_digest(user, key, day, now) for key, user in keys.items() if key not in written)


def _digest(user, key, day, now):
    stuck = Stuck(user, now=now)
    if not stuck.count():
        return 0
    lines = [f"{source.title}: {number}" for source, number in stuck.by_kind.items()]
    notify(
        DIGEST,
        to=user.email,
        name=user.get_short_name(),
        dedupe=key,
        context=office_context()
        | {
            "name": user.get_short_name(),
            "number": stuck.count(),
            "lines": lines,
            "day": date_format(day, "F j"),
        },
        links={"link": ["failures"]},
        audience="staff",
    )
    return 1


def tell_of_unassigned(now=None) -> int:
    """Mail the supervisors of each request that nobody has answered for in an hour, once."""
    readers = supervisors()
    told = Notice.objects.filter(
        key=UNASSIGNED, about=OuterRef("reference"), created_at__gte=OuterRef("state_since")
    )
    waiting = waiting_for_nobody(now or timezone.now()).filter(~Exists(told))
    rows = list(waiting.select_related("student__user", "current_approval")) if readers else []
    for student_request in rows:
        _alert(student_request, readers)
    return len(rows)


def _alert(student_request, readers):
    # What comes back to nobody is told again.
    occasion = f"{UNASSIGNED}:{student_request.state_since.isoformat()}"
    links = {"link": ["case", student_request.pk]}
    for user in readers:
        reader = Reader(user.email, user.get_short_name(), "staff", links)
        write_mail(UNASSIGNED, student_request, reader, occasion)

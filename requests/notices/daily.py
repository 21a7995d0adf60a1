"""One mail a day instead of single ones, for whoever chose it; what asks for an act never waits.

What waits stays a row of the outbox, so nothing is lost when somebody chooses anew: it leaves at
once, or with the next daily mail whatever is chosen by then.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .asking import may_be_chosen
from .models import Audience, DailyReader, Notice, NoticeState
from .office import office_context

AT_HOUR = 8
KEY = "daily_mail"
# Where a daily mail leads, beside to each thing it tells.
FRONT = {Audience.STUDENT: ["portal"], Audience.STAFF: ["desk_messages"]}


def first_state(key, to, audience):
    """Return where a mail begins: in the line, or held for the daily mail of its reader."""
    may_wait = key != KEY and may_be_chosen(key, audience)
    return NoticeState.HELD if may_wait and is_daily(to) else NoticeState.WAITING


def is_daily(email):
    """Tell whether the person of an account wants one mail a day."""
    readers = DailyReader.objects.filter(user__email__iexact=email, user__is_active=True)
    return readers.exists()


@transaction.atomic
def choose(user, *, daily):
    """Note how somebody wants to be told; what was held leaves at once when nothing waits more."""
    if daily:
        DailyReader.objects.get_or_create(user=user)
        return
    DailyReader.objects.filter(user=user).delete()
    held = Notice.objects.filter(state=NoticeState.HELD, recipient__iexact=user.email)
    held.update(state=NoticeState.WAITING, next_attempt_at=timezone.now())


def write_daily() -> int:
    """Write the daily mails that are due; return how many.

    What came before eight o'clock, office time, goes with that day's mail. Of several workers one
    finds the rows held, and a worker that was away at eight does it when it is back.
    """
    held = Notice.objects.filter(state=NoticeState.HELD, created_at__lt=_last_hour())
    readers = held.order_by().values_list("recipient", "audience").distinct()
    return sum(_write(held, *reader) for reader in list(readers))


def _last_hour():
    now = timezone.localtime()
    hour = now.replace(hour=AT_HOUR, minute=0, second=0, microsecond=0)
    return hour if now >= hour else hour - timedelta(days=1)


@transaction.atomic
def _write(held, recipient, audience):
    of_reader = held.filter(recipient=recipient, audience=audience)
    rows = list(of_reader.select_for_update().order_by("created_at", "pk"))
    if not rows:
        # Another worker wrote it, or what was held has left at once.
        return 0
    daily = Notice.objects.create(
        key=KEY,
        audience=audience,
        recipient=recipient,
        recipient_name=rows[-1].recipient_name,
        context=office_context() | {"number": len(rows)},
        links={"link": FRONT[Audience(audience)]},
        # Each row leaves once, so its first one names a daily mail.
        dedupe_key=f"{KEY}:{rows[0].pk}",
    )
    pks = [each.pk for each in rows]
    Notice.objects.filter(pk__in=pks).update(state=NoticeState.BUNDLED, daily_mail=daily)
    return 1

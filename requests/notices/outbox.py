"""The outbox: write a mail in the caller's transaction, send it later, lose none.

A row is claimed with a lease, so any number of workers may run and one that dies loses nothing:
its row falls due again. A second copy is possible only between the mail server's yes and our
record of it, and then carries the same Message-ID.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from .daily import first_state
from .failures import is_connection_failure, is_permanent
from .leases import LEASE, claim_first
from .links import DeadLink
from .message import build_message
from .models import Delivery, Notice, NoticeState

logger = logging.getLogger(__name__)

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=2)
# About three days with the delays above, as mail servers do it themselves.
MAX_ATTEMPTS = 40

_written = ContextVar("mails written while somebody looks", default=None)


def notify(
    key, *, to, name="", reply_to="", about="", dedupe, context, links=None, audience="student"
) -> Notice:
    """Write one mail into the outbox; the same ``dedupe`` twice returns the first."""
    notice, is_new = Notice.objects.get_or_create(
        dedupe_key=dedupe,
        defaults={
            "key": key,
            "audience": audience,
            "recipient": to,
            "recipient_name": name,
            "reply_to": reply_to,
            "about": about,
            "context": context,
            "links": links or {},
            "state": first_state(key, to, audience),
        },
    )
    if is_new and (written := _written.get()) is not None:
        written.append(notice)
    return notice


@contextmanager
def written_mails():
    """Give the list of the mails that are written within, in their order."""
    token = _written.set([])
    try:
        yield _written.get()
    finally:
        _written.reset(token)


def cancel_waiting(about: str, keys=None) -> int:
    """Take back the mails about a request that have not left yet; return how many."""
    not_gone = (NoticeState.WAITING, NoticeState.HELD)
    waiting = Notice.objects.filter(about=about, state__in=not_gone)
    if keys is not None:
        waiting = waiting.filter(key__in=keys)
    return waiting.update(state=NoticeState.CANCELED)


def send_again(notice: Notice) -> bool:
    """Put a failed mail back in the line, at a staff member's wish; tell whether it had failed."""
    failed = Notice.objects.filter(pk=notice.pk, state=NoticeState.FAILED)
    return bool(
        failed.update(
            state=NoticeState.WAITING,
            attempts=0,
            next_attempt_at=timezone.now(),
            # What was reported of the failed attempt says nothing about the next one.
            delivery=Delivery.UNKNOWN,
        )
    )


def deliver_due(limit: int = 50) -> int:
    """Send what is due, at most ``limit`` mails; return how many left."""
    sent = 0
    for _round in range(limit):
        notice = _claim()
        if notice is None:
            break
        outcome = _deliver(notice)
        sent += outcome is None
        if outcome is not None and is_connection_failure(outcome):
            break  # The mail server is away: the others wait rather than queue up behind it.
    return sent


def _claim() -> Notice | None:
    now = timezone.now()
    return claim_first(
        Notice.objects.due(now).order_by("next_attempt_at", "pk"),
        state=NoticeState.SENDING,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
    )


def _deliver(notice) -> Exception | None:
    """Send one claimed mail and record the outcome; return what went wrong."""
    if notice.delivery:
        # A worker died after sending it; the provider has told us that it went out.
        return _record(notice, state=NoticeState.SENT, sent_at=timezone.now())
    try:
        build_message(notice).send()
    except DeadLink as error:
        _record(notice, state=NoticeState.CANCELED, last_error=str(error))
        return error
    except Exception as error:
        logger.warning(
            "Mail %s (%s) did not leave: %s", notice.pk, notice.key, type(error).__name__
        )
        _record_failure(notice, error)
        return error
    return _record(notice, state=NoticeState.SENT, sent_at=timezone.now(), last_error="")


def _record_failure(notice, error):
    reason = f"{type(error).__name__}: {error}"[:1000]
    if is_permanent(error) or notice.attempts >= MAX_ATTEMPTS:
        return _record(notice, state=NoticeState.FAILED, last_error=reason)
    # The exponent is bounded, as a very large power would overflow a timedelta.
    delay = min(FIRST_DELAY * 2 ** min(notice.attempts - 1, 10), LONGEST_DELAY)
    return _record(
        notice,
        state=NoticeState.WAITING,
        last_error=reason,
        next_attempt_at=timezone.now() + delay,
    )


def _record(notice, **outcome):
    """Write the outcome, unless our lease ran out and another worker took the row over."""
    Notice.objects.filter(
        pk=notice.pk, state=NoticeState.SENDING, lease_until=notice.lease_until
    ).update(lease_until=None, **outcome)

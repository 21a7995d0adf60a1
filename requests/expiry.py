"""Ends what is over and warns before it; when that is stands in lifetimes.py."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from .actor import Actor
from .lifetimes import DAYS, WARN_BEFORE, end_of
from .mails import readers_who_ask, tell_owner
from .models import StudentRequest
from .perform import NotPossible, perform

logger = logging.getLogger(__name__)


def expire_and_warn(today=None):
    """End what is over and warn seven days before; return how many of both."""
    today = today or timezone.localdate()
    waiting = (
        StudentRequest.objects.filter(state__in=list(DAYS))
        .select_related("student__user")
        .order_by("touched_at")
    )
    return sum(_settle(each, today) for each in waiting.iterator(chunk_size=200))


def _settle(student_request, today):
    """Warn or end one request; a broken one is noted and keeps no other from its turn."""
    try:
        end = end_of(student_request)
        if end.on - WARN_BEFORE > today:
            return 0
        if student_request.warned_at is None and not (end.is_legal and end.on <= today):
            return _warn(student_request, end, today)
        return _end(student_request, end) if end.on <= today else 0
    except Exception:
        logger.exception("The request with key %s could not be settled.", student_request.pk)
        return 0


def _end(student_request, end):
    try:
        perform(
            student_request,
            "expire",
            Actor.system(),
            expected_version=student_request.version,
            note=end.reason,
        )
    except NotPossible:
        return 0  # The student was faster than the worker: it lives on.
    return 1


@transaction.atomic
def _warn(student_request, end, today):
    last_day = end.on if end.is_legal else max(end.on, today + WARN_BEFORE)
    unchanged = StudentRequest.objects.filter(
        pk=student_request.pk, version=student_request.version
    )
    # The student may have been faster than the worker: then there is nothing to warn of.
    if not unchanged.update(warned_at=timezone.now()) or not readers_who_ask(student_request):
        return 0
    tell_owner(
        "expiring_soon",
        student_request,
        last_day.isoformat(),
        expires_on=date_format(last_day, "F j, Y"),
    )
    return 1

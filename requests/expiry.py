"""Ends what is over and warns before it; when that is stands in lifetimes.py."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from .actor import Actor
from .lifetimes import DAYS, end_of
from .mails import recipient_of_student_mail
from .models import StudentRequest
from .perform import NotPossible, perform

WARN_BEFORE = timedelta(days=7)


def expire_and_warn(today=None, limit=200):
    """End what is over and warn seven days before; return how many of both."""
    today = today or timezone.localdate()
    done = 0
    waiting = (
        StudentRequest.objects.filter(state__in=list(DAYS))
        .select_related("student__user")
        .order_by("touched_at")
    )
    for student_request in waiting.iterator(chunk_size=limit):
        end = end_of(student_request)
        if end.on <= today:
            try:
                perform(
                    student_request,
                    "expire",
                    Actor.system(),
                    expected_version=student_request.version,
                    note=end.reason,
                )
            except NotPossible:
                continue  # The student was faster than the worker: it lives on.
            done += 1
        elif end.on - WARN_BEFORE <= today and student_request.warned_at is None:
            done += _warn(student_request, end)
    return done


def _warn(student_request, end):
    reader = recipient_of_student_mail(student_request)
    StudentRequest.objects.filter(pk=student_request.pk).update(warned_at=timezone.now())
    if reader is None:
        return 0
    notify(
        "expiring_soon",
        to=reader.email,
        name=reader.name,
        about=student_request.reference,
        dedupe=f"{student_request.reference}:expiring:{end.on.isoformat()}",
        context=office_context()
        | {
            "name": reader.name,
            "reference": student_request.reference,
            "request_title": str(student_request.type.title),
            "status": str(student_request.student_label),
            "expires_on": date_format(end.on, "F j, Y"),
        },
        links=reader.links,
        audience=reader.audience,
    )
    return 1

"""A program that begins on another day than when the first form was begun."""

from dataclasses import dataclass
from datetime import date

from isso.requests.records.models import RecordChange


@dataclass(frozen=True)
class StartChange:
    """The first day of the program as it was, and as it is now."""

    before: date
    now: date


def start_change(student_request):
    """Return how the start moved since this request was begun, or None where it did not."""
    if student_request.student.updated_at < student_request.created_at:
        return None
    changes = RecordChange.objects.filter(
        record=student_request.student, field="program_start", at__gte=student_request.created_at
    )
    first = changes.order_by("at", "pk").first()
    now = student_request.student.program_start
    before = _day(first.old) if first else None
    return StartChange(before, now) if before and now and before != now else None


def _day(words):
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None

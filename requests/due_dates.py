"""Keeps the due dates of waiting requests right when the office's calendar has changed."""

from isso.home.hours import office_calendar

from .clock import expected_by
from .models import StudentRequest
from .models.policy import policies_in_force


def refresh_due_dates():
    """Count the due date of every running clock again; return how many changed.

    Only while nobody else has touched the clock: a request that moves on counts by itself.
    """
    calendar, policies, changed = office_calendar(), policies_in_force(), 0
    running = StudentRequest.objects.filter(clock_since__isnull=False).only(
        "type_key", "target_days", "clock_since", "clock_used", "due_on"
    )
    for student_request in running.iterator(chunk_size=500):
        target = student_request.target_days or policies[student_request.type_key].target_days
        due_on = expected_by(student_request, target, calendar)
        if due_on != student_request.due_on:
            changed += StudentRequest.objects.filter(
                pk=student_request.pk,
                clock_since=student_request.clock_since,
                clock_used=student_request.clock_used,
            ).update(due_on=due_on)
    return changed

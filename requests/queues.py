"""Reads for lists of a student's own requests."""

from .lifecycle import WITH_APPROVER, State
from .models import StudentRequest


def own_requests(record):
    """Return a person's requests, the newest first, ready to show, in one query."""
    return (
        StudentRequest.objects.personal(record)
        .select_related("student", "current_approval", "assignee")
        .order_by("-created_at")
    )


def needs_a_name(student_request):
    """Whether whoever asks has to name another approver; another office is the desk's to mend."""
    missing = student_request.state in WITH_APPROVER and student_request.approver_missing
    return missing and not student_request.office_asked


def waiting_for_student(requests):
    """Keep those that wait for the student, out of a list already read."""
    waiting = {State.CLARIFICATION, State.DRAFT}
    return [each for each in requests if each.state in waiting or needs_a_name(each)]

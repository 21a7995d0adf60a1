"""Reads for lists of a student's own requests."""

from .lifecycle import WITH_APPROVER, State
from .models import StudentRequest
from .unreached import is_unreached


def own_requests(record):
    """Return a person's requests, the newest first, ready to show, in one query."""
    return (
        StudentRequest.objects.personal(record)
        .select_related("student", "current_approval", "assignee")
        .annotate(approver_unreached=is_unreached())
        .order_by("-created_at")
    )


def needs_a_name(student_request):
    """Whether whoever asks has to name another approver; another office is the desk's to mend."""
    missing = student_request.state in WITH_APPROVER and student_request.approver_missing
    return missing and not student_request.office_asked


def needs_an_address(student_request):
    """Whether our mail did not reach the person named; only requests of the lists here know."""
    unreached = getattr(student_request, "approver_unreached", False)
    return unreached and not student_request.office_asked


def waiting_for_student(requests):
    """Keep those that wait for the student, out of a list already read."""
    waiting = {State.CLARIFICATION, State.DRAFT}
    return [
        each
        for each in requests
        if each.state in waiting or needs_a_name(each) or needs_an_address(each)
    ]

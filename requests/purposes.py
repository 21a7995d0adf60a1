"""One open request per person, type and purpose; the database enforces it, this finds it."""

from isso.requests.records.models import StudentRecord

from .lifecycle import OPEN
from .models import StudentRequest


def other_for_purpose(student_request):
    """Return the open request that already serves what these answers ask for, or None.

    Inside a transaction the person's record stays locked, so that of two drafts that take the
    same purpose at one instant the second sees the first.
    """
    StudentRecord.objects.select_for_update().get(pk=student_request.student_id)
    return (
        StudentRequest.objects.filter(
            student=student_request.student,
            type_key=student_request.type_key,
            department__iexact=student_request.department,
            purpose=student_request.type.purpose(student_request.answers),
            state__in=OPEN,
        )
        .exclude(pk=student_request.pk)
        .first()
    )

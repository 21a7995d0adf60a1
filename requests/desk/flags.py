"""What an advisor should see about a request before opening it."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..lifecycle import WITH_APPROVER

DEADLINE_AHEAD = timedelta(days=7)


def flags(student_request, today):
    """Return short words, the most urgent first; no query is made for them."""
    found = []
    deadline = student_request.deadline
    if student_request.is_open and deadline and deadline <= today + DEADLINE_AHEAD:
        found.append(_("Legal deadline %(day)s") % {"day": date_format(deadline, "M j")})
    if student_request.asked_about_at and student_request.is_unanswered:
        found.append(_("Asks when it is done"))
    elif student_request.is_unread:
        found.append(_("New message"))
    if student_request.approver_missing and student_request.state in WITH_APPROVER:
        found.append(_("No approver"))
    return found

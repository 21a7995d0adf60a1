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
    if _is_asked_about(student_request):
        found.append(_("Asks when it is done"))
    elif student_request.is_unread:
        found.append(_("New message"))
    if student_request.approver_missing and student_request.state in WITH_APPROVER:
        found.append(_("No approver"))
    return found


def _is_asked_about(student_request):
    """Whether the question when it is done is among what nobody has answered yet."""
    asked, waits_since = student_request.asked_about_at, student_request.unanswered_since
    return asked is not None and waits_since is not None and asked >= waits_since

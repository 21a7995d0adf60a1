"""A request of the queue in words: its age, when it is due, and how late that is."""

from django.utils.translation import gettext as _

from ..clock import used_days
from ..words import in_business_days


def is_late(student_request, today):
    """Return whether the office has had a request longer than it should."""
    return student_request.due_on is not None and student_request.due_on < today


def age_in_words(student_request, today, calendar):
    """Return how long the office has had a request, in business days."""
    return in_business_days(used_days(student_request, today, calendar))


def due_in_words(due_on, today, calendar):
    """Return how far off a due date is, in business days of the office."""
    if due_on is None:
        return ""
    if due_on == today:
        return _("today")
    if due_on < today:
        days = calendar.business_days_between(due_on, today)
        # On the closed days after it nothing has been missed yet.
        return _("%(days)s late") % {"days": in_business_days(days)} if days else ""
    days = calendar.business_days_between(today, due_on)
    return _("in %(days)s") % {"days": in_business_days(days)}

"""What a list says about time: who has each request, for how long, and by when it is done."""

from collections import defaultdict

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.office import the_office

from ..clock import APPROVER, OFFICE, STUDENT, clocks_of, moves_of
from ..durations import most_days
from ..lifecycle import State
from ..models import HistoryEntry
from ..queues import needs_a_name
from ..words import in_business_days
from .clock_block import estimate

HELD = {
    OFFICE: gettext_lazy("With us for %(days)s."),
    APPROVER: gettext_lazy("With your approver for %(days)s."),
    STUDENT: gettext_lazy("Waiting for you for %(days)s."),
}


def clock_lines(requests, calendar):
    """Return {pk: sentences} of those under way, in one query; a draft has no clock yet."""
    sent = [each for each in requests if each.is_open and each.state != State.DRAFT]
    if not sent:
        return {}
    histories = defaultdict(list)
    entries = HistoryEntry.objects.filter(student_request__in=sent)
    entries = entries.only("student_request", "from_state", "to_state", "at")
    for entry in entries.annotate(most=most_days("student_request__type_key")):
        histories[entry.student_request_id].append(entry)
    return {each.pk: _line(each, histories[each.pk], calendar) for each in sent}


def _line(student_request, entries, calendar):
    today = timezone.localdate()
    clocks = clocks_of(moves_of(entries), today, the_office(), calendar)
    if not clocks.holder:
        return ""
    held = _held(student_request, clocks)
    if clocks.holder != OFFICE:
        return held
    return f"{held} {_by_when(student_request, entries[-1].most, today, calendar)}".rstrip()


def _held(student_request, clocks):
    said = HELD[clocks.holder]
    if needs_a_name(student_request):
        # Whoever was asked is the wrong one, so it is with nobody.
        said = _("Waiting for an approver for %(days)s.")
    days = clocks.days_of_holder
    return said % {"days": in_business_days(days) if days else _("less than one business day")}


def _by_when(student_request, most, today, calendar):
    """Return the honest estimate where there is one, else the day the office aims at."""
    due_on = student_request.due_on
    if most is not None or due_on is None:
        return estimate(student_request, most, calendar)
    said = _("We aimed at %(day)s.") if due_on < today else _("We expect to be done by %(day)s.")
    return said % {"day": date_format(due_on, "l, F j, Y")}

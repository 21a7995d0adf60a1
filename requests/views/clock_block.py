"""Both clocks of a request for its student, the honest estimate, and when it is fair to ask."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.home.office import the_office

from ..asking import Asking, asking_about, ready_question
from ..clock import APPROVER, OFFICE, STUDENT, clocks_of, moves_of
from ..durations import done_by, measured_of
from ..words import in_business_days


@dataclass(frozen=True)
class ClockBlock:
    """What stands about time on the page of a request."""

    sentences: list
    asking: Asking | None = None
    question: str = ""
    asked_on: date | None = None


def clock_block(student_request, entries, calendar):
    """Return what is said about time, or None for a draft and for what has ended.

    ``entries`` is the history in its order; one query reads what was measured.
    """
    clocks = clocks_of(moves_of(entries), timezone.localdate(), the_office(), calendar)
    if not clocks.holder:
        return None
    sentences = [_holder_sentence(clocks)]
    if clocks.holder == STUDENT:
        sentences.append(_("The clock of our office rests until you press Submit again."))
    if clocks.holder != OFFICE and clocks.with_office:
        days = in_business_days(clocks.with_office)
        sentences.append(_("Our office has had it for %(days)s.") % {"days": days})
    if clocks.holder == OFFICE:
        measured = measured_of(student_request.type_key)
        most = measured.most if measured else None
        sentences.append(estimate(student_request, most, calendar))
    asked = student_request.asked_about_at
    return ClockBlock(
        list(filter(None, sentences)),
        asking_about(student_request, timezone.localdate(), calendar),
        ready_question(student_request),
        timezone.localdate(asked) if asked else None,
    )


def _holder_sentence(clocks):
    said = {
        OFFICE: _("With the ISSO since %(day)s: %(days)s so far."),
        APPROVER: _("With your approver since %(day)s: %(days)s so far."),
        STUDENT: _("With you since %(day)s: %(days)s so far."),
    }[clocks.holder]
    days = in_business_days(clocks.days_of_holder)
    return said % {"day": date_format(clocks.since, "F j, Y"), "days": days}


def estimate(student_request, most, calendar):
    """Return by when most requests like this one are done, or "" where nobody knows."""
    day = done_by(student_request, most, calendar)
    if day is None:
        return ""
    if day < timezone.localdate():
        return _("Most requests like this one are done by now. Yours takes longer.")
    return _("8 of 10 requests like this one are done by %(day)s.") % {
        "day": date_format(day, "l, F j, Y")
    }

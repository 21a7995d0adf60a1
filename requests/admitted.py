"""How far an admitted person is on the way here, since when, and what is late about it.

The spans are the office's practice, but for the registration in SEVIS, which is law. They are
long enough that nobody is called late who only takes the usual time.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .lifecycle import CLOSED, WITH_STUDENT, State

# An import invites whoever has paid by itself; after that something stands in the way.
INVITE_WITHIN = timedelta(days=2)
# Two weeks of silence are more than exams or a trip.
BEGIN_WITHIN = timedelta(days=14)
GO_ON_WITHIN = timedelta(days=14)
ANSWER_WITHIN = timedelta(days=7)
# What a visa takes in many places: the fee, an appointment, the passport's way back.
FORM_BEFORE_START = timedelta(days=60)
# 8 CFR 214.3(g)(2)(iii): the school registers a new student within 30 days after the start.
REGISTER_WITHIN = timedelta(days=30)


class Progress(models.TextChoices):
    """The one place where an admitted person stands, in the order of the way."""

    NO_DEPOSIT = "no_deposit", gettext_lazy("Not invited, deposit missing")
    NOT_INVITED = "not_invited", gettext_lazy("Not invited, deposit paid")
    INVITED = "invited", gettext_lazy("Invited, form not begun")
    STARTED = "started", gettext_lazy("Form begun")
    WAITING = "waiting", gettext_lazy("Our question is open")
    COMPLETE = "complete", gettext_lazy("Complete, with the office")
    RELEASED = "released", gettext_lazy("Form released")
    DEFERRED = "deferred", gettext_lazy("Deferred, form released")
    ARRIVED = "arrived", gettext_lazy("Arrived")
    CLOSED = "closed", gettext_lazy("Closed")


# The person has to do something, and may be reminded of it.
WITH_PERSON = frozenset({Progress.INVITED, Progress.STARTED, Progress.WAITING})
# A form is still to come.
BEFORE_RELEASE = WITH_PERSON | {Progress.NOT_INVITED, Progress.COMPLETE}
HAS_FORM = frozenset({Progress.RELEASED, Progress.DEFERRED})


class Admitted(NamedTuple):
    """What of a person decides where he stands; days are those of the office."""

    program_start: date | None = None
    deposit_paid_on: date | None = None
    is_invited: bool = False
    invited_on: date | None = None
    # The day on which the present invitation ends or ended; None once the person has come in.
    invitation_ends_on: date | None = None
    has_closed_account: bool = False
    # Of the newest request for the first form, where there is one.
    state: str = ""
    state_since: date | None = None
    begun_on: date | None = None
    saved_on: date | None = None
    sent_on: date | None = None
    due_on: date | None = None
    released_on: date | None = None
    deferred_on: date | None = None
    checked_in_on: date | None = None


def progress_of(person):
    """Return where an admitted person stands, and since which day if that is known."""
    if person.checked_in_on:
        return Progress.ARRIVED, person.checked_in_on
    if person.has_closed_account:
        return Progress.CLOSED, None
    if person.released_on:
        if person.deferred_on:
            return Progress.DEFERRED, person.deferred_on
        return Progress.RELEASED, person.released_on
    if person.state == State.COMPLETED:
        return Progress.RELEASED, person.state_since
    if person.state == State.CLARIFICATION:
        return Progress.WAITING, person.state_since
    if person.state in WITH_STUDENT:
        return Progress.STARTED, person.begun_on
    if person.state and person.state not in CLOSED:
        return Progress.COMPLETE, person.sent_on
    if person.state:
        return Progress.CLOSED, person.state_since
    if person.is_invited:
        return Progress.INVITED, person.invited_on
    if person.deposit_paid_on:
        return Progress.NOT_INVITED, person.deposit_paid_on
    return Progress.NO_DEPOSIT, None


def late_because(person, progress, since, today):
    """Return what is late about somebody at this point, in a sentence; "" for nothing."""
    if progress in BEFORE_RELEASE and is_near(person.program_start, today):
        return _starts_soon(person.program_start, today)
    if progress in HAS_FORM and person.program_start and person.program_start < today:
        last = date_format(person.program_start + REGISTER_WITHIN, "F j, Y")
        return _("The program has begun without Check-In. SEVIS needs it by %(last)s.") % {
            "last": last
        }
    check = _LATE.get(progress)
    return check(person, since, today) if check else ""


def is_near(program_start, today):
    """Return whether a program begins so soon that a form should be out already."""
    return program_start is not None and program_start < today + FORM_BEFORE_START


def _starts_soon(start, today):
    days = (start - today).days
    if days < 0:
        return _("The program has begun and no form is released.")
    return ngettext(
        "The program starts in %(days)d day and no form is released.",
        "The program starts in %(days)d days and no form is released.",
        days,
    ) % {"days": days}


def _not_invited(person, since, today):
    if since + INVITE_WITHIN < today:
        return _("The deposit is paid and no invitation has left. Look at the address.")
    return ""


def _not_begun(person, since, today):
    if person.invitation_ends_on and person.invitation_ends_on < today:
        return _("The invitation has expired.")
    return _silent(since, BEGIN_WITHIN, today)


def _not_finished(person, since, today):
    return _silent(person.saved_on or since, GO_ON_WITHIN, today)


def _not_answered(person, since, today):
    return _silent(since, ANSWER_WITHIN, today)


def _with_office(person, since, today):
    if person.due_on and person.due_on < today:
        return _("Our date was %(day)s.") % {"day": date_format(person.due_on, "F j, Y")}
    return ""


def _silent(since, span, today):
    if since is None or since + span >= today:
        return ""
    return _("Nothing has come since %(day)s.") % {"day": date_format(since, "F j, Y")}


_LATE = {
    Progress.NOT_INVITED: _not_invited,
    Progress.INVITED: _not_begun,
    Progress.STARTED: _not_finished,
    Progress.WAITING: _not_answered,
    Progress.COMPLETE: _with_office,
}

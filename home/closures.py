"""What closures and changed hours say: in calendars, in alerts, and where days are counted."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby, takewhile

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .calendar import HORIZON_DAYS, OfficeCalendar, span
from .models.alerts import Alert
from .plan import ALL, OFFICE, PHONE, VIRTUAL, WALK_IN, ExceptionalDays

# How far ahead people plan who wait for a request.
WEEKS_AHEAD = 8


@dataclass(frozen=True)
class DaysTaken:
    """Days of work that a closure takes away; why, the office tells from the day it chose."""

    days: str
    reason: str
    number: int


def days_taken_away(calendar: OfficeCalendar, today: dt.date) -> list[DaysTaken]:
    """List the closures that begin in the next weeks, whole, the next one first."""
    dates = (today + dt.timedelta(days=offset) for offset in range(HORIZON_DAYS))
    lost = groupby(filter(calendar.is_taken_away, dates), key=calendar.exception_on)
    spells = ((exception, list(members)) for exception, members in lost)
    until = today + dt.timedelta(weeks=WEEKS_AHEAD)
    return [
        DaysTaken(
            days=_days(members[0], members[-1]),
            reason=exception.reason if exception and exception.is_announced(today) else "",
            number=len(members),
        )
        for exception, members in takewhile(lambda spell: spell[1][0] <= until, spells)
    ]


@dataclass(frozen=True)
class ClosureAlert:
    """A closure shown like an alert, from the day it is announced until it is over."""

    title: str
    text: str
    show_from: dt.datetime
    show_until: dt.datetime
    link: str = "/about/#hours"
    tone: str = Alert.Tone.INFO.value
    # A closed office concerns people wherever they are.
    on_site: bool = True
    on_sign_in: bool = True
    in_portal: bool = True

    @property
    def link_text(self):
        """The words to click on."""
        return _("Office hours")

    def get_tone_display(self):
        """Name the tone for screen readers, as an alert does."""
        return Alert.Tone(self.tone).label


def closure_alerts(calendar: OfficeCalendar, now: dt.datetime) -> list[ClosureAlert]:
    """List the closures that are, or will be, shown as alerts; the next one first."""
    today = now.astimezone(calendar.zone).date()
    return [
        ClosureAlert(
            title=headline(days),
            text=f"{_days(days.start, days.end)}.",
            show_from=_midnight(days.show_from or min(days.start, today), calendar),
            show_until=_midnight(days.end + dt.timedelta(days=1), calendar),
        )
        for days in sorted(calendar.exceptions, key=lambda days: days.start)
        if days.also_alert and today <= days.end
    ]


def headline(days: ExceptionalDays, is_announced: bool = True) -> str:
    """Say what differs and, once it is announced, why: Office closed: Thanksgiving."""
    what = _what(days)
    return f"{what}: {days.reason}" if is_announced else what


def _what(days):
    if not days.hours:
        return {
            ALL: _("Office closed"),
            OFFICE: _("Office closed"),
            WALK_IN: _("No walk-in advising"),
            PHONE: _("No phone hours"),
            VIRTUAL: _("No virtual drop-in"),
        }[days.applies_to]
    times = {"times": ", ".join(span(opens, closes) for opens, closes in days.hours)}
    return {
        ALL: _("Office open %(times)s"),
        OFFICE: _("Office open %(times)s"),
        WALK_IN: _("Walk-in advising %(times)s"),
        PHONE: _("Phone hours %(times)s"),
        VIRTUAL: _("Virtual drop-in %(times)s"),
    }[days.applies_to] % times


def _days(start, end):
    first, last = (date_format(day, "l, F j") for day in (start, end))
    return first if start == end else f"{first} – {last}"


def _midnight(date, calendar):
    return dt.datetime.combine(date, dt.time(), calendar.zone)

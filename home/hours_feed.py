"""The office's hours as a calendar: closures, changed hours, and every walk-in time ahead.

Walk-in times are written one by one from the same evaluator the pages use, so that closures and
changed hours need no exceptions to a rule that calendar programs read differently.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from .closures import headline
from .feeds import PAST_DAYS, Entry, last_cancellation, new_feed
from .hours import calendar_for, office_calendar
from .models.hours import Kind
from .plan import VIRTUAL, WALK_IN

KEY = "hours"
WEEKS_AHEAD = 26


def hours_feed(request):
    """Write the days that differ, and the times at which anybody may come or call in."""
    calendar = calendar_for(request)
    today = timezone.localdate(timezone=calendar.zone)
    entries = [*_closures(calendar, today), *_sessions(calendar, today)]
    return new_feed(request, _("Office hours"), KEY, entries)


def standing():
    """Return the closures that stand in the calendar now; walk-ins cancel themselves."""
    calendar = office_calendar()
    return list(_closures(calendar, timezone.localdate(timezone=calendar.zone)))


def _closures(calendar, today):
    for days in sorted(calendar.exceptions, key=lambda days: (days.start, days.key)):
        if days.end < today - dt.timedelta(days=PAST_DAYS):
            continue
        # The times hold for everybody; why, the office tells from the day it chose.
        is_announced, edited_at = days.is_announced(today), days.edited_at
        if is_announced and days.show_from:
            told_at = dt.datetime.combine(days.show_from, dt.time(), calendar.zone)
            edited_at = max(edited_at, told_at.astimezone(dt.UTC))
        yield Entry(
            f"hours-{days.key}",
            headline(days, is_announced),
            days.start,
            days.end,
            edited_at,
        )


def _sessions(calendar, today):
    edited_at = _last_edit(calendar)
    for offset in range(7 * WEEKS_AHEAD):
        date = today + dt.timedelta(days=offset)
        for kind in (WALK_IN, VIRTUAL):
            schedule = calendar.schedule_on(date, kind)
            for session in calendar.sessions(date, kind):
                # What a closure cancels is told to those who hold it already.
                for part, interval in enumerate(session.held or [session.planned], 1):
                    more = f"-{part}" if part > 1 else ""
                    yield Entry(
                        f"{kind.replace('_', '-')}-{session.key}-{date:%Y%m%d}{more}",
                        Kind(kind).label,
                        interval.opens,
                        interval.closes,
                        edited_at,
                        is_canceled=not session.held,
                        more={
                            "location": schedule.location if schedule else "",
                            "description": schedule.note if schedule else "",
                        },
                    )


def _last_edit(calendar):
    """Find what may have changed any walk-in: never earlier than it was before."""
    edits = [part.edited_at for part in (*calendar.schedules, *calendar.exceptions)]
    return max(filter(None, [*edits, last_cancellation(KEY)]), default=None)

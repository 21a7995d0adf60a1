"""The next two weeks as the calendar sees them, for the editors who keep it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component

from .calendar import HORIZON_DAYS, OfficeCalendar, span
from .hours import office_calendar
from .models.hours import Kind
from .plan import OFFICE, VIRTUAL, WALK_IN

DAYS = 14
# What needs somebody in the office; the phone may be answered elsewhere.
CHECKED = (WALK_IN, VIRTUAL)


@dataclass(frozen=True)
class PlannedDay:
    """One day: the times of each service, why it differs, and what looks like a mistake."""

    date: dt.date
    times: list[str]
    reason: str
    warnings: list[str]


def next_days_table(calendar: OfficeCalendar, today: dt.date) -> dict:
    """Lay out the next days: names of the services, and a line for each day."""
    kinds = [OFFICE, *calendar.kinds(today)]
    dates = [today + dt.timedelta(days=offset) for offset in range(DAYS)]
    return {
        "services": [Kind(kind).label for kind in kinds],
        "days": [
            PlannedDay(
                date=date,
                times=[_times(calendar, date, kind) for kind in kinds],
                reason=exception.reason if (exception := calendar.exception_on(date)) else "",
                warnings=[
                    _outside(Kind(kind).label, interval)
                    for kind in CHECKED
                    for interval in calendar.outside_office(date, kind)
                ],
            )
            for date in dates
        ],
    }


def warnings_ahead(calendar: OfficeCalendar, today: dt.date, kinds=CHECKED) -> list[str]:
    """Say what lies outside office hours from a day on, each weekly time once."""
    found = {}
    for offset in range(HORIZON_DAYS):
        date = today + dt.timedelta(days=offset)
        for kind in kinds:
            for interval in calendar.outside_office(date, kind):
                sentence = _outside(Kind(kind).label, interval)
                found.setdefault((date.weekday(), sentence), date)
    return [
        f"{date_format(date, 'l, F j, Y')}: {sentence}"
        for (_weekday, sentence), date in found.items()
    ]


def _times(calendar, date, kind):
    return ", ".join(span(each.opens, each.closes) for each in calendar.intervals(date, kind))


def _outside(service, interval):
    return _("%(service)s %(times)s lies outside office hours.") % {
        "service": service,
        "times": span(interval.opens, interval.closes),
    }


class NextDays(Component):
    """The table, for the first page of the admin."""

    name = "next_days"
    order = 42
    template_name = "home/admin/next_days_panel.html"

    def get_context_data(self, parent_context=None):
        """Read the calendar, in one query."""
        return next_days_table(office_calendar(), timezone.localdate())


class NextDaysPanel(Panel):
    """The table beside a schedule or a closure, as the site has it before this edit."""

    class BoundPanel(Panel.BoundPanel):
        """The table on one form."""

        template_name = "home/admin/next_days.html"

        def get_context_data(self, parent_context=None):
            """Read the calendar, in one query."""
            return super().get_context_data(parent_context) | next_days_table(
                office_calendar(), timezone.localdate()
            )

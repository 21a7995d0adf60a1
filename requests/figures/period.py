"""The days that figures speak of, in the office's zone."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Universities of the United States count a year from July to June.
YEAR_BEGINS = 7
MOST_DAYS = 3653
LAST_YEAR = 2200
# The month in which each begins. Key dates name terms, too, but only those of which dates are still
# to come; whole months compare one year with another.
TERMS = (
    (1, gettext_lazy("Spring %(year)s")),
    (6, gettext_lazy("Summer %(year)s")),
    (9, gettext_lazy("Fall %(year)s")),
)
# This one, and the same a year ago.
MOST_TERMS = 4


@dataclass(frozen=True)
class Period:
    """From one day to another, both of them counted."""

    first: date
    last: date

    @property
    def instants(self):
        """The moment at which it begins, and the one from which on it is over."""
        zone = timezone.get_current_timezone()
        after = self.last + timedelta(days=1)
        return (
            datetime.combine(self.first, time(), zone),
            datetime.combine(after, time(), zone),
        )

    @property
    def is_too_long(self):
        """Whether it is longer than anybody can read, or beyond all calendars."""
        return (self.last - self.first).days > MOST_DAYS or self.last.year > LAST_YEAR

    @property
    def months(self):
        """The first days of its months, the earliest first."""
        month, found = self.first.replace(day=1), []
        while month <= self.last:
            found.append(month)
            month = _month_after(month)
        return found


def ready_periods(today):
    """Return [(key, label, period)] that a page offers, of the terms the four that began last."""
    this_month = today.replace(day=1)
    last_month_ends = this_month - timedelta(days=1)
    year = today.year if today.month >= YEAR_BEGINS else today.year - 1
    academic_year = date(year, YEAR_BEGINS, 1)
    return [
        ("month", _("This month"), Period(this_month, today)),
        ("last-month", _("Last month"), Period(last_month_ends.replace(day=1), last_month_ends)),
        ("year", _("This academic year"), Period(academic_year, today)),
        ("12-months", _("The last 12 months"), Period(_twelve_months_before(today), today)),
        *_terms(today),
    ]


def _terms(today):
    """Return [(key, label, period)] of the terms that began last, the earliest first."""
    begun = [
        (date(year, month, 1), label % {"year": year})
        for year in (today.year - 2, today.year - 1, today.year)
        for month, label in TERMS
        if date(year, month, 1) <= today
    ][-MOST_TERMS:]
    ends = [*(first - timedelta(days=1) for first, _label in begun[1:]), today]
    return [
        (f"term-{first:%Y-%m}", label, Period(first, last))
        for (first, label), last in zip(begun, ends, strict=True)
    ]


def _month_after(month):
    days = calendar.monthrange(month.year, month.month)[1]
    return month + timedelta(days=days)


def _twelve_months_before(today):
    """Return the first day of the 12 months that end today."""
    month = today.replace(day=1)
    return _month_after(date(month.year - 1, month.month, 1))

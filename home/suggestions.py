"""Closures that the public holidays of a country suggest, accepted or ignored one by one."""

import datetime as dt
from dataclasses import dataclass

import holidays
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .calendar import OfficeCalendar
from .models import HoursException, IgnoredSuggestion

COUNTRY, SUBDIVISION = "US", "MA"
DAYS_AHEAD = 548


class UnknownPlace(LookupError):
    """Say that the list of holidays does not know a country, or its part."""


@dataclass(frozen=True)
class Suggestion:
    """One holiday on which the office is still open by its plan."""

    date: dt.date
    name: str


def suggestions(
    calendar: OfficeCalendar, today: dt.date, country: str, subdivision: str = ""
) -> list[Suggestion]:
    """List the holidays of the next eighteen months that nobody has decided about."""
    last = today + dt.timedelta(days=DAYS_AHEAD)
    years = range(today.year, last.year + 1)
    try:
        days = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    except NotImplementedError as error:
        raise UnknownPlace(
            _(
                "No holidays are known for “%(place)s”. Use the short codes of a country and its "
                "state, for example US and MA; the state may be left empty."
            )
            % {"place": f"{country} {subdivision}".strip()}
        ) from error
    ignored = set(IgnoredSuggestion.objects.values_list("date", "name"))
    return [
        Suggestion(date, name)
        for date, name in sorted(days.items())
        if today <= date <= last
        and (date, name) not in ignored
        and calendar.exception_on(date) is None
        and calendar.would_work(date)
    ]


def accept(suggestion: Suggestion) -> HoursException:
    """Enter a closure of everything for the day, with the holiday as its reason."""
    closure = HoursException(
        start=suggestion.date,
        end=suggestion.date,
        reason=Truncator(suggestion.name).chars(120),
    )
    closure.full_clean()
    closure.save()
    return closure


def ignore(suggestion: Suggestion) -> None:
    """Remember that the office works on this holiday."""
    IgnoredSuggestion.objects.get_or_create(date=suggestion.date, name=suggestion.name)

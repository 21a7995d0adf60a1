"""The office's calendar as entered by editors."""

import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BooleanField, CharField, DateField, Value
from django.utils import timezone

from .calendar import OfficeCalendar
from .models import HoursException, HoursSchedule
from .plan import ExceptionalDays, Schedule, Slot

NO_TEXT = Value("", output_field=CharField())
NO_DATE = Value(None, output_field=DateField())
NO = Value(False, output_field=BooleanField())


def office_zone() -> ZoneInfo:
    """Return the zone whose wall times the office keeps, whatever zone a reader has chosen."""
    return ZoneInfo(settings.TIME_ZONE)


def office_calendar() -> OfficeCalendar:
    """Read the hours and closures of the office, in one query since every page needs them."""
    slots, rows = defaultdict(list), {}
    for row in _schedule_rows().union(_exception_rows(), all=True):
        *facts, slot_pk, weekday, opens, closes = row
        key = tuple(facts[:2])
        rows[key] = facts[2:]
        if opens:
            slots[key].append(Slot(weekday, opens, closes, slot_pk))
    for each in slots.values():
        each.sort(key=lambda slot: (slot.weekday, slot.opens))
    return OfficeCalendar(
        schedules=tuple(
            Schedule(kind, start, end, tuple(slots[is_schedule, pk]), location, note)
            for (is_schedule, pk), (kind, start, end, location, note, *_rest) in rows.items()
            if is_schedule
        ),
        exceptions=tuple(
            ExceptionalDays(
                start,
                end,
                kind,
                tuple((slot.opens, slot.closes) for slot in slots[is_schedule, pk]),
                reason,
                show_from,
                bool(also_alert),
                pk,
            )
            for (is_schedule, pk), (
                kind,
                start,
                end,
                reason,
                _note,
                show_from,
                also_alert,
            ) in rows.items()
            if not is_schedule
        ),
        zone=office_zone(),
    )


def _schedule_rows():
    return HoursSchedule.objects.order_by().values_list(
        Value(1),
        "pk",
        "kind",
        "valid_from",
        "valid_until",
        "location",
        "note",
        NO_DATE,
        NO,
        "slots__pk",
        "slots__weekday",
        "slots__opens",
        "slots__closes",
    )


def _exception_rows():
    return HoursException.objects.order_by().values_list(
        Value(0),
        "pk",
        "applies_to",
        "start",
        "end",
        "reason",
        NO_TEXT,
        "show_from",
        "also_alert",
        "hours__pk",
        Value(0),
        "hours__opens",
        "hours__closes",
    )


def calendar_for(request) -> OfficeCalendar:
    """Return the calendar, read once for each request."""
    if not hasattr(request, "office_calendar"):
        request.office_calendar = office_calendar()
    return request.office_calendar


def next_change(request) -> dt.datetime | None:
    """Tell when every page changes next: the office opens or closes, or a new day begins."""
    calendar = calendar_for(request)
    now = timezone.localtime(timezone.now(), calendar.zone)
    midnight = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), calendar.zone)
    return min(filter(None, (calendar.status(now).changes_at, midnight)))

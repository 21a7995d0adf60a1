"""The office's calendar as entered by editors."""

import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, CharField, DateField, Value
from django.utils import timezone

from .calendar import OfficeCalendar
from .models import HoursException, HoursSchedule
from .plan import ExceptionalDays, Schedule, Slot

EXCEPTION, SCHEDULE = 0, 1
NO_TEXT = Value("", output_field=CharField())
NO_DATE = Value(None, output_field=DateField())
NO = Value(False, output_field=BooleanField())


def office_zone() -> ZoneInfo:
    """Return the zone whose wall times the office keeps: it is active in every request."""
    return timezone.get_current_timezone()


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
            _schedule(facts, slots[key]) for key, facts in rows.items() if key[0] == SCHEDULE
        ),
        exceptions=tuple(
            _exception(key[1], facts, slots[key])
            for key, facts in rows.items()
            if key[0] == EXCEPTION
        ),
        zone=office_zone(),
    )


def _schedule(facts, slots):
    kind, start, end, edited_at, location, note, _show_from, _also_alert = facts
    return Schedule(kind, start, end, tuple(slots), location, note, edited_at)


def _exception(pk, facts, slots):
    kind, start, end, edited_at, reason, _note, show_from, also_alert = facts
    hours = tuple((slot.opens, slot.closes) for slot in slots)
    return ExceptionalDays(
        start, end, kind, hours, reason, show_from, bool(also_alert), pk, edited_at
    )


def _schedule_rows():
    return HoursSchedule.objects.order_by().values_list(
        Value(SCHEDULE),
        "pk",
        "kind",
        "valid_from",
        "valid_until",
        "updated_at",
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
        Value(EXCEPTION),
        "pk",
        "applies_to",
        "start",
        "end",
        "updated_at",
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

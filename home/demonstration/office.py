"""Load the facts of the demonstration office: hours, closures, people, dates, numbers."""

import datetime as dt
import tomllib
from pathlib import Path

from django.utils import timezone
from wagtail.models import Site

from isso.pages.models import FormEntry, GlossaryTerm

from ..blocks import StatisticsTableBlock
from ..hours import office_calendar
from ..models import (
    Alert,
    CostOfAttendance,
    ExceptionHours,
    ExchangeRate,
    HoursException,
    HoursSchedule,
    HoursSlot,
    KeyDate,
    OfficeSettings,
    StaffMember,
    StatisticsYear,
)
from ..models.hours import Weekday
from .streams import people_table

FOLDER = Path(__file__).parent
FILE = FOLDER / "office.toml"
BAR_COLUMNS = ("International", "People", "Total")


def load_office(today: dt.date | None = None) -> None:
    """Enter what is missing of the office's facts; dates "in days" count from ``today``."""
    today = today or timezone.localdate()
    facts = tomllib.loads(FILE.read_text())
    _load_settings(facts["office"])
    for load, key in [
        (_load_hours, "hours"),
        (_load_closure, "closure"),
        (_load_staff, "staff"),
        (_load_key_date, "key_date"),
        (_load_alert, "alert"),
        (_load_form, "form"),
    ]:
        calendar = office_calendar()
        for entry in facts.get(key, []):
            load(_dated(entry, today, calendar))
    _load_statistics(facts.get("statistics", []))
    for entry in tomllib.loads((FOLDER / "glossary.toml").read_text())["term"]:
        GlossaryTerm.objects.get_or_create(term=entry.pop("term"), defaults=entry)
    for entry in tomllib.loads((FOLDER / "costs.toml").read_text())["costs"]:
        _load_costs(entry, today)
    for entry in tomllib.loads((FOLDER / "exchange_rates.toml").read_text())["rate"]:
        _load_rate(entry, today)


def _dated(entry, today, calendar):
    """Turn ``show_from_days = 5`` into ``show_from``, and ``start_in_days`` into an open day."""
    dated = {}
    for key, value in entry.items():
        if key.endswith("_in_days"):
            day_before = today + dt.timedelta(days=value - 1)
            dated[key.removesuffix("_in_days")] = calendar.add_business_days(day_before, 1)
        elif key.endswith("_days"):
            dated[key.removesuffix("_days")] = today + dt.timedelta(days=value)
        else:
            dated[key] = value
    return dated


def _load_settings(fields):
    site = Site.objects.filter(is_default_site=True).first()
    # Whoever asks for the settings of a new site makes an empty row; nobody has filled that in.
    if site and not OfficeSettings.objects.filter(site=site).exclude(address="", email="").exists():
        OfficeSettings.objects.update_or_create(site=site, defaults=fields)


def _load_hours(entry):
    slots = entry.pop("slots")
    if HoursSchedule.objects.filter(kind=entry["kind"], name=entry["name"]).exists():
        return
    schedule = HoursSchedule(**entry)
    schedule.slots = [
        HoursSlot(
            weekday=Weekday[slot["weekday"].upper()], opens=slot["opens"], closes=slot["closes"]
        )
        for slot in slots
    ]
    schedule.save()


def _load_closure(entry):
    hours = entry.pop("hours", [])
    if HoursException.objects.filter(start=entry["start"], reason=entry["reason"]).exists():
        return
    days = HoursException(**entry)
    days.hours = [ExceptionHours(**span) for span in hours]
    days.save()


def _load_staff(entry):
    StaffMember.objects.get_or_create(name=entry.pop("name"), defaults=entry)


def _load_key_date(entry):
    KeyDate.objects.get_or_create(title=entry.pop("title"), defaults=entry)


def _load_form(entry):
    FormEntry.objects.get_or_create(title=entry.pop("title"), defaults=entry)


def _load_costs(entry, today):
    # The academic year begins in summer; 0 is the present one.
    year = today.year - (today.month < 7) + entry.pop("years_from_now")
    CostOfAttendance.objects.get_or_create(year=year, level=entry.pop("level"), defaults=entry)


def _load_rate(entry, today):
    day = today - dt.timedelta(days=entry["days_ago"])
    if not ExchangeRate.objects.filter(currency=entry["currency"]).exists():
        ExchangeRate.objects.create(currency=entry["currency"], units=entry["units"], day=day)


def _load_alert(entry):
    zone = timezone.get_current_timezone()
    for key in ("show_from", "show_until"):
        if key in entry:
            entry[key] = dt.datetime.combine(entry[key], dt.time(), zone)
    Alert.objects.get_or_create(title=entry.pop("title"), defaults=entry)


def _load_statistics(entries):
    if not entries or StatisticsYear.objects.exists():
        return
    block = StatisticsTableBlock()
    StatisticsYear.objects.create(
        name="2022–23",
        as_of=dt.date(2022, 10, 14),
        tables=[
            (
                "table",
                {
                    "title": entry["title"],
                    "table": people_table(block, entry["columns"], entry["rows"]),
                    "bars": next((c for c in BAR_COLUMNS if c in entry["columns"]), ""),
                    "note": entry.get("note", ""),
                },
            )
            for entry in entries
        ],
    )

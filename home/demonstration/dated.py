"""Events and news of the demonstration: their dates count from the day of loading."""

import datetime as dt

from django.utils import timezone

from ..hours import office_calendar

PLAIN = ("audience", "place", "online_link", "sign_up_link", "is_canceled", "canceled_text")


def event_fields(entry):
    """Turn ``start_in_days``, ``at`` and ``minutes`` into an event on a day the office is open."""
    day_before = timezone.localdate() + dt.timedelta(days=entry["start_in_days"] - 1)
    day = office_calendar().add_business_days(day_before, 1)
    start = timezone.make_aware(dt.datetime.combine(day, entry["at"]))
    return {name: entry[name] for name in PLAIN if name in entry} | {
        "kind": entry["event_kind"],
        "start": start,
        "end": start + dt.timedelta(minutes=entry["minutes"]),
    }


def news_fields(entry):
    """Turn ``days_ago`` and ``valid_for_days`` into the dates of a piece of news."""
    date = timezone.localdate() - dt.timedelta(days=entry["days_ago"])
    fields = {"date": date, "audience": entry.get("audience", "all")}
    fields["in_portal"] = entry.get("in_portal", False)
    if "valid_for_days" in entry:
        fields["valid_until"] = date + dt.timedelta(days=entry["valid_for_days"])
    return fields

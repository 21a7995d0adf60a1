"""The hours for search engines: schema.org data for the About page."""

import datetime as dt

from django.utils import timezone

from .plan import OFFICE

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAYS_AHEAD = 60


def opening_hours(calendar, office, today=None):
    """Describe the office, its normal week, and the days ahead that differ."""
    today = today or timezone.localdate()
    schedule = calendar.schedule_on(today, OFFICE)
    last = today + dt.timedelta(days=DAYS_AHEAD)
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": office.office_name,
        "telephone": office.phone,
        "email": office.email,
        "address": ", ".join(office.address_lines),
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{DAYS[slot.weekday]}",
                "opens": f"{slot.opens:%H:%M}",
                "closes": f"{slot.closes:%H:%M}",
            }
            for slot in (schedule.slots if schedule else ())
        ],
        "specialOpeningHoursSpecification": [
            special
            for days in calendar.exceptions
            if today <= days.end and days.start <= last and days.applies_to in ("all", OFFICE)
            for special in _special(days)
        ],
    }


def _special(days):
    span = {
        "@type": "OpeningHoursSpecification",
        "validFrom": days.start.isoformat(),
        "validThrough": days.end.isoformat(),
    }
    # Without "opens" a day counts as closed.
    return [
        span | {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        for opens, closes in days.hours
    ] or [span]

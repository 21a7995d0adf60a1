"""The hours for search engines: schema.org data for the About page."""

import datetime as dt
import re
from itertools import groupby

from django.utils import timezone

from .calendar import OfficeCalendar

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAYS_AHEAD = 60
# The last line of an address in the United States: Example City, MA 02139-4307.
CITY_LINE = re.compile(r"(?P<city>.+),\s*(?P<state>[A-Z]{2})\s+(?P<code>\d{5}(?:-\d{4})?)")


def opening_hours(calendar: OfficeCalendar, office, today: dt.date | None = None) -> dict:
    """Describe the office, its normal weeks, and the days ahead that differ."""
    today = today or timezone.localdate(timezone=calendar.zone)
    dates = [today + dt.timedelta(days=offset) for offset in range(DAYS_AHEAD)]
    described = {
        "@context": "https://schema.org",
        # A plain organization has no opening hours in schema.org; a place that one visits has.
        "@type": "LocalBusiness",
        "name": office.office_name,
        "telephone": office.phone,
        "email": office.email,
        "address": _address(office.address_lines),
        "parentOrganization": {
            "@type": "CollegeOrUniversity",
            "name": office.institution_name,
            "url": office.institution_url,
        },
        "openingHoursSpecification": list(_normal_weeks(calendar, dates)),
        "specialOpeningHoursSpecification": list(_special_days(calendar, dates)),
    }
    return {name: value for name, value in described.items() if value}


def _address(lines):
    if not lines:
        return None
    *street, last = (line.strip() for line in lines)
    if not (found := CITY_LINE.fullmatch(last)):
        return {"@type": "PostalAddress", "streetAddress": ", ".join([*street, last])}
    return {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(street),
        "addressLocality": found["city"],
        "addressRegion": found["state"],
        "postalCode": found["code"],
        "addressCountry": "US",
    }


def _normal_weeks(calendar, dates):
    """Yield the slots of each schedule for the days on which it is in force."""
    for schedule, members in groupby(dates, key=calendar.schedule_on):
        if not schedule:
            continue
        first, *rest = members
        last = [first, *rest][-1]
        # A schedule that another one interrupted begins again.
        begins = schedule.valid_from if first == dates[0] else first
        validity = {"validFrom": begins.isoformat()}
        if last < dates[-1] or schedule.valid_until:
            until = last if last < dates[-1] else schedule.valid_until
            validity["validThrough"] = until.isoformat()
        for slot in schedule.slots:
            yield {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{DAYS[slot.weekday]}",
                "opens": f"{slot.opens:%H:%M}",
                "closes": f"{slot.closes:%H:%M}",
            } | validity


def _special_days(calendar, dates):
    """Yield what holds on the days that differ; without "opens" a day counts as closed."""
    for exception, members in groupby(dates, key=calendar.exception_on):
        if not exception:
            continue
        first, *rest = members
        span = {
            "@type": "OpeningHoursSpecification",
            "validFrom": first.isoformat(),
            "validThrough": [first, *rest][-1].isoformat(),
        }
        for interval in calendar.intervals(first) or [None]:
            times = (
                {"opens": f"{interval.opens:%H:%M}", "closes": f"{interval.closes:%H:%M}"}
                if interval
                else {}
            )
            yield span | times

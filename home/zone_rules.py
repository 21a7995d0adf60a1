"""The changes of the clocks, written for calendar programs that do not know the zone by name.

A change is given in the wall time before it, as RFC 5545 (3.6.5) asks; the library's own list gives
the time after it, and some programs are then an hour, or half a year, off.
"""

import datetime as dt
from functools import lru_cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

HOUR = dt.timedelta(hours=1)


@lru_cache(maxsize=16)
def zone_rules(zone, first_year, last_year):
    """Write the offsets of a zone from one year through another, change by change."""
    at, end = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (first_year, last_year + 1))
    rules = Timezone()
    rules.add("TZID", str(zone))
    rules.add_component(_rule(at, zone, at))
    while at < end:
        later = at + HOUR
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            rules.add_component(_rule(later, zone, at))
        at = later
    return rules


def _rule(at, zone, before):
    """Write one change: from the offset before it to the one that holds from then on."""
    now, offset_before = at.astimezone(zone), before.astimezone(zone).utcoffset()
    rule = TimezoneDaylight() if now.dst() else TimezoneStandard()
    rule.add("DTSTART", (at + offset_before).replace(tzinfo=None))
    rule.add("TZOFFSETFROM", offset_before)
    rule.add("TZOFFSETTO", now.utcoffset())
    rule.add("TZNAME", now.tzname())
    return rule

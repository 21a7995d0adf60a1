"""What people call a time zone, summer and winter alike."""

import datetime as dt

from django.utils.translation import gettext as _

# The abbreviation of a winter day names the zone in North America; "EST" itself is never shown,
# since half of the year it is wrong.
WINTER = dt.datetime(2026, 1, 15, 12)
NORTH_AMERICAN = ("America/", "US/", "Pacific/Honolulu")


def zone_name(zone):
    """Name a time zone: Eastern time; outside North America by its city."""
    names = {
        "AST": _("Atlantic time"),
        "EST": _("Eastern time"),
        "CST": _("Central time"),
        "MST": _("Mountain time"),
        "PST": _("Pacific time"),
        "AKST": _("Alaska time"),
        "HST": _("Hawaii time"),
    }
    key = str(zone)
    if key.startswith(NORTH_AMERICAN) and (name := names.get(WINTER.replace(tzinfo=zone).tzname())):
        return name
    return _("%(city)s time") % {"city": key.rpartition("/")[2].replace("_", " ")}

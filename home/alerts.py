"""Which alerts a visitor sees in which place, and when that changes."""

from enum import StrEnum

from django.utils import timezone

from .closures import closure_alerts
from .hours import calendar_for, office_calendar
from .models import Alert

LOUDEST_FIRST = (Alert.Tone.BAD, Alert.Tone.WARN, Alert.Tone.INFO)


class Place(StrEnum):
    """Where an alert may show, each named as its field."""

    SITE = "on_site"
    SIGN_IN = "on_sign_in"
    PORTAL = "in_portal"


def alerts_for(request, place):
    """Return the alerts of a place that are not over, read once for each request."""
    if request is None:
        found = _not_over(office_calendar())
    elif not hasattr(request, "office_alerts"):
        found = request.office_alerts = _not_over(calendar_for(request))
    else:
        found = request.office_alerts
    return [alert for alert in found if getattr(alert, place)]


def _not_over(calendar):
    """Put what editors published before the closures that are shown as alerts, too."""
    now = timezone.now()
    return [*Alert.objects.not_over(now), *closure_alerts(calendar, now)]


def showing(request, place):
    """Return what shows in a place at this moment, emergencies first, then the newest."""
    now = timezone.now()
    found = [alert for alert in alerts_for(request, place) if alert.show_from <= now]
    return sorted(found, key=lambda alert: LOUDEST_FIRST.index(alert.tone))


def next_change(request):
    """Tell when the next alert appears or goes away, for the cache headers of every page."""
    now = timezone.now()
    moments = [
        moment
        for alert in alerts_for(request, Place.SITE)
        for moment in (alert.show_from, alert.show_until)
    ]
    return min((moment for moment in moments if moment and moment > now), default=None)

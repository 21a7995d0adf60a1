"""Which alerts a visitor sees, and when that changes."""

from django.utils import timezone

from .closures import closure_alerts
from .hours import calendar_for, office_calendar
from .models import Alert


def alerts_for(request):
    """Return the alerts that are not over, read once for each request."""
    if request is None:
        return _not_over(office_calendar())
    if not hasattr(request, "office_alerts"):
        request.office_alerts = _not_over(calendar_for(request))
    return request.office_alerts


def _not_over(calendar):
    """Put what editors published before the closures that are shown as alerts, too."""
    now = timezone.now()
    return [*Alert.objects.not_over(now), *closure_alerts(calendar, now)]


def next_change(request):
    """Tell when the next alert appears or goes away, for the cache headers of every page."""
    now = timezone.now()
    moments = [
        moment for alert in alerts_for(request) for moment in (alert.show_from, alert.show_until)
    ]
    return min((moment for moment in moments if moment and moment > now), default=None)

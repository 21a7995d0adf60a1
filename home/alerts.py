"""Which alerts a visitor sees, and when that changes."""

from django.utils import timezone

from .models import Alert


def alerts_for(request):
    """Return the published alerts that are not over, read once for each request."""
    if request is None:
        return list(Alert.objects.not_over(timezone.now()))
    if not hasattr(request, "office_alerts"):
        request.office_alerts = list(Alert.objects.not_over(timezone.now()))
    return request.office_alerts


def next_change(request):
    """Tell when the next alert appears or goes away, for the cache headers of every page."""
    now = timezone.now()
    moments = [
        moment for alert in alerts_for(request) for moment in (alert.show_from, alert.show_until)
    ]
    return min((moment for moment in moments if moment and moment > now), default=None)

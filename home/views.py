"""The office's calendars for other calendar programs."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .feeds import hours_feed, key_dates_feed

SECONDS = 300


@require_safe
def hours_calendar(request):
    """Serve walk-in times, closures and changed hours."""
    return _calendar(hours_feed(request.get_host()), "hours.ics")


@require_safe
def key_dates_calendar(request):
    """Serve the key dates, all of them or those for one audience."""
    feed = key_dates_feed(request.get_host(), request.GET.get("audience", ""))
    return _calendar(feed, "key-dates.ics")


def _calendar(feed, name):
    response = HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    patch_cache_control(response, max_age=SECONDS)
    return response

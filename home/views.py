"""What the office serves beside its pages: its colors, and calendars for other programs."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from isso.pages.tree import site_root

from . import theme
from .event_feed import event_feed, events_feed
from .hours_feed import hours_feed
from .key_dates_feed import key_date_feed, key_dates_feed
from .models import KeyDate, OfficeSettings
from .models.events import published_events

SECONDS = 300
YEAR = 365 * 24 * 60 * 60


@require_safe
def office_colors(request):
    """Serve the frame in the office's own colors: for good where the address names the version."""
    office = OfficeSettings.for_request(request)
    response = HttpResponse(theme.frame(office), content_type="text/css; charset=utf-8")
    if request.GET.get("v") == theme.version(office):
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response


@require_safe
def hours_calendar(request):
    """Serve walk-in times, closures and changed hours."""
    return _calendar(hours_feed(request), "hours.ics")


@require_safe
def key_dates_calendar(request):
    """Serve the key dates, all of them or those for one audience."""
    return _calendar(key_dates_feed(request, request.GET.get("audience", "")), "key-dates.ics")


@require_safe
def key_date_calendar(request, key_date_id):
    """Serve one key date, for “add to calendar”."""
    date = get_object_or_404(KeyDate, pk=key_date_id)
    return _calendar(key_date_feed(request, date), "key-date.ics")


@require_safe
def events_calendar(request):
    """Serve the events, all of them or those for one audience."""
    return _calendar(events_feed(request, request.GET.get("audience", "")), "events.ics")


@require_safe
def event_calendar(request, event_id):
    """Serve one event, for “add to calendar”."""
    event = get_object_or_404(published_events(site_root(request)), pk=event_id)
    return _calendar(event_feed(request, event), "event.ics")


def _calendar(feed, name):
    response = HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    patch_cache_control(response, max_age=SECONDS)
    return response

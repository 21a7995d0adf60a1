"""The key dates as calendars: all of them, those for one audience, or a single one."""

from django.utils.translation import gettext as _

from .feeds import Entry, new_feed
from .models import KeyDate, all_dates

KEY = "key-dates"


def key_dates_feed(request, audience=""):
    """Write the key dates as all-day entries; an audience that does not exist asks for all."""
    audiences = list(KeyDate.Audience.values)
    if audience in audiences:
        audiences = [audience, KeyDate.Audience.ALL]
    dates = [date for date in all_dates() if date.audience in audiences]
    return new_feed(
        request, _("Key dates"), KEY, [_entry(date, request) for date in dates], audiences
    )


def key_date_feed(request, date):
    """Write one key date, for “add to calendar”."""
    return new_feed(request, date.title, date.key, [_entry(date, request)])


def standing():
    """Return what stands in the calendar now."""
    return [_entry(date) for date in all_dates()]


def _entry(date, request=None):
    return Entry(
        date.key,
        date.title,
        date.start,
        date.last_day,
        date.updated_at,
        audience=date.audience,
        more={
            "description": date.note,
            "categories": [str(date.get_category_display())],
            "url": request.build_absolute_uri(date.link) if request and date.link else "",
        },
    )

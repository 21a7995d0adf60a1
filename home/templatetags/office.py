"""What the office shows on every page: alerts, hours, the footer."""

import json

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe

from .. import calendar, theme
from ..alerts import Place, showing
from ..error_code import present_code
from ..hours import calendar_for, office_calendar
from ..naming import office_at_hand
from ..opening_hours import opening_hours
from ..questions_data import questions_described
from ..week import week

register = template.Library()

# As Django's json_script does, so that no text can end the script element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def _office(context):
    settings = context.get("settings")
    return settings["home"]["OfficeSettings"] if settings else None


def _calendar(context):
    request = context.get("request")
    return calendar_for(request) if request else office_calendar()


def _week(context):
    """Lay the week out once for each page: its card and the footer show the same."""
    request = context.get("request")
    if request is None:
        return week(office_calendar())
    if not hasattr(request, "office_week"):
        request.office_week = week(calendar_for(request))
    return request.office_week


@register.inclusion_tag("components/alerts.html", takes_context=True)
def alert_strip(context, place):
    """Show the alerts of a place (site, sign_in or portal) whose time is now."""
    return {"alerts": showing(context.get("request"), Place[place.upper()])}


@register.inclusion_tag("components/hours_card.html", takes_context=True)
def hours_card(context, level=2):
    """Show the week: today marked, closures and walk-in times inline."""
    return {"week": _week(context), "level": level}


@register.inclusion_tag("components/footer.html", takes_context=True)
def site_footer(context):
    """Close every page with hours, address and contact."""
    return {"office": _office(context), "week": _week(context)}


@register.inclusion_tag("components/error_help.html")
def error_help(with_it=False):
    """Say the code of this error and who helps; it asks the database nothing, which may be away.

    ``with_it`` where the account of the institution may be what fails.
    """
    return {"code": present_code(), "office": office_at_hand.get(), "with_it": with_it}


@register.simple_tag(takes_context=True)
def frame_stylesheet(context):
    """Return where the style of the frame is: our file, or the same in the office's colors."""
    office = _office(context)
    version = theme.version(office) if office else ""
    if not version:
        return static("isso/css/shell.css")
    return f"{reverse('office_colors')}?v={version}"


@register.simple_tag(takes_context=True)
def opening_hours_data(context):
    """Tell search engines the hours, as data that no browser runs."""
    return _data(opening_hours(_calendar(context), _office(context)))


@register.simple_tag(takes_context=True)
def questions_data(context, page, topics):
    """Tell search engines the questions of a page and their answers."""
    described = questions_described(topics, page.get_full_url(context.get("request")))
    return _data(described) if described else ""


def _data(described):
    data = json.dumps(described)
    # Escaped here: neither a text nor an address can end the element.
    return mark_safe(  # noqa: S308
        f'<script type="application/ld+json">{data.translate(ESCAPES)}</script>'
    )


@register.filter
def moment(at, days="F j, Y"):
    """Write a day and a time as they stand everywhere: October 5, 2026, 9:00 am."""
    return calendar.moment(at, days) if at else ""

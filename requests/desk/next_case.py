"""The way from one case to the next of the list the advisor came from."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from .queue_rows import rows_asked_for

# What the address of a case keeps of its list: the view, the row's place, and the filters.
VIEW, PLACE = "view", "at"
LAST_PLACE = 300_000
NOT_OF_THE_LIST = (VIEW, PLACE, "page", "export")


def case_urls(view_key, list_query):
    """Return what gives each case of a list, by its key and its place from 0, its address.

    The address remembers the list and the place.
    """
    kept = QueryDict(list_query, mutable=True)
    for name in NOT_OF_THE_LIST:
        kept.pop(name, None)
    filters = [(name, value) for name, values in kept.lists() for value in values if value]
    view, rest = urlencode({VIEW: view_key}), f"&{urlencode(filters)}" if filters else ""
    return lambda key, place: f"{reverse('desk_case', args=[key])}?{view}&{PLACE}={place}{rest}"


def list_url(query):
    """Return the address of the list that the address of a case remembers, or None."""
    view_key = query.get(VIEW)
    if not view_key:
        return None
    kept = query.copy()
    for name in NOT_OF_THE_LIST:
        kept.pop(name, None)
    address = reverse("desk_queue_view", args=[view_key])
    return f"{address}?{kept.urlencode()}" if kept else address


def next_in_list(user, view_key, query, after_pk):
    """Return (key, place) of the request after this one in its list, or None at the end.

    Where the request has left the list, say because it is decided, the one that has moved into its
    place is next. Raises KeyError for an unknown view.
    """
    text = str(query.get(PLACE) or "")
    place = min(int(text), LAST_PLACE) if text.isdecimal() and len(text) < 9 else 0
    rows = rows_asked_for(user, view_key, query).values_list("pk", flat=True)
    for at, key in enumerate(rows[place : place + 2], place):
        if key != after_pk:
            return key, at
    return None


def next_url(user, query, after_pk):
    """Return the address of the next case, or None: no list is remembered, or it is at its end."""
    view_key = query.get(VIEW)
    if not view_key:
        return None
    try:
        found = next_in_list(user, view_key, query, after_pk)
    except KeyError:
        return None
    return case_urls(view_key, query.urlencode())(*found) if found else None

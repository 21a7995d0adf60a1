"""The tab Requests & Documents: what can be asked for, what was asked for, what is ready."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import render

from isso.home.hours import calendar_for

from ..queues import own_requests, waiting_for_student
from ..rules.verdict import Standing
from ..standing import offers_for
from .access import once_here
from .clock_lines import clock_lines
from .documents import documents_of
from .rows import request_rows

LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Tiles:
    """What can be asked for, sorted for the eye: open, and later or closed."""

    open: list[Any]
    later: list[Any]


@once_here
def overview(request, record):
    """Show the tiles, the person's requests and the released documents."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    offers = [offer for offer in offers_for(record) if matches(offer.type, search)]
    own = list(own_requests(record))
    rows = request_rows(own, clock_lines(own, calendar_for(request)))
    context = {
        "tab": "requests",
        "search": search,
        "tiles": _tiles(offers),
        "waiting": request_rows(waiting_for_student(own)),
        "open_rows": [row for row in rows if row.is_open],
        "closed_rows": [row for row in rows if not row.is_open],
        "documents": documents_of(record),
    }
    return render(request, "portal/requests.html", context)


def matches(request_type, search):
    """Return whether every word of ``search`` is in the words a type is known by."""
    words = [request_type.title, request_type.summary, *request_type.also_called]
    known = _plain(" ".join(str(each) for each in words))
    return all(word in known for word in _plain(search).split())


def _plain(text):
    """Let “i20” find “I-20”."""
    return text.casefold().replace("-", "")


def _tiles(offers):
    """Return the tiles; what is for others only stands on the page that says why."""
    tiles = Tiles([], [])
    for offer in offers:
        if offer.verdict.is_open:
            tiles.open.append(offer)
        elif offer.verdict.standing != Standing.NOT_FOR_YOU:
            tiles.later.append(offer)
    return tiles

"""Exactly the rows a saved view shows under its filters, and one page of them.

Lists, files, bulk actions and "next case" all ask here, so that none of them means other rows than
the one the advisor has before the eyes.
"""

from dataclasses import dataclass
from typing import Any

from ..models import StudentRequest
from ..saved_views import Counted, find_view, in_view, up_to_the_most
from .queue_filters import QueueFilters

SIZES = (30, 60)
LAST_PAGE = 10_000


def rows_asked_for(user, view_key, query, filters=None):
    """Return the requests that a view shows this user under the filters in ``query``, in order.

    ``query`` is the QueryDict of the address. Raises KeyError for an unknown view.
    """
    filters = filters or QueueFilters(query)
    visible = StudentRequest.objects.visible_to(user)
    rows = in_view(visible, view_key, user).order_by(*find_view(view_key).order)
    return filters.kept(rows)


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue."""

    rows: list
    number: int
    size: int
    has_next: bool
    # How many rows there are in all, as far as anybody counts.
    count: Any

    @property
    def first(self):
        """The number of the first row, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self):
        """The number of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def previous_number(self):
        """The page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next_number(self):
        """The page after, or None."""
        return self.number + 1 if self.has_next else None


def page_of(rows, query, count=None):
    """Return the page that ``query`` names, its rows with all that is shown of them.

    The keys come first, from an index alone; then only the rows of this page are read.
    """
    size = _number(query.get("rows"), SIZES[-1])
    size = size if size in SIZES else SIZES[0]
    number = min(_number(query.get("page"), LAST_PAGE), LAST_PAGE)
    start = (number - 1) * size
    keys = list(rows.values_list("pk", flat=True)[start : start + size + 1])
    if not keys and number > 1:
        return page_of(rows, query.copy() | {"page": "1"}, count)
    if count is None:
        known = number == 1 and len(keys) <= size
        count = Counted(len(keys) if known else up_to_the_most(rows).count())
    found = (
        StudentRequest.objects.select_related("student", "assignee", "current_approval")
        .defer("answers", "office_answers", "outcome_note", "recorded_text")
        .in_bulk(keys[:size])
    )
    shown = [found[key] for key in keys[:size] if key in found]
    return QueuePage(shown, number, size, len(keys) > size, count)


def _number(text, most):
    """Return the number in an address, from 1; nonsense is 1."""
    text = str(text or "")
    return max(1, int(text)) if text.isdecimal() and len(text) <= len(str(most)) else 1

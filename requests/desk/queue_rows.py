"""Exactly the rows a saved view shows under its filters, and one page of them.

Lists, files, bulk actions and "next case" all ask here, so that none of them means other rows than
the one the advisor has before the eyes.
"""

from dataclasses import dataclass

from ..models import StudentRequest
from ..saved_views import find_view, in_view
from .queue_filters import QueueFilters

SIZES = (30, 60)
LAST_PAGE = 10_000
# All that a row shows; whoever shows more names it here, or every row asks for it by itself.
SHOWN = (
    *("reference", "type_key", "type_version", "state", "queue", "due_on", "deadline"),
    *("clock_used", "clock_since", "last_message_at", "unread_since", "unanswered_since"),
    # In which step it is depends on the answers.
    *("approval_step", "approver_missing", "asked_about_at", "answers", "approved_first_by"),
    *("student__given_name", "student__family_name"),
    *("assignee__full_name", "assignee__email", "covers_for__full_name", "covers_for__email"),
)


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

    @property
    def is_whole(self):
        """Whether there are no other pages."""
        return self.number == 1 and not self.has_next

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


def page_of(rows, query, along=None):
    """Return the page that ``query`` names, its rows with all that is shown of them.

    The database settles by an index alone which rows these are, and reads no others; in the same
    query it works out what ``along`` names, {name: expression}.
    """
    size = _number(query.get("rows"), SIZES[-1])
    size = size if size in SIZES else SIZES[0]
    number = min(_number(query.get("page"), LAST_PAGE), LAST_PAGE)
    start = (number - 1) * size
    keys = rows.values("pk")[start : start + size + 1]
    found = list(
        StudentRequest.objects.filter(pk__in=keys)
        .select_related("student", "assignee", "covers_for")
        .only(*SHOWN)
        .annotate(**along or {})
        .order_by(*rows.query.order_by)
    )
    if not found and number > 1:
        first = query.copy()
        first["page"] = "1"
        return page_of(rows, first, along)
    return QueuePage(found[:size], number, size, len(found) > size)


def _number(text, most):
    """Return the number in an address, from 1; nonsense is 1."""
    text = str(text or "")
    return max(1, int(text)) if text.isdecimal() and len(text) <= len(str(most)) else 1

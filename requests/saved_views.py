"""The saved views of the queue: what each holds, in which order, and how many that is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord

from .assignment import worked_on_by
from .lifecycle import WITH_OFFICE, State
from .models import Caseload, StudentRequest

# What is due first stands on top, and what waits for others, being due to nobody, at the end.
BY_DUE = ("due_order", "submitted_at", "pk")
BY_WAITING = ("state_since", "pk")
NEWEST_FIRST = ("-submitted_at", "-pk")


@dataclass(frozen=True)
class View:
    """One saved view: its condition for a user today, and its order."""

    title: Any
    condition: Callable
    order: tuple[str, ...] = BY_DUE
    # A view without a link is an address that used to have one.
    is_listed: bool = True


def _in_state(*states):
    return lambda user, today: Q(state__in=states)


VIEWS = {
    "mine": View(
        gettext_lazy("Mine"),
        # With what those have whom one covers for.
        lambda user, today: Q(assignee__in=worked_on_by(user), queue="open", state__in=WITH_OFFICE),
    ),
    "unassigned": View(
        gettext_lazy("Unassigned"),
        lambda user, today: Q(assignee__isnull=True, queue="open", state__in=WITH_OFFICE),
    ),
    "new": View(gettext_lazy("New"), _in_state(State.SUBMITTED), BY_WAITING),
    "today": View(gettext_lazy("Due today"), lambda user, today: Q(queue="open", due_order=today)),
    "late": View(gettext_lazy("Late"), lambda user, today: Q(queue="open", due_order__lt=today)),
    "second": View(
        gettext_lazy("Waiting for a second person"),
        # Whoever approved first cannot be the second.
        lambda user, today: (
            Q(queue="open", approved_first_by__isnull=False) & ~Q(approved_first_by=user)
        ),
    ),
    "student": View(
        gettext_lazy("Waiting for the student"), _in_state(State.CLARIFICATION), BY_WAITING
    ),
    "approver": View(
        gettext_lazy("Waiting for an approver"), _in_state(State.APPROVER_REVIEW), BY_WAITING
    ),
    "waiting": View(
        gettext_lazy("Waiting for others"),
        _in_state(State.CLARIFICATION, State.APPROVER_REVIEW),
        BY_WAITING,
        is_listed=False,
    ),
    "all": View(gettext_lazy("All open"), lambda user, today: Q(queue="open")),
    "closed": View(gettext_lazy("Closed"), lambda user, today: Q(queue="closed"), NEWEST_FIRST),
}
# Where the ranges of letters stand among the others.
LETTERS_BEFORE = "all"
_LETTERS = re.compile(r"letters-([a-z]{1,3})-([a-z]{1,3})")


def find_view(key):
    """Return the saved view of a key; every range of letters is one. Raises KeyError."""
    letters = _LETTERS.fullmatch(key)
    if not letters:
        return VIEWS[key]
    first, last = (each.capitalize() for each in letters.groups())
    return View(
        _("Last names %(letters)s") % {"letters": first if first == last else f"{first}–{last}"},
        lambda user, today: Q(queue="open") & filed_between(first, last),
    )


def filed_between(first, last):
    """Return the condition that a student's family name is filed under these letters.

    ``last`` takes in every name that begins with it. Only the letters A to Z are compared, so the
    order is the same in every database.
    """
    last = last.upper().ljust(80, "Z")
    # The people first, from an index: to look up whose each request is costs much more.
    people = StudentRecord.objects.filter(filed_under__gte=first.upper(), filed_under__lte=last)
    return Q(student__in=people.order_by().values("pk"))


def letter_keys():
    """Return the keys of the ranges of letters that advisors look after, in one query."""
    ranges = Caseload.objects.exclude(letters_from="").order_by("letters_from", "letters_to")
    found = ranges.values_list("letters_from", "letters_to").distinct()
    return [f"letters-{first}-{last}".lower() for first, last in found]


def listed_views():
    """Return the keys of the views that are offered, in their order, in one query."""
    fixed = [key for key, view in VIEWS.items() if view.is_listed]
    place = fixed.index(LETTERS_BEFORE)
    return [*fixed[:place], *letter_keys(), *fixed[place:]]


def in_view(requests, key, user, today=None):
    """Keep the requests of one saved view; raises KeyError for an unknown one."""
    return requests.filter(find_view(key).condition(user, today or timezone.localdate()))


# Nobody counts further: "1,000+" says enough, and costs the same in an office of any size.
MOST_COUNTED = 1000


class Counted(int):
    """A number that stops at ``MOST_COUNTED`` and says so."""

    def __str__(self):
        """Write it as people read it."""
        return f"{MOST_COUNTED:,}+" if self > MOST_COUNTED else f"{int(self):,}"


class _CountOf(Subquery):
    """How many rows a query finds, read along with something else."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def up_to_the_most(rows):
    """Cut a query where counting stops."""
    return rows.order_by().values("pk")[: MOST_COUNTED + 1]


def counting(user, keys, today=None):
    """Return {name: expression} that reads, along with any row, how many each view holds."""
    visible = StudentRequest.objects.visible_to(user)
    return {
        _name_of(key): _CountOf(up_to_the_most(in_view(visible, key, user, today))) for key in keys
    }


def counted_in(row, keys):
    """Return {key: how many} from a row (a mapping) that ``counting`` was read with."""
    return {key: Counted(row[_name_of(key)]) for key in keys}


def _name_of(key):
    return f"of_{key.replace('-', '_')}"


def view_counts(user, keys, today=None):
    """Return how many requests each of these saved views holds, in one query."""
    found = User.objects.filter(pk=user.pk).values(**counting(user, keys, today))
    return counted_in(found[0], keys)

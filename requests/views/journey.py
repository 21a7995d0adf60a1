"""The way through a request: which pages it has now, which are done, and what comes next."""

from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from isso.requests.people.roles import Role

from ..answers import typed_answers
from ..before_arrival import is_before_arrival
from ..drafting import editable_names
from ..lifecycle import State


@dataclass(frozen=True)
class Stop:
    """One stop of a rail, as components/rail.html shows it."""

    title: Any
    state: str = "todo"
    href: str = ""
    meta: Any = ""
    text: Any = ""


def pages_to_fill(student_request):
    """Return the pages that ask something now: answers narrow them, and so does a clarification."""
    names = editable_names(student_request)
    return [page for page in student_request.type.pages if _asks(page, student_request, names)]


def _asks(page, student_request, names):
    if not page.is_asked(student_request.answers, student_request.asks_approver):
        return False
    slots = slots_asked(page, student_request)
    if names is None:
        return bool(page.form or slots)
    fields = page.form.base_fields if page.form else ()
    return any(name in names for name in fields) or any(slot.name in names for slot in slots)


def slots_asked(page, student_request):
    """Return the places for files that these answers ask for."""
    return student_request.slots_asked(page)


def list_of(student_request, user):
    """Return the address of the list in which this user finds the request."""
    if not student_request.department:
        return reverse("portal_requests")
    is_member = Role.DEPARTMENT in user.roles
    return reverse("portal_department" if is_member else "desk_department_ask")


def address_of(student_request, page):
    """Return the address of one page of the wizard, or of the check when there is none."""
    if page is None:
        return reverse("portal_check", args=[student_request.reference])
    return reverse("portal_page", args=[student_request.reference, page.slug])


def home_of(student_request):
    """Return the address where its person sees where a request stands.

    Whoever has not arrived sees the first form at Home.
    """
    if student_request.type.is_first_form and is_before_arrival(student_request.student):
        return reverse("portal_welcome")
    return student_request.get_absolute_url()


def neighbors(student_request, page):
    """Return the pages before and after this one; None where there is none."""
    pages = pages_to_fill(student_request)
    if page not in pages:
        return None, None
    at = pages.index(page)
    return (pages[at - 1] if at else None), (pages[at + 1] if at + 1 < len(pages) else None)


def first_unfinished(student_request, situation, filled):
    """Return the first page that still misses something, or None."""
    done = _finished(student_request, situation, filled)
    return next((page for page in pages_to_fill(student_request) if page.slug not in done), None)


def steps(student_request, situation, filled, current=None):
    """Return the stops of the wizard; ``filled`` names slots, no ``current`` means the check."""
    done = _finished(student_request, situation, filled)
    stops = [
        Stop(
            page.title,
            "now" if page == current else "done" if page.slug in done else "todo",
            address_of(student_request, page),
        )
        for page in pages_to_fill(student_request)
    ]
    check = Stop(
        _("Check your answers"),
        "todo" if current else "now",
        address_of(student_request, None),
    )
    return [*stops, check]


def _finished(student_request, situation, filled):
    """Return the slugs of the pages behind the student: whole, and none before them unfinished.

    A later page may be whole because it was prefilled; that nobody has looked at it yet shows in
    an earlier one. In a clarification everything marked is still to be looked at.
    """
    if student_request.state == State.CLARIFICATION:
        return set()
    _values, errors = typed_answers(student_request, situation)
    whole = [
        page.slug not in errors
        and all(slot.name in filled for slot in slots_asked(page, student_request) if slot.required)
        for page in student_request.type.pages
    ]
    behind = takewhile(lambda pair: pair[1], zip(student_request.type.pages, whole, strict=True))
    return {page.slug for page, _is_whole in behind}

"""The tabs of somebody who has not arrived: Home, the pages of the first form, and Submit.

Each says in words what it still misses; pages may be filled in in any order.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...answers import situation_of
from ...autosaving import open_items
from ...before_arrival import first_form_of, is_before_arrival
from ...lifecycle import OPEN, State
from ...preconditions import problems_of
from ..journey import address_of

HOME, SUBMIT = "home", "submit"


@dataclass(frozen=True)
class Tab:
    """One tab: its number and title, where it leads, and how far it is."""

    slug: str
    number: int
    title: Any
    href: str = ""
    says: str = ""
    is_complete: bool = False


@dataclass(frozen=True)
class FirstFormTabs:
    """All tabs, and which of them is shown; ``student_request`` is None before it is begun."""

    tabs: tuple[Tab, ...]
    current: str = ""
    student_request: Any = None


def tabs_for(user, record, here=None, *, situation=None, current=""):
    """Return the tabs of somebody who has not arrived, and None for everybody else.

    ``here`` is the request whose page is shown, and ``situation`` what was read for it.
    """
    if not is_before_arrival(record) or record.user_id != user.pk:
        return None
    if here is not None and here.type.is_first_form:
        return tabs_of(here, situation, current)
    return tabs_of(first_form_of(record), current=current)


def tabs_of(student_request, situation=None, current=""):
    """Return the tabs of one request for a first form; Home alone before it is begun."""
    if student_request is None:
        return FirstFormTabs((_home(),), current)
    says = _what_each_says(student_request, situation)
    tabs = [
        Tab(page.slug, number, *_leads(student_request, page), *says(page.slug))
        for number, page in enumerate(_pages(student_request), 1)
    ]
    check = reverse("portal_check", args=[student_request.reference])
    last = Tab(SUBMIT, len(tabs) + 1, _("Submit"), check, *says(SUBMIT))
    return FirstFormTabs((*tabs, last), current, student_request)


def tabs_to_come(request_type, current=HOME):
    """Return the tabs before the first form is begun: only Home can be opened."""
    titles = [page.title for page in request_type.pages if page.slug != HOME]
    later = [Tab("", number, title) for number, title in enumerate([*titles, _("Submit")], 2)]
    return FirstFormTabs((_home(), *later), current)


def _home():
    return Tab(HOME, 1, _("Home"), reverse("portal_welcome"))


def _pages(student_request):
    answers, asks = student_request.answers, student_request.asks_approver
    return [page for page in student_request.type.pages if page.is_asked(answers, asks)]


def _leads(student_request, page):
    """Return title and address; Home opens as a whole, and its questions are one part of it."""
    if page.slug == HOME:
        return _("Home"), reverse("portal_welcome")
    return page.title, address_of(student_request, page)


def _what_each_says(student_request, situation):
    """Return slug → (words, whether nothing is left to do there)."""
    state = student_request.state
    if state == State.DRAFT:
        return _of_a_draft(student_request, situation)
    if state == State.CLARIFICATION:
        return _of_questions(student_request)
    words = _("sent") if state in OPEN or state == State.COMPLETED else ""
    return lambda slug: (words, bool(words))


def _of_a_draft(student_request, situation):
    problems = problems_of(student_request, situation or situation_of(student_request))
    missing = Counter(each.page for each in problems)

    def says(slug):
        number = missing.total() if slug == SUBMIT else missing[slug]
        if not number:
            return (_("ready") if slug == SUBMIT else _("complete")), True
        words = ngettext("%(number)d missing", "%(number)d missing", number)
        return words % {"number": number}, False

    return says


def _of_questions(student_request):
    request_type = student_request.type
    asked = Counter(
        page.slug
        for item in open_items(student_request)
        if (page := request_type.page_of(item.name)) is not None
    )

    def says(slug):
        number = asked.total() if slug == SUBMIT else asked[slug]
        if not number:
            return _("nothing to change"), True
        words = ngettext("%(number)d to change", "%(number)d to change", number)
        return words % {"number": number}, False

    return says

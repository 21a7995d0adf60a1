"""Pages that ask about several: what belongs to one stands together and can be taken out."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ..actor import Actor
from ..lifecycle import State
from ..taking_out import take_out
from .journey import address_of


@dataclass(frozen=True)
class Group:
    """Questions that stand together: about one of several, or, without a heading, of the page."""

    heading: Any
    number: int
    questions: list[Any]
    # Whether a button takes the one out.
    may_go: bool = False


def take_out_one(request, student_request, page):
    """Take out the one whose button was pressed, and show the page again."""
    each, number = getattr(page.form, "each", None), request.POST["take_out"]
    if each is not None and number.isascii() and number.isdigit():
        take_out(student_request, each, int(number), Actor.for_student(request.user))
        messages.success(
            request, _("%(name)s is taken out.") % {"name": each.heading_of(int(number))}
        )
    return redirect(address_of(student_request, page))


def groups_of(student_request, form, questions):
    """Return the questions in groups: what is asked about one of several stands together."""
    each = getattr(form, "each", None)
    if each is None:
        return [Group("", 0, questions)]
    numbers = each.numbers(form.situation.answers)
    by_number = {number: [] for number in (None, *numbers)}
    for question in questions:
        by_number.setdefault(each.place_of(question.name)[0], []).append(question)
    may_go = student_request.state == State.DRAFT
    first, rest = by_number.pop(None), sorted(by_number.items())
    groups = [Group(each.heading_of(at), at, asked, may_go) for at, asked in rest if asked]
    return [Group("", 0, first), *groups]

"""What waits for a person today, the most pressing first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..expiry import end_of
from ..lifecycle import State
from ..queues import waiting_for_student
from ..standing import standing_of

# The one request everybody must make; it is offered before anybody looks for it.
CHECK_IN = "check_in"
ORDER = ("clarification", "approver", "check_in", "draft")


@dataclass(frozen=True)
class ToDo:
    """One thing to do: what, why, where, and until when."""

    kind: str
    title: Any
    text: Any
    href: str
    action: Any
    until: date | None = None


def things_to_do(record, own):
    """Return everything that waits for this person; ``own`` are the requests already read."""
    found = [_request(each) for each in waiting_for_student(own)]
    check_in = _check_in(record, own)
    if check_in:
        found.append(check_in)
    return sorted(found, key=lambda each: (ORDER.index(each.kind), each.until or date.max))


def _request(student_request):
    end = end_of(student_request)
    until, href = end.on if end else None, student_request.get_absolute_url()
    title = student_request.type.title
    if student_request.state == State.CLARIFICATION:
        return ToDo(
            "clarification",
            title,
            _("Somebody asked you to change or explain something."),
            href,
            _("Answer"),
            until,
        )
    if student_request.state == State.DRAFT:
        return ToDo(
            "draft",
            title,
            _("You have started this request but not sent it."),
            href,
            _("Go on"),
            until,
        )
    return ToDo(
        "approver",
        title,
        _("The person you named is not the right one. Name another."),
        href,
        _("Name another person"),
        until,
    )


def _check_in(record, own):
    """Return the Check-In while it is open and not begun; most people cost no query here."""
    if record.check_in_completed_on or any(
        each.type_key == CHECK_IN and each.is_open for each in own
    ):
        return None
    offer = standing_of(record, CHECK_IN)
    if not offer.verdict.is_open:
        return None
    return ToDo(
        "check_in",
        offer.type.title,
        offer.type.summary,
        reverse("portal_start", args=[CHECK_IN]),
        _("Check in"),
        offer.deadline,
    )

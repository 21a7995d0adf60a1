"""What waits for a person today, the most pressing first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from isso.requests.records.reading import facts_for

from ..lifecycle import State
from ..lifetimes import end_of
from ..models.policy import policy_in_force
from ..personal_emails import end_of as end_of_studies
from ..personal_emails import is_waiting
from ..queues import needs_an_address, waiting_for_student
from ..registry import get_type
from ..rules.stopping import ask_to_return_by
from ..standing import standing_of
from .alerts import alerts_to_do

# The one request everybody must make; it is offered before anybody looks for it.
CHECK_IN = "check_in"
LEAVE, RETURN = "leave_withdrawal", "return_to_study"


@dataclass(frozen=True)
class Kind:
    """How one kind of waiting is worded; the order below is the order of the list."""

    button: Any
    until: Any
    text: Any = ""


KINDS = {
    "clarification": Kind(
        _("Answer"),
        _("Answer before %(date)s."),
        _("Somebody asked you to change or explain something."),
    ),
    "approver": Kind(
        _("Name another person"),
        _("Do it before %(date)s."),
        _("The person you named is not the right one. Name another."),
    ),
    # Its words are its own (alerts.py).
    "alert": Kind("", ""),
    "unreached": Kind(
        _("Correct the address"),
        _("Do it before %(date)s."),
        _("Our mail to the person you named did not arrive. Correct the address, or name another."),
    ),
    "check_in": Kind(_("Check in"), _("Check in no later than %(date)s.")),
    "return_to_study": Kind(_("Ask to return"), _("You planned to return on %(date)s.")),
    "personal_email": Kind(
        _("Give my personal address"),
        _("Your program ends on %(date)s."),
        _("Your campus account ends some time after your studies, and with it your way in here."),
    ),
    "draft": Kind(
        _("Go on"),
        _("We keep it until %(date)s."),
        _("You have started this request but not sent it."),
    ),
}


@dataclass(frozen=True)
class ToDo:
    """One thing to do: what, why, where, and until when."""

    kind: str
    title: Any
    text: Any
    href: str
    until: date | None = None

    @property
    def button(self):
        """The words on the link."""
        return KINDS[self.kind].button

    @property
    def until_text(self):
        """What the date means."""
        return KINDS[self.kind].until % {"date": date_format(self.until, "F j, Y")}


def things_to_do(record, own):
    """Return everything that waits for this person; ``own`` are the requests already read."""
    found = [_of_request(each) for each in waiting_for_student(own)] + alerts_to_do(record, own)
    if not any(each.kind == "alert" and each.cure == CHECK_IN for each in found):
        found += _check_in(record, own)
    found += _return(record, own) + _personal_email(record)
    order = list(KINDS)
    return sorted(found, key=lambda each: (order.index(each.kind), each.until or date.max))


def _of_request(student_request):
    of_approver = "unreached" if needs_an_address(student_request) else "approver"
    kind = {State.CLARIFICATION: "clarification", State.DRAFT: "draft"}.get(
        student_request.state, of_approver
    )
    end = end_of(student_request)
    return ToDo(
        kind,
        student_request.type.title,
        _text(kind, student_request),
        student_request.get_absolute_url(),
        end.on if end else None,
    )


def _text(kind, student_request):
    if kind == "draft" and student_request.started_by_id != student_request.owner_id:
        return _("We started this request for you. Complete it and send it.")
    return KINDS[kind].text


def _check_in(record, own):
    """Return the Check-In while it is open and not begun; most people cost no query here.

    Whether its guide is published is left to its own page, which says so.
    """
    begun = any(each.type_key == CHECK_IN and each.is_open for each in own)
    if record.check_in_completed_on or begun:
        return []
    check_in = get_type(CHECK_IN)
    facts, policy = facts_for(record), policy_in_force(CHECK_IN)
    verdict = check_in.eligibility(facts, timezone.localdate(), policy)
    if not (verdict.is_open and policy.is_open):
        return []
    address = reverse("portal_start", args=[CHECK_IN])
    until = check_in.deadline(facts, policy)
    return [ToDo(CHECK_IN, check_in.title, check_in.summary, address, until)]


def _return(record, own):
    """Return the way back from the office's day before a planned return until it is asked for."""
    begun = any(each.type_key == RETURN and each.is_open for each in own)
    if record.stopped_on is None or record.returns_on is None or begun:
        return []
    opens = ask_to_return_by(record.returns_on, policy_in_force(LEAVE))
    if timezone.localdate() < opens:
        return []
    offer = standing_of(record, RETURN)
    if not offer.verdict.is_open:
        return []
    address = reverse("portal_start", args=[RETURN])
    return [ToDo(RETURN, offer.type.title, offer.type.summary, address, record.returns_on)]


def _personal_email(record):
    """Return the address that outlives the campus account, from 90 days before the studies end."""
    if not is_waiting(record, timezone.localdate()):
        return []
    kind, title = "personal_email", _("Give us your personal e-mail address")
    return [ToDo(kind, title, KINDS[kind].text, reverse(kind), end_of_studies(record))]

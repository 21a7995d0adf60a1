"""Whether somebody can leave and come back: each finding with its reason and what cures it.

Pure: it knows the record's facts, the trip, today, the policy numbers of the reprint, and which
requests are waiting. A later return never makes the answer better.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.choices import EmploymentStatus, SevisStatus

from .dates import absence_ends_record_after, add_months, travel_signature_valid_until
from .training import post_completion_opt, status_ends_on, stem_opt
from .windows import in_words

# Active, so that the form of this school serves: students, and exchange visitors once validated.
STATUS = "8 CFR 214.2(f)(4); 22 CFR 62.13"
SIGNATURE = gettext_lazy("8 CFR 214.2(f)(4); office practice")
# "A valid unexpired visa and an unexpired passport ... shall be presented by each arriving
# nonimmigrant", 212.1; of six months more for the passport speaks 214.1(a)(3)(i).
PASSPORT = "8 CFR 212.1, 214.1(a)(3)(i)"
VISA = "8 CFR 212.1"
NO_VISA = "8 CFR 212.1(a)(1)"
END = "8 CFR 214.2(f)(5)(iv), (j)(1)(ii)"
ABSENCE = "8 CFR 214.2(f)(4), (f)(13)"
PENDING = "8 CFR 214.2(f)(13)"
CAP_GAP = "8 CFR 214.2(f)(5)(vi)"
TRANSFER = "8 CFR 214.2(f)(8); 22 CFR 62.42"
PRACTICE = gettext_lazy("Office practice")
# At most so much is added to a program at once (types/program_extension.py).
EXTENSION_MONTHS = 12
# Citizens who need a passport and a form, and no visa.
WITHOUT_VISA = frozenset({"Canada"})


class State(IntEnum):
    """How ready; the larger the worse, so that the worst finding is the answer."""

    READY = 0
    CHECK = 1
    NOT_READY = 2


class Trip(NamedTuple):
    """From the day somebody leaves to the day of return, both included."""

    leaves_on: date
    returns_on: date


class Waiting(NamedTuple):
    """A request that is with somebody and will change the form or the record."""

    reference: str
    title: str
    # It rests on a petition that a trip takes back.
    tells_of_h1b: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing to look at. What cures it is one of: a request, a paper to send, a request sent."""

    name: str
    state: State
    reason: str
    citation: Any
    # The key of a request type, a kind of document to send, or the reference of a waiting request.
    request: str = ""
    paper: str = ""
    waiting: str = ""


def findings(facts, trip, today, policy, waiting: Iterable[Waiting] = ()):
    """Return every finding about this trip, in the order in which one reads papers."""
    if facts.visa_class not in ("F-1", "J-1"):
        reason = _("This page is for F-1 and J-1. Ask our office before you travel.")
        return (Finding("status", State.CHECK, reason, PRACTICE),)
    found = (
        _status(facts),
        _transfer(facts, trip),
        _passport(facts, trip, policy),
        _visa(facts, trip, policy),
        _signature(facts, trip, today),
        _end(facts, trip, today),
        _pending_training(facts),
        _cap_gap(facts, trip),
        _absence(facts, trip),
        *(_waiting(each) for each in waiting),
    )
    return tuple(each for each in found if each is not None)


def readiness(found):
    """Return the answer of these findings: the worst of them."""
    return max((each.state for each in found), default=State.READY)


def _status(facts):
    """Only an Active record lets somebody come back with the form of this school."""
    if facts.sevis_status == SevisStatus.ACTIVE:
        return Finding("status", State.READY, _("Your SEVIS record is Active."), STATUS)
    if facts.sevis_status == SevisStatus.INITIAL:
        reason = _("Your SEVIS record is not Active yet. It becomes so after your Check-In.")
        return Finding("status", State.NOT_READY, reason, STATUS, request="check_in")
    reason = _("Your SEVIS record is not Active. Speak with our office before you leave.")
    return Finding("status", State.NOT_READY, reason, STATUS)


def _transfer(facts, trip):
    """After a release the form of this school serves no more."""
    day = facts.transfer_release_on
    if day is None:
        return None
    values = {"date": in_words(day)}
    if day <= trip.returns_on:
        reason = _("Your record moves on %(date)s. Come back with the form of the new school.")
        return Finding("transfer", State.NOT_READY, reason % values, TRANSFER)
    reason = _("You come back before your record moves on %(date)s.")
    return Finding("transfer", State.READY, reason % values, TRANSFER)


def _passport(facts, trip, policy):
    """Valid on the return, and for some months more: many borders and airlines want that."""
    state, reason = _paper(
        facts.passport_expiry,
        trip,
        policy,
        _("Our record shows no passport."),
        _("Your passport ends on %(date)s, before you come back."),
        _("Your passport ends on %(date)s, less than %(months)d months after you come back."),
        _("Your passport is valid until %(date)s."),
    )
    return Finding("passport", state, reason, PASSPORT, paper=_if_open(state, "passport"))


def _visa(facts, trip, policy):
    """Valid on the return, unless no visa is needed."""
    if facts.citizenship_country in WITHOUT_VISA:
        return Finding("visa", State.READY, _("Citizens of Canada need no visa."), NO_VISA)
    state, reason = _paper(
        facts.visa_expiry,
        trip,
        policy,
        _("Our record shows no visa. Who changed status here needs one to come back."),
        _("Your visa ends on %(date)s. Get a new one abroad before you come back."),
        _("Your visa ends on %(date)s, less than %(months)d months after you come back."),
        _("Your visa is valid until %(date)s."),
    )
    return Finding("visa", state, reason, VISA, paper=_if_open(state, "visa"))


def _paper(expiry, trip, policy, none, over, soon, good):
    """Return state and reason for a paper with this last day."""
    if expiry is None:
        return State.CHECK, none
    months = policy["papers_months"]
    values = {"date": in_words(expiry), "months": months}
    if expiry < trip.returns_on:
        return State.NOT_READY, over % values
    if expiry < add_months(trip.returns_on, months):
        return State.CHECK, soon % values
    return State.READY, good % values


def _if_open(state, cure):
    return "" if state == State.READY else cure


def _training_has_begun(facts, day):
    """Tell whether OPT after completion or STEM OPT has begun by then: signatures serve less."""
    return any(work and work.start <= day for work in (post_completion_opt(facts), stem_opt(facts)))


def _signature(facts, trip, today):
    """At most 12 months old on the return, 6 from OPT on; its end is a finding of its own."""
    on_work = _training_has_begun(facts, trip.returns_on)
    signed = facts.travel_signature_on
    until = signed and travel_signature_valid_until(signed, None, on_work)
    if until and trip.returns_on <= until:
        reason = _("Your travel signature serves until %(date)s.") % {"date": in_words(until)}
        return Finding("signature", State.READY, reason, SIGNATURE)
    if until is None:
        reason = _("Our record shows no travel signature.")
    else:
        reason = _("Your travel signature serves until %(date)s. You come back later.")
        reason %= {"date": in_words(until)}
    if trip.returns_on <= travel_signature_valid_until(today, None, on_work):
        return Finding("signature", State.NOT_READY, reason, SIGNATURE, request="reprint")
    far = _("A new one would not last so long either. Ask closer to your trip.")
    return Finding("signature", State.NOT_READY, f"{reason} {far}", SIGNATURE)


def _end(facts, trip, today):
    """The return lies within the program, or within OPT; no grace period lets anybody in."""
    ends = status_ends_on(facts)
    if ends is None:
        reason = _("Our record shows no program end date. Write to us so that we can add it.")
        return Finding("end", State.CHECK, reason, END)
    values = {"date": in_words(ends)}
    is_training = ends != facts.program_end
    if trip.returns_on <= ends:
        reason = _("Your program lasts until %(date)s.")
        if is_training and _training_has_begun(facts, trip.returns_on):
            reason = _("Your OPT lasts until %(date)s. Carry the EAD and a letter of your work.")
        elif is_training:
            reason = _("Your program and the OPT after it last until %(date)s.")
        return Finding("end", State.READY, reason % values, END)
    if ends < today and _is_training_pending(facts):
        reason = _("It ended on %(date)s, and your OPT is not approved. Do not leave before.")
        return Finding("end", State.NOT_READY, reason % values, END)
    if ends < today:
        reason = _("It ended on %(date)s. You may leave in the grace period, but not come back.")
        return Finding("end", State.NOT_READY, reason % values, END)
    if is_training:
        reason = _("Your OPT ends on %(date)s, before you come back. Speak with our office.")
        return Finding("end", State.NOT_READY, reason % values, END)
    if _is_training_pending(facts):
        reason = _("Your program ends on %(date)s, and your OPT is not approved. Come back before.")
        return Finding("end", State.NOT_READY, reason % values, END)
    reason = _("Your program ends on %(date)s, before you come back.") % values
    can_be_extended = trip.returns_on <= add_months(ends, EXTENSION_MONTHS)
    cure = "program_extension" if can_be_extended else ""
    return Finding("end", State.NOT_READY, reason, END, request=cure)


def _is_training_pending(facts):
    return any(
        work.kind in ("OPT", "STEM")
        and work.status in (EmploymentStatus.PENDING, EmploymentStatus.REQUESTED)
        for work in facts.employments
    )


def _pending_training(facts):
    """While USCIS decides, a letter or a card may arrive in one's absence."""
    if not _is_training_pending(facts):
        return None
    reason = _("Your OPT is not decided yet. Speak with an advisor before you leave.")
    return Finding("training", State.CHECK, reason, PENDING)


def _cap_gap(facts, trip):
    """Who leaves while a change to H-1B is pending gives it up (domain/requests.md §28)."""
    spans = [work.end for work in facts.approved("cap_gap") if work.end >= trip.leaves_on]
    if not spans:
        return None
    return Finding("cap_gap", State.NOT_READY, _change_is_pending(), CAP_GAP)


def _change_is_pending():
    return _("Your change to H-1B is pending. Do not travel before it is decided.")


def _absence(facts, trip):
    """Five months abroad end the record of an F-1 student."""
    if facts.visa_class != "F-1":
        return None
    until = absence_ends_record_after(trip.leaves_on)
    values = {"date": in_words(until)}
    if trip.returns_on <= until:
        reason = _("Be back by %(date)s: five months abroad end your record.")
        return Finding("absence", State.READY, reason % values, ABSENCE)
    reason = _("Five months abroad end your record. Be back by %(date)s, or speak with us first.")
    return Finding("absence", State.NOT_READY, reason % values, ABSENCE)


def _waiting(request):
    """What is asked for now will change the form: leave with the new one.

    A request for cap-gap says that the petition is filed, before the record knows of it.
    """
    name = f"waiting {request.reference}"
    if request.tells_of_h1b:
        reason = _change_is_pending()
        return Finding(name, State.NOT_READY, reason, CAP_GAP, waiting=request.reference)
    reason = _("You asked for: %(title)s. Wait until it is completed, so that you carry its form.")
    reason %= {"title": request.title}
    return Finding(name, State.CHECK, reason, PRACTICE, waiting=request.reference)

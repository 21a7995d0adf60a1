"""Home of somebody who has not arrived: where the first form stands, and what to do next."""

import uuid

from django.shortcuts import render

from isso.home.hours import calendar_for
from isso.requests.people import campus
from isso.requests.records.reading import facts_for

from ...answers import readable_pages, situation_of
from ...assignment import advisor_for
from ...before_arrival import first_form_among, first_form_to_begin
from ...lifecycle import EDITABLE, State
from ...lifetimes import end_of
from ...queues import own_requests
from ...reading_messages import new_threads
from ...rules.next_steps import CHECK_IN, FROM_ABROAD, dates_before_arrival
from ...standing import offers_for
from ...words import STAMPS, what_happens_now
from ..answer_rows import Row, answer_sections
from ..asked import questions_asked
from ..clock_lines import clock_lines
from ..documents import documents_of
from ..history import last_shown_note
from ..journey import Stop, address_of, pages_to_fill
from ..reminders import reminders_for
from ..rows import request_rows, whose_turn
from .next_steps import can_be_asked, is_released, rail_of
from .start_change import start_change
from .tabs import HOME, tabs_of, tabs_to_come

# Whoever is in one of these may begin again.
ENDED_BADLY = (State.DENIED, State.WITHDRAWN, State.EXPIRED)


def home(request, record):
    """Show the first tab."""
    facts, own = facts_for(record), list(own_requests(record))
    first = first_form_among(own)
    others = [each for each in own if each is not first]
    context = {
        "tab": HOME,
        "name": record.preferred_name or record.given_name or record.full_name,
        "dates": [
            Row(label, day, citation)
            for label, day, citation in dates_before_arrival(_steps_of(first), facts)
        ],
        "reminders": reminders_for(request.user, record),
        "advisor": advisor_for(record),
        "may_connect_campus": campus.may_be_connected(request.user),
        "others": request_rows(others, clock_lines(others, calendar_for(request))),
        "documents": documents_of(record).released,
        "new_threads": new_threads(record, own),
    }
    may_begin = first is None or first.state in ENDED_BADLY
    has_form = first is not None and is_released(first)
    offers = offers_for(record, facts) if may_begin or has_form else []
    if may_begin:
        context |= _to_begin(request, offers)
    if first is not None:
        first.student = record
        context |= _of(first)
    if first is not None and not has_form:
        situation = situation_of(first, facts, policy=_policy(offers, first.type_key))
        context |= _being_filled_in(first, situation)
    if has_form:
        context["first_form"] = tabs_of(first, current=HOME)
        policy = _policy(offers, CHECK_IN)
        context |= {
            "next_steps": rail_of(record, first, facts, own, policy),
            "offers": [each for each in offers if can_be_asked(each)],
        }
    return render(request, "portal/before_arrival/home.html", context)


def _steps_of(first):
    """Return the steps ahead; before anything is answered those of somebody from abroad."""
    return first.type.next_steps(first.answers) if first else FROM_ABROAD


def _policy(offers, key):
    """Return the numbers in force of one type, where they are read already."""
    return next((offer.policy for offer in offers if offer.type.key == key), None)


def _to_begin(request, offers):
    """Return what begins the first form, or the sentence why it cannot be begun today."""
    offer = first_form_to_begin(offers)
    if offer is None:
        return {"first_form": tabs_of(None, current=HOME)}
    is_open = offer.verdict.is_open
    return {
        "first_form": tabs_to_come(offer.type) if is_open else tabs_of(None, current=HOME),
        "to_begin": offer,
        "guide_url": offer.guide.get_url(request) if offer.guide else "",
        "start_key": uuid.uuid4() if is_open else None,
        "how": [Stop(step.text, meta=step.who) for step in offer.type.steps],
    }


def _of(first):
    """Return where the request for the first form stands."""
    tone, icon = STAMPS[State(first.state)]
    end = end_of(first)
    is_asked = first.state == State.CLARIFICATION
    return {
        "first": first,
        "tone": tone,
        "icon": icon,
        "sentence": what_happens_now(first),
        "turn": whose_turn(first),
        "ends_on": end.on if end else None,
        "questions": questions_asked(first),
        "asked": last_shown_note(first, first.history.all()) if is_asked else None,
        "start_change": start_change(first),
        "how": [Stop(step.text, meta=step.who) for step in first.type.steps],
    }


def _being_filled_in(first, situation):
    """Return the tabs with what they miss, where to go on, and what Home itself asks."""
    tabs, page = tabs_of(first, situation, HOME), first.type.page(HOME)
    may_change = first.state in EDITABLE and page in pages_to_fill(first)
    told = readable_pages(first.type, first.answers, situation, only=page) if page else []
    return {
        "first_form": tabs,
        "go_on": _unfinished(tabs) if first.state in EDITABLE else "",
        "told": [row for section in answer_sections(first, told, []) for row in section.rows],
        "change": address_of(first, page) if may_change else "",
    }


def _unfinished(tabs):
    """Return the first tab with something left to do; Home's own questions have their page."""
    first = tabs.student_request
    left = next((each for each in tabs.tabs if not each.is_complete), tabs.tabs[-1])
    if left.slug == HOME:
        return address_of(first, first.type.page(HOME))
    return left.href

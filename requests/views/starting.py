"""The page before a request: what it is, what it takes, and the button that starts it."""

import uuid

from django.shortcuts import redirect, render
from django.utils import timezone

from isso.requests.records.reading import facts_for

from .. import drafting
from ..actor import Actor
from ..before_arrival import is_before_arrival
from ..models import StudentRequest
from ..registry import all_types
from ..request_form import Situation
from ..request_type import AskedBy
from ..standing import offers_for, standing_of
from .access import with_record
from .before_arrival.next_steps import can_be_asked
from .before_arrival.tabs import tabs_for
from .journey import Stop, address_of, pages_to_fill
from .rows import request_rows


@with_record
def start_page(request, record, key):
    """Explain a request (GET), start it or lead to the one already under way (POST)."""
    asked = all_types().get(key)
    if asked is None or asked.asked_by != AskedBy.PERSON:
        return _unknown(request, record)
    if request.method == "POST":
        return _start(request, record, key)
    return _explain(request, record, key)


def _unknown(request, record):
    context = {
        "tab": "requests",
        "first_form": tabs_for(request.user, record),
        "offers": [
            each
            for each in offers_for(record)
            if not is_before_arrival(record) or can_be_asked(each)
        ],
    }
    return render(request, "portal/unknown_type.html", context, status=404)


def _start(request, record, key):
    try:
        draft = drafting.start(
            record,
            key,
            Actor.for_student(request.user),
            start_key=request.POST.get("start_key", ""),
            about=request.POST.get("about", ""),
        )
    except drafting.NotOffered:
        return _explain(request, record, key)
    if draft.state not in drafting.EDITABLE:
        return redirect("portal_request", reference=draft.reference)
    return redirect(address_of(draft, pages_to_fill(draft)[0]))


def _explain(request, record, key):
    if is_before_arrival(record) and all_types()[key].is_first_form:
        # Home explains it, and says why it cannot be begun.
        return redirect("portal_welcome")
    facts = facts_for(record)
    about = request.GET.get("about", "")
    offer = standing_of(record, key, facts)
    situation = Situation(facts, timezone.localdate(), offer.policy)
    under_way = StudentRequest.objects.open_for(record, key).select_related("current_approval")
    context = {
        "tab": "requests",
        "first_form": tabs_for(request.user, record),
        "offer": offer,
        "guide_url": offer.guide.get_url(request) if offer.guide else "",
        "under_way": request_rows(under_way),
        # Where one without a purpose is open, the button would only lead to that one.
        "may_start": offer.verdict.is_open and all(each.purpose for each in under_way),
        "steps": [Stop(step.text, meta=step.who) for step in offer.type.steps],
        "dates": offer.type.date_lines(situation),
        "panel": offer.type.panel(situation),
        "target_days": offer.policy.target_days,
        "start_key": uuid.uuid4(),
        "about": about if about in offer.type.corrects else "",
    }
    return render(request, "portal/start.html", context)

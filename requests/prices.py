"""The costs and exchange rates a request is judged by: today's, and once it is sent those of then.

Whoever has sent a request keeps its numbers while the office works on it, also in a clarification;
only what was missing then is taken from today (decision 28).
"""

from dataclasses import replace

from django.utils import timezone

from isso.home.costs import costs_from
from isso.home.exchange import rates_on
from isso.home.prices import Prices

from .lifecycle import EDITABLE
from .models.history import Snapshot
from .rules.first_year_money import level_of


def with_prices(facts, student_request, today=None):
    """Return the facts with the prices this request is judged by, where its type asks for any."""
    if not student_request.type.needs_prices:
        return facts
    today = today or timezone.localdate()
    sent = None
    if student_request.submitted_at is not None:
        sent = sent_prices([student_request]).get(student_request.pk)
    if sent is None:
        return replace(facts, prices=prices_on(today, facts))
    if student_request.state in EDITABLE:
        sent = sent.filled_from(prices_on(today, facts))
    return replace(facts, prices=sent)


def prices_on(day, facts):
    """Return what the first year costs this person, and the rates, on a day; in two queries."""
    level = level_of(facts)
    costs = costs_from(level, facts.program_start) if level else None
    return Prices(day, costs, rates_on(day))


def sent_prices(student_requests):
    """Return by primary key the prices requests were sent with, in one query or none."""
    asking = [each for each in student_requests if each.type.needs_prices]
    if not asking:
        return {}
    sent = Snapshot.objects.filter(student_request__in=asking).order_by("number")
    kept = sent.values_list("student_request_id", "policy__prices")
    # The last one holds what the first one lacked.
    return {pk: Prices.from_json(prices) for pk, prices in kept if prices}


def kept_with(policy, facts):
    """Return what a submission keeps of its policy, with the prices where there are any."""
    kept = {"revision": policy.revision, "numbers": policy.numbers}
    return kept | {"prices": facts.prices.as_json()} if facts.prices else kept

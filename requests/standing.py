"""How every request type stands to one person today: the tiles, their reasons and their dates."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.reading import facts_for

from .models.guide import live_guides
from .models.policy import policies_in_force, policy_in_force
from .registry import all_types, get_type
from .request_type import AskedBy
from .rules.verdict import Standing, Verdict


@dataclass(frozen=True)
class Offer:
    """One request type as one person sees it."""

    type: Any
    verdict: Verdict
    policy: Any
    guide: Any = None


def offers_for(record, facts=None, today=None, asked_by=AskedBy.PERSON):
    """Return every type a person asks for, with its verdict for this one, in a few queries.

    ``asked_by`` may be a department, which asks for others about the person.

    Open ones come first; those that stand alike are in the order of their titles.
    """
    facts = facts or facts_for(record)
    today = today or timezone.localdate()
    policies, guides = policies_in_force(), live_guides()
    offers = [
        _offer(each, facts, today, policies[key], guides.get(key))
        for key, each in all_types().items()
        if each.asked_by == asked_by
    ]
    order = list(Standing)
    return sorted(
        offers,
        key=lambda offer: (order.index(offer.verdict.standing), str(offer.type.title).casefold()),
    )


def standing_of(record, type_key, facts=None, today=None):
    """Return the offer of one type for one person."""
    return _offer(
        get_type(type_key),
        facts or facts_for(record),
        today or timezone.localdate(),
        policy_in_force(type_key),
        live_guides().get(type_key),
    )


def _offer(request_type, facts, today, policy, guide):
    explained = guide is not None or not request_type.needs_guide
    is_offered = request_type.is_offered and explained
    verdict = _verdict(request_type, facts, today, policy, is_offered)
    return Offer(request_type, verdict, policy, guide)


def _verdict(request_type, facts, today, policy, is_offered):
    verdict = request_type.eligibility(facts, today, policy)
    if verdict.standing == Standing.NOT_FOR_YOU:
        return verdict
    if not policy.is_open:
        return Verdict(Standing.CLOSED_SINCE, policy.closed_text)
    if not is_offered:
        return Verdict(Standing.CLOSED_SINCE, _("The office has closed this request for now."))
    return verdict

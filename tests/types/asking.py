"""How the tests of a type ask it: may this person, is this answer right, what follows from it."""

from dataclasses import replace

from django.http import QueryDict

from isso.requests.models.policy import PolicyInForce
from isso.requests.registry import get_type
from isso.requests.request_form import Situation

from .money import PRICES


def priced(key, facts):
    """Return the facts with costs and exchange rates, where the type asks for them."""
    if get_type(key).needs_prices and facts.prices is None:
        return replace(facts, prices=PRICES)
    return facts


def policy_of(key, **numbers):
    """Return a type's own numbers, with these changed."""
    request_type = get_type(key)
    defaults = {name: each.default for name, each in request_type.policies.items()}
    return PolicyInForce(True, "", request_type.target_days, defaults | numbers)


def verdict_of(key, facts, today, **numbers):
    """Return (standing, date, reason) for a person today."""
    found = get_type(key).eligibility(facts, today, policy_of(key, **numbers))
    return found.standing, found.on, str(found.reason)


def bound(key, slug, answers, facts, today, **numbers):
    """Return one page's form with these answers posted."""
    posted = QueryDict(mutable=True)
    for name, value in answers.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    situation = Situation(priced(key, facts), today, policy_of(key, **numbers), answers)
    return get_type(key).page(slug).form(posted, situation=situation, initial=answers)


def errors_of(key, slug, answers, facts, today, **numbers):
    """Return the sentences at each field of one page."""
    form = bound(key, slug, answers, facts, today, **numbers)
    return {name: [str(each) for each in found] for name, found in form.errors.items()}


def cleaned_of(key, answers, facts, today):
    """Return the typed values of every page, as completion gets them."""
    cleaned = {}
    for page in get_type(key).pages:
        if page.form:
            form = bound(key, page.slug, answers, facts, today)
            assert form.errors == {}, (page.slug, form.errors)
            cleaned |= form.cleaned_data
    return cleaned


def values_of(entries):
    """Return SEVIS entries as [(event, {label: value})]."""
    return [
        (each.event, {str(label): str(value) for label, value in each.values}) for each in entries
    ]


def panel_of(key, answers, facts, today, **numbers):
    """Return the rows of the calculator as words, for these answers."""
    situation = Situation(priced(key, facts), today, policy_of(key, **numbers), answers)
    return [(str(label), str(value), tone) for label, value, tone in get_type(key).panel(situation)]

"""The request whose pages are the whole portal of somebody who has not arrived yet."""

from isso.requests.records.choices import Stage

from .queues import own_requests


def is_before_arrival(record):
    """Tell whether the office still expects this person."""
    return record.stage == Stage.PRE_ARRIVAL


def first_form_of(record):
    """Return the request for this person's first form, or None before it is begun."""
    return first_form_among(own_requests(record))


def first_form_among(requests):
    """Return the request for the first form out of a person's own, the newest first."""
    found = [each for each in requests if each.type.is_first_form]
    return next((each for each in found if each.is_open), found[0] if found else None)


def first_form_to_begin(offers):
    """Return the offer of a first form that stands best to this person.

    Where several stand alike, the answers lead from the first to the others
    (``RequestType.becomes``).
    """
    found = [offer for offer in offers if offer.type.is_first_form]
    alike = [each for each in found if each.verdict.standing == found[0].verdict.standing]
    return min(alike, key=lambda offer: offer.type.key, default=None)

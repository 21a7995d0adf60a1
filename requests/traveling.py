"""The travel readiness of one record: the pure rule, with the requests that are waiting."""

from .models import StudentRequest
from .registry import all_types
from .rules.travel_readiness import Trip, Waiting, findings

# Nothing is printed for it, but the record moves.
MOVES = "transfer_out"
TELLS_OF_H1B = "cap_gap"


def travel_findings(record, facts, today, policy, returns_on=None):
    """Return the findings for a trip that begins today, in one query; without a day of return
    for somebody who is back on the same day.
    """
    trip = Trip(today, returns_on or today)
    return findings(facts, trip, today, policy, _waiting_requests(record))


def _waiting_requests(record):
    """Return what was sent, has not ended, and will change a form or move the record."""
    sent = StudentRequest.objects.in_the_office().open().filter(student=record)
    types = all_types()
    return [
        Waiting(reference, str(types[key].title), tells_of_h1b=key == TELLS_OF_H1B)
        for reference, key in sent.order_by("created_at").values_list("reference", "type_key")
        if key in types and _changes_the_form(types[key])
    ]


def _changes_the_form(request_type):
    return bool(request_type.sevis_event) and (
        bool(request_type.releases) or request_type.key == MOVES
    )

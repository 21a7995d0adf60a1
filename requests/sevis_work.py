"""What approved requests still need keyed into SEVIS, with the exact values to copy."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from isso.requests.records.reading import facts_of_all

from .answers import typed_answers
from .lifecycle import State
from .models import StudentRequest
from .models.policy import policies_in_force
from .prices import sent_prices
from .registry import all_types
from .request_form import Situation
from .request_type import SevisEntry


@dataclass(frozen=True)
class Keying:
    """One approved request with what to key for it, in the order to key."""

    student_request: Any
    entries: tuple[SevisEntry, ...]
    is_late: bool

    @property
    def summary(self):
        """Return in one line what is keyed."""
        return "; ".join(str(entry.event) for entry in self.entries)


def keyed_types():
    """Return the request types that key something into SEVIS, by key."""
    return {key: each for key, each in all_types().items() if each.sevis_event}


def events():
    """Return (event, event) of every main event there is, for a filter."""
    return sorted(
        {(str(each.sevis_event), str(each.sevis_event)) for each in keyed_types().values()}
    )


def to_record(user, *, mine=False, event="", late=False):
    """Return the approved requests that nobody has keyed yet, the one due first on top."""
    found = _shown(user).filter(state=State.APPROVED, recorded_on__isnull=True)
    found = found.filter(
        type_key__in=[key for key, each in keyed_types().items() if event in ("", each.sevis_event)]
    )
    if mine:
        found = found.filter(assignee=user)
    if late:
        found = found.filter(sevis_due_on__lt=timezone.localdate())
    return found.order_by(F("sevis_due_on").asc(nulls_last=True), "decided_at", "pk")


def count_to_record(user):
    """Return how many wait to be keyed, and how many of them are late, in one query."""
    late = Q(sevis_due_on__lt=timezone.localdate())
    return to_record(user).order_by().aggregate(all=Count("pk"), late=Count("pk", filter=late))


def recorded_lately(user, number=10):
    """Return what was keyed last, the newest first."""
    found = _shown(user).filter(recorded_on__isnull=False)
    return found.order_by("-recorded_on", "-touched_at", "-pk")[:number]


def _shown(user):
    return StudentRequest.objects.visible_to(user).select_related("student", "assignee")


def with_entries(requests):
    """Return each request with what to key, in two queries for all of them."""
    requests, today = list(requests), timezone.localdate()
    facts = facts_of_all([each.student for each in requests])
    policies = policies_in_force() if requests else {}
    prices = sent_prices(requests)
    return [
        Keying(
            each,
            _entries(
                each,
                replace(facts[each.student_id], prices=prices.get(each.pk)),
                policies[each.type_key],
                today,
            ),
            each.sevis_due_on is not None and each.sevis_due_on < today,
        )
        for each in requests
    ]


def _entries(student_request, facts, policy, today):
    situation = Situation(facts, today, policy, student_request.answers)
    cleaned, _errors = typed_answers(student_request, situation)
    request_type = student_request.type
    # The record may have changed since the approval; what is owed still has a name.
    return tuple(request_type.sevis_entries(cleaned, facts)) or (
        SevisEntry(request_type.sevis_event, ()),
    )

"""The tab Personal & Program: what the office has on file, read-only, with sources."""

from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone

from isso.requests.records.access import log_read
from isso.requests.records.groups import SENSITIVE_FIELDS
from isso.requests.records.reading import fact_sources, facts_for

from ..models.policy import policies_in_force
from ..registry import all_types
from ..request_type import Situation
from ..rules.verdict import Standing
from .access import with_record
from .record_rows import record_groups


@with_record
def profile(request, record):
    """Show the record; a number of a document appears when asked for, and that is noted."""
    shown = request.GET.get("show", "")
    if shown in SENSITIVE_FIELDS and getattr(record, shown):
        log_read(request.user, shown, record.pk)
    prefetch_related_objects([record], "dependents", "employments")
    today = timezone.localdate()
    context = {
        "tab": "profile",
        "name": record.full_name,
        "groups": record_groups(record, fact_sources(record), shown, today),
        "counters": _counters(facts_for(record), today),
        "dependents": record.dependents.all(),
        "employments": record.employments.all(),
    }
    return render(request, "portal/profile.html", context)


def _counters(facts, today):
    """Return what the types count for this person: days of work used, until when things serve."""
    policies = policies_in_force()
    rows = []
    for key, request_type in all_types().items():
        verdict = request_type.eligibility(facts, today, policies[key])
        if verdict.standing != Standing.NOT_FOR_YOU:
            rows += request_type.panel(Situation(facts, today, policies[key]))
    return rows

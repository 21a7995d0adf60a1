"""The tab Personal & Program: what the office has on file, read-only, with sources."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.records.access import log_read
from isso.requests.records.groups import SENSITIVE_FIELDS
from isso.requests.records.reading import fact_sources, facts_for

from ..rules.travel_readiness import readiness
from ..standing import offers_for
from ..traveling import travel_findings
from .access import once_here
from .record_lists import list_groups
from .record_rows import record_groups
from .travel import IN_WORDS

CHAPTERS = (
    (
        "studies",
        _("Status and studies"),
        ("status", "holds", "biographical", "program", "enrollment", "course"),
    ),
    (
        "reach",
        _("How we reach you"),
        ("contact", "us_address", "mailing_address", "foreign_address", "emergency"),
    ),
    ("money", _("Money and work"), ("funding", "work")),
    ("family", _("Family"), ("dependents",)),
    ("papers", _("Travel documents and forms"), ("passport", "visa", "i94", "travel", "forms")),
)
# A paper proves these, so a wrong line begins with sending it.
SENT_AS = {"passport": "passport", "visa": "visa", "i94": "i94"}

# Nobody misses these.
BEST_EMPTY = frozenset({"holds", "course"})


@dataclass(frozen=True)
class Chapter:
    """Groups under one heading; those without anything are one line each."""

    key: str
    title: Any
    groups: list[Any]

    @property
    def full(self):
        """The groups with something to read."""
        return [group for group in self.groups if group.rows or group.bars]

    @property
    def empty(self):
        """The groups of which nothing is on record."""
        return [group for group in self.groups if group not in self.full]


@once_here
def profile(request, record):
    """Show the record; a number of a document appears when asked for, and that is noted."""
    shown = request.GET.get("show", "")
    if shown in SENSITIVE_FIELDS and getattr(record, shown):
        log_read(request.user, shown, record.pk, record=record)
    today, facts = timezone.localdate(), facts_for(record)
    sources, offers = fact_sources(record), offers_for(record, facts, today)
    policies = {offer.type.key: offer.policy for offer in offers}
    groups = [
        *record_groups(record, sources, shown, today),
        *list_groups(record, facts, sources, policies, today),
    ]
    fixes = _fixes(offers)
    for group in groups:
        group.fix = fixes.get(group.key) or _send(group.key)
        if group.key in BEST_EMPTY and not group.rows:
            group.fix = ""
    context = {
        "tab": "profile",
        "name": record.full_name,
        "groups": groups,
        "chapters": _chapters(groups),
        "travel": IN_WORDS[readiness(travel_findings(record, facts, today, policies["reprint"]))],
    }
    return render(request, "portal/profile.html", context)


def _chapters(groups):
    by_key = {group.key: group for group in groups}
    return [Chapter(key, title, [by_key[each] for each in keys]) for key, title, keys in CHAPTERS]


def _fixes(offers):
    """Return group → where a correction of it is asked for, of the requests open today."""
    return {
        group: f"{reverse('portal_start', args=[offer.type.key])}?{urlencode({'about': group})}"
        for offer in offers
        if offer.verdict.is_open
        for group in offer.type.corrects
    }


def _send(group):
    """Return where a document is sent without a request; what it is, is chosen already."""
    query = {"kind": SENT_AS[group]} if group in SENT_AS else {"about": group}
    return f"{reverse('portal_send_document')}?{urlencode(query)}"

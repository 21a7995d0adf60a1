"""Makes what the portal needs before anybody can ask: guides, policies in force, reminders."""

import tomllib
from datetime import datetime, time, timedelta

from django.utils import timezone

from isso.home.demonstration.loading import FOLDER, load_pages, register_page_kind
from isso.home.demonstration.loading import fields_of as page_fields
from isso.home.demonstration.office import load_office
from isso.home.demonstration.searching import load_search_words

from ..models import PolicyNumber, Reminder, RequestGuidePage, RequestPolicy
from ..registry import folder_types

REVIEWED_AGAIN_AFTER = timedelta(days=180)


def load_the_office(today):
    """Load pages and facts of the office, then the portal's half of both."""
    register_page_kind("request_guide", _guide_page)
    # Bodies of pages name people and forms of the office.
    load_office(today)
    load_pages()
    load_search_words()
    load_policies(today)
    load_reminders(today)


def _guide_page(entry):
    return RequestGuidePage(type_key=entry["type_key"], **page_fields(entry, RequestGuidePage))


def load_policies(today):
    """Publish the policy of every type that has none, with the defaults its file states."""
    known = set(RequestPolicy.objects.values_list("type_key", flat=True))
    for key, request_type in folder_types().items():
        if key in known:
            continue
        policy = RequestPolicy(
            type_key=key,
            target_days=request_type.target_days,
            citation=str(request_type.citation),
            review_by=today + REVIEWED_AGAIN_AFTER,
        )
        policy.numbers = [
            PolicyNumber(name=name, value=declared.default)
            for name, declared in request_type.policies.items()
        ]
        policy.save()
        policy.save_revision().publish()


def load_reminders(today):
    """Publish the reminders that are missing; their times count from ``today``."""
    told = tomllib.loads((FOLDER / "office.toml").read_text())["reminder"]
    known = set(Reminder.objects.values_list("title", flat=True))
    for entry in told:
        if entry["title"] in known:
            continue
        reminder = Reminder(
            show_from=_midnight(today, entry.pop("show_from_days")),
            show_until=_midnight(today, entry.pop("show_until_days")),
            **entry,
        )
        reminder.full_clean()
        reminder.save()
        reminder.save_revision().publish()


def _midnight(today, days):
    return datetime.combine(today + timedelta(days=days), time(), timezone.get_current_timezone())

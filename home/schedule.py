"""What appears and goes away by the clock in the days to come, for those who edit.

Each room tells its own through a provider (home/scheduled.py and the
portal's room), and whoever runs what Wagtail has scheduled tells when that last happened.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

LOOKING_AHEAD = timedelta(days=30)

APPEARS = _("Appears")
GOES_AWAY = _("Goes away")
BEGINS = _("Begins")
LAST_DAY = _("Last day")
IS_ANNOUNCED = _("Is announced")
TO_CHECK = _("Check again by")


@dataclass(frozen=True)
class Change:
    """One thing that the clock will change: what, when, and where an editor changes that."""

    at: datetime
    what: Any
    kind: Any
    title: str
    url: str
    by: str = ""
    # A day without a time of day, in the office's zone.
    is_day: bool = False

    @property
    def is_late(self):
        """Tell whether its time has passed and it has not happened."""
        return self.at < timezone.now() and not self.is_day


@dataclass(frozen=True)
class PublisherState:
    """When scheduled pages were last published, and whether that stands still."""

    ran_at: datetime | None
    is_late: bool


Provider = Callable[[Any, datetime, datetime], Iterable[Change]]
_providers: list[Provider] = []
_publishers: list[Callable[[], PublisherState]] = []


def register_schedule(provider: Provider) -> None:
    """Let a room tell what changes between two moments, of what a user may edit."""
    if provider not in _providers:
        _providers.append(provider)


def register_publisher(provider: Callable[[], PublisherState]) -> None:
    """Let the room that runs the worker tell how scheduled publishing does."""
    if provider not in _publishers:
        _publishers.append(provider)


def changes_ahead(user, ahead: timedelta = LOOKING_AHEAD) -> list[Change]:
    """List what will change, and what should have, the earliest first."""
    now = timezone.now()
    found = [each for provider in _providers for each in provider(user, now, now + ahead)]
    return sorted(found, key=lambda each: (each.at, str(each.kind), each.title))


def publisher_state() -> PublisherState | None:
    """Tell how scheduled publishing does; nothing where no room runs it."""
    return _publishers[0]() if _publishers else None


def midnight(day: date) -> datetime:
    """Return the moment a day begins in the office's zone."""
    return datetime.combine(day, time(), timezone.get_current_timezone())


def changes_of_timed(queryset, start, end) -> list[Change]:
    """List when published snippets with times of their own appear and go away, in one query."""
    return [
        Change(
            at=at,
            what=what,
            kind=queryset.model._meta.verbose_name,
            title=str(each),
            url=edit_url(queryset.model, each.pk),
            by=editor_of(each.latest_revision),
        )
        for each in queryset.filter(live=True).select_related("latest_revision__user")
        for at, what in ((each.show_from, APPEARS), (each.show_until, GOES_AWAY))
        if at and start < at < end
    ]


def edit_url(model, pk) -> str:
    """Return where an editor changes a page or a snippet."""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])


def editor_of(revision) -> str:
    """Name who saved a version; nobody where the system did."""
    return str(revision.user) if revision and revision.user else ""

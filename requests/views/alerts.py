"""The alerts of a person on Welcome: how serious, what to do by when, and the way to do it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from ..alerts.kinds import KINDS
from ..models import Alert
from ..models.alert import Severity
from ..registry import all_types
from ..request_type import AskedBy

ICONS = {Severity.INFO: "info", Severity.WARN: "circle-alert", Severity.BAD: "triangle-alert"}


@dataclass(frozen=True)
class AlertToDo:
    """One alert as a thing to do; ``is_under_way`` means that the person has done it."""

    title: Any
    text: str
    href: str
    button: Any
    severity: Severity
    cure: str = ""
    is_under_way: bool = False
    kind: str = "alert"
    # The day stands in the text.
    until: date | None = None

    @property
    def icon(self):
        """The sign beside the word, so that no color carries it alone."""
        return "clock" if self.is_under_way else ICONS[self.severity]

    @property
    def tone(self):
        """How loud it looks."""
        return "muted" if self.is_under_way else self.severity.tone

    @property
    def label(self):
        """How serious it is, in words."""
        return _("Under way") if self.is_under_way else self.severity.label


def alerts_to_do(record, own):
    """Return what is due of this person, the worst first, what is under way last; in one query.

    ``own`` are the person's requests already read.
    """
    shown = [key for key, kind in KINDS.items() if kind.tells_person]
    alerts = Alert.objects.to_do().filter(record=record, kind__in=shown)
    # Newest first: the last one wins.
    open_requests = {each.type_key: each for each in reversed(own) if each.is_open}
    found = [_to_do(alert, open_requests.get(alert.cure)) for alert in alerts]
    return sorted(found, key=lambda each: each.is_under_way)


def _to_do(alert, student_request):
    kind = KINDS[alert.kind]
    button, href = _way(alert, kind, student_request)
    return AlertToDo(
        kind.title,
        kind.sentence(alert),
        href,
        button,
        Severity(alert.severity),
        alert.cure,
        alert.is_under_way,
    )


def _way(alert, kind, student_request):
    """Return words and address of what cures it; its own page says why it may not be open yet."""
    if student_request is not None:
        words = _("See your request") if alert.is_under_way else _("Go on with your request")
        return words, student_request.get_absolute_url()
    cure = all_types().get(alert.cure)
    if cure is not None and cure.asked_by == AskedBy.PERSON:
        return cure.title, reverse("portal_start", args=[cure.key])
    if kind.paper:
        query = urlencode({"kind": kind.paper})
        return _("Send us the new one"), f"{reverse('portal_send_document')}?{query}"
    return _("Contact the office"), "/contact/"

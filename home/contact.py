"""What a visitor writes in the contact form, and who sends it.

The portal keeps the outbox; it registers its sender in ``AppConfig.ready()``.
"""

from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a message is about, so that the right people read it first."""

    STUDENT = "student", _("My status, studies or work as a student")
    SCHOLAR = "scholar", _("Scholars and host departments")
    TRAVEL = "travel", _("Travel and visas")
    PORTAL = "portal", _("The portal, or signing in")
    OTHER = "other", _("Something else")


@dataclass(frozen=True)
class ContactMessage:
    """One message of a visitor; ``once`` is the same for a second click on “Send”."""

    to: str
    name: str
    email: str
    topic: str
    text: str
    once: str


class Sender(Protocol):
    """Takes a message to the office and a copy to its writer."""

    def __call__(self, message: ContactMessage, request: HttpRequest) -> bool:
        """Write both mails; return False when too many came from here in a short time."""


_senders: list[Sender] = []


def register_sender(sender: Sender) -> None:
    """Let the room above that owns the outbox send what visitors write."""
    _senders[:] = [sender]


def current_sender() -> Sender | None:
    """Return the sender, or None in a site without a portal."""
    return _senders[0] if _senders else None


def address_for(topic: str, office) -> str:
    """Return the office's address for a topic, or "" while none is entered."""
    if topic == Topic.PORTAL and office.portal_email:
        return office.portal_email
    return office.email or office.portal_email

"""For whom a date, an event or a piece of news is, and the links that pick one audience."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom it concerns."""

    ALL = "all", _("Everyone")
    F1 = "f1", _("F-1 students")
    J1 = "j1", _("J-1 students")
    SCHOLARS = "scholars", _("Scholars")
    NEW = "new", _("New students")
    GRADUATING = "graduating", _("Graduating students")


def asked_audience(request):
    """Return the audience a visitor picked, or "" for all of them."""
    asked = request.GET.get("audience", "")
    return asked if asked in Audience.values else ""


def for_audience(entries, audience):
    """Return the entries for one audience; those for everyone are for it, too."""
    return [
        entry for entry in entries if audience in ("", entry.audience) or entry.audience == "all"
    ]


def audience_links(entries):
    """Return the audiences worth a link: those that any entry is for."""
    present = {entry.audience for entry in entries} - {Audience.ALL}
    return [(value, label) for value, label in Audience.choices if value in present]

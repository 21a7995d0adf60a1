"""“Why can’t I see a request?”: every request of the office, how it stands to this person, why."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ..rules.verdict import Standing
from ..standing import offers_for
from .access import once_here


@dataclass(frozen=True)
class InWords:
    """How one standing is told: its stamp, and what would change it where no rule says so."""

    label: Any
    tone: str
    icon: str
    cure: Any = ""


IN_WORDS = {
    Standing.OPEN: InWords(_("Open"), "ok", "check"),
    Standing.OPENS_ON: InWords(_("Not yet"), "muted", "lock", _("Wait. It opens by itself.")),
    Standing.NEEDS: InWords(
        _("Something is missing"), "warn", "circle-alert", _("Write to us if your record is wrong.")
    ),
    Standing.CLOSED_SINCE: InWords(
        _("Closed"), "muted", "lock", _("Write to our office. Another request may help.")
    ),
    Standing.NOT_FOR_YOU: InWords(
        _("Not for you"), "muted", "x", _("Write to us if your record is wrong.")
    ),
}


@dataclass(frozen=True)
class Line:
    """One request with its standing in words."""

    offer: Any
    words: InWords

    @property
    def cure(self):
        """What would change it: the rule's own word, or the one of its standing."""
        return self.offer.verdict.cure or self.words.cure


@once_here
def why(request, record):
    """List every request type with its standing, its reason and what would change it."""
    lines = [Line(offer, IN_WORDS[offer.verdict.standing]) for offer in offers_for(record)]
    return render(request, "portal/why.html", {"tab": "requests", "lines": lines})

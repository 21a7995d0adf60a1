"""Travel readiness: what stands in the way of leaving and coming back, on one page to print."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.reading import facts_for

from ..form_fields import Date
from ..rules.dates import add_months
from ..rules.training import is_on_post_completion_work
from ..rules.travel_readiness import Finding, State, readiness
from ..standing import offers_for
from ..traveling import travel_findings
from .access import once_here


@dataclass(frozen=True)
class InWords:
    """How one state is told: its stamp and, for the whole trip, a sentence."""

    label: Any
    tone: str
    icon: str
    sentence: Any


IN_WORDS = {
    State.READY: InWords(
        gettext_lazy("Ready"),
        "ok",
        "check",
        gettext_lazy("Your record shows nothing that keeps you from coming back."),
    ),
    State.CHECK: InWords(
        gettext_lazy("Check"),
        "warn",
        "circle-alert",
        gettext_lazy("Look at what is marked before you leave."),
    ),
    State.NOT_READY: InWords(
        gettext_lazy("Not ready"),
        "bad",
        "x",
        gettext_lazy("You may not be let in again. Settle what is marked before you leave."),
    ),
}
LABELS = {
    "status": gettext_lazy("SEVIS record"),
    "transfer": gettext_lazy("Transfer"),
    "passport": gettext_lazy("Passport"),
    "visa": gettext_lazy("Visa"),
    "signature": gettext_lazy("Travel signature"),
    "end": gettext_lazy("End of program or OPT"),
    "training": gettext_lazy("OPT at USCIS"),
    "cap_gap": gettext_lazy("H-1B cap-gap"),
    "absence": gettext_lazy("Length of the trip"),
}
SEND = {
    "passport": gettext_lazy("Send us the new passport"),
    "visa": gettext_lazy("Send us the new visa"),
}

# Months; a longer trip is none.
FAR = 24


@dataclass(frozen=True)
class Line:
    """One finding as people read it, with the one thing to do about it."""

    label: Any
    finding: Finding
    words: InWords
    action: Any = ""
    href: str = ""


class TripForm(forms.Form):
    """The day of return; who leaves it empty leaves today and asks about today."""

    returns_on = Date(label=gettext_lazy("Day you come back"), required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.first, self.last = today, add_months(today, FAR)
        self.fields["returns_on"].between(self.first, self.last)

    def clean_returns_on(self):
        """Nobody comes back in the past, and nothing is known of years to come."""
        day = self.cleaned_data["returns_on"]
        if day and day < self.first:
            raise forms.ValidationError(_("Choose today or a later day."))
        if day and day > self.last:
            raise forms.ValidationError(_("Choose a day within two years."))
        return day


@once_here
def travel(request, record):
    """Show each finding about a trip that begins today, and what cures it."""
    today, facts = timezone.localdate(), facts_for(record)
    form = TripForm(request.GET or None, today=today)
    returns_on = form.cleaned_data["returns_on"] if form.is_valid() else None
    offers = {offer.type.key: offer for offer in offers_for(record, facts, today)}
    found = travel_findings(record, facts, today, offers["reprint"].policy, returns_on)
    context = {
        "tab": "profile",
        "name": record.full_name,
        "record": record,
        "today": today,
        "returns_on": returns_on or today,
        "form": form,
        "words": IN_WORDS[readiness(found)],
        "lines": [_line(each, offers) for each in found],
        "is_exchange": record.visa_class == "J-1",
        "is_on_work": is_on_post_completion_work(facts, today),
    }
    return render(request, "portal/travel.html", context)


def _line(finding, offers):
    label = LABELS.get(finding.name, _("Request"))
    action, href = _cure(finding, offers)
    return Line(label, finding, IN_WORDS[finding.state], action, href)


def _cure(finding, offers):
    """Return words and address of what cures a finding; a request that is not open, its reason."""
    if finding.waiting:
        return _("See this request"), reverse("portal_request", args=[finding.waiting])
    if finding.paper:
        query = urlencode({"kind": finding.paper})
        return SEND[finding.paper], f"{reverse('portal_send_document')}?{query}"
    offer = offers.get(finding.request)
    if offer is None:
        return "", ""
    words = _("Ask for: %(title)s") % {"title": offer.type.title}
    if not offer.verdict.is_open:
        return words, f"{reverse('portal_why')}#{offer.type.key}"
    about = f"?{urlencode({'about': 'travel'})}" if "travel" in offer.type.corrects else ""
    return words, f"{reverse('portal_start', args=[offer.type.key])}{about}"

"""From the released form to the Check-In: the rail with own days, and noting them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from isso.requests.records.reading import facts_for

from ...before_arrival import first_form_of, is_before_arrival
from ...form_fields import Date
from ...lifecycle import OPEN, State
from ...models import OwnDate
from ...own_dates import note_own_dates, own_dates_of
from ...rules.before_arrival import BeforeArrival
from ...rules.check_in import window_of
from ...rules.next_steps import CHECK_IN, Known, arrival_objection, next_steps
from ...rules.verdict import Standing
from ..access import with_record
from ..journey import Stop
from .tabs import HOME, tabs_for

# Nobody notes a day of another stay by mistake.
FARTHEST = timedelta(days=730)


@dataclass(frozen=True)
class Rail:
    """The stops, and whether there are days for the person to note."""

    stops: list[Stop]
    may_note: bool


class OwnDatesForm(forms.Form):
    """The days only the person knows; each may be left empty."""

    sevis_fee = Date(label=OwnDate.Step.FEE.label, required=False)
    visa = Date(
        label=OwnDate.Step.VISA.label,
        required=False,
        help_text=gettext_lazy("At the consulate or embassy."),
    )
    arrival = Date(label=OwnDate.Step.ARRIVAL.label, required=False)

    def __init__(self, *args, steps, facts, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.facts, self.today = facts, today
        for name in list(self.fields):
            if name not in steps:
                del self.fields[name]

    def clean(self):
        """Refuse days that cannot be meant, each with its sentence."""
        cleaned = super().clean()
        for name in self.fields:
            day = cleaned.get(name)
            if day is not None and abs(day - self.today) > FARTHEST:
                self.add_error(name, _("Enter a day within two years of today."))
        fee, arrival = cleaned.get("sevis_fee"), cleaned.get("arrival")
        if fee is not None and fee > self.today:
            self.add_error("sevis_fee", _("Enter the day once you have paid."))
        if arrival is not None and (objection := arrival_objection(arrival, self.facts)):
            self.add_error("arrival", objection)
        return cleaned


def is_released(first):
    """Tell whether the person holds the first form."""
    if first.state == State.COMPLETED:
        return True
    return first.state in (State.APPROVED, State.PROCESSING) and first.has_released_document


def rail_of(record, first, facts, own, check_in_policy):
    """Return the steps after the release: what is done, what is now, what is still to come."""
    known = Known(
        facts,
        timezone.localdate(),
        own_dates_of(record),
        window_of(facts, check_in_policy),
        any(_is_sent(each) for each in own if each.type_key == CHECK_IN),
    )
    keys = first.type.next_steps(first.answers)
    steps = next_steps(keys, known)
    now = next((step.key for step in steps if not step.is_done), "")
    return Rail(
        [_stop(step, now, known) for step in steps],
        may_note=bool(set(keys) & set(OwnDate.Step)),
    )


def _is_sent(check_in):
    return check_in.submitted_at is not None and (
        check_in.state in OPEN or check_in.state == State.COMPLETED
    )


def _stop(step, now, known):
    state = "done" if step.is_done else "now" if step.key == now else "todo"
    window = known.check_in_window
    is_open = window is not None and window.first <= known.today <= window.last
    links = step.key == CHECK_IN and is_open and not step.is_done
    text = f"{step.text} ({step.citation})" if step.citation else step.text
    href = reverse("portal_start", args=[CHECK_IN]) if links else ""
    return Stop(step.title, state, href, step.when, text)


def can_be_asked(offer):
    """Tell whether Home names a request among what else may be asked for before the arrival."""
    return (
        offer.type.before_arrival != BeforeArrival.NEVER
        and not offer.type.is_first_form
        and offer.verdict.standing != Standing.NOT_FOR_YOU
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_record
def own_dates(request, record):
    """Show the days this person has noted (GET), or keep them (POST)."""
    first = first_form_of(record) if is_before_arrival(record) else None
    if first is None or not is_released(first):
        return redirect("portal_welcome")
    facts, today = facts_for(record), timezone.localdate()
    form = OwnDatesForm(
        request.POST if request.method == "POST" else None,
        steps=first.type.next_steps(first.answers),
        facts=facts,
        today=today,
        initial=own_dates_of(record),
    )
    if form.is_valid():
        note_own_dates(record, form.cleaned_data)
        messages.success(request, _("Your dates are noted. Change them whenever they change."))
        return redirect("portal_welcome")
    context: dict[str, Any] = {
        "tab": HOME,
        "form": form,
        "first_form": tabs_for(request.user, record, first, current=HOME),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/before_arrival/own_dates.html", context, status=status)

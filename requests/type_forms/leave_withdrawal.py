"""The pages of a leave or withdrawal: which kind, which days, what hangs on it, where to write."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.countries import name_of

from ..form_fields import Date, choice, country, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.stopping import (
    ABROAD,
    ABSENCE,
    DISMISSAL,
    MEDICAL,
    PERSONAL,
    RETURNING,
    WITHDRAWAL,
    departure_window,
    last_attended_window,
)
from ..rules.windows import Window

KINDS = [
    (MEDICAL, _("Medical leave, outside the United States")),
    (PERSONAL, _("Leave for another reason, outside the United States")),
    (ABROAD, _("I study abroad for this university and stay enrolled")),
    (WITHDRAWAL, _("I leave the university")),
    (DISMISSAL, _("The university suspends or dismisses me")),
]
SUSPENDED, EXPELLED = "suspended", "expelled"


class KindForm(RequestForm):
    """What happens, and whether something else is the better request."""

    kind = choice(_("What happens?"), KINDS)
    dismissal = choice(
        _("What did the university decide?"),
        [(SUSPENDED, _("I am suspended")), (EXPELLED, _("I am dismissed for good"))],
        required=False,
    )
    has_stopped = yes_no(
        _("Have you stopped attending classes already?"),
        help_text=_("Asked before you stop, F-1 has days to leave. Afterward there are none."),
    )
    leaves_us = yes_no(_("Will you leave the United States?"))
    new_school = yes_no(_("Will you study at another school in the United States?"))

    def set_limits(self, situation):
        """The decision is asked of those about whom there is one."""
        self.fields["dismissal"].widget.attrs["data-show-if"] = f"kind={DISMISSAL}"

    def clean(self):
        """Whoever stays needs another request: a record that has ended helps nobody."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == DISMISSAL and not cleaned.get("dismissal") and "dismissal" not in self.errors:
            self.add_error("dismissal", _("Answer this question."))
        if cleaned.get("new_school") == "yes":
            self.add_error(
                "new_school",
                _("Ask for a transfer instead, before you stop. An ended record cannot move."),
            )
        elif kind and cleaned.get("leaves_us") == "no":
            self.add_error("leaves_us", _stays(kind))
        return cleaned


def _stays(kind):
    """Return what helps somebody who does not leave."""
    if kind == MEDICAL:
        return _("Who is ill and stays here needs a reduced course load. Ask for that instead.")
    if kind == ABROAD:
        return _("Who studies here keeps the record as it is. You need no leave.")
    return _("Who stops studying cannot stay in this status. Speak with our office first.")


def return_window(situation):
    """Nobody comes back before leaving."""
    leaves = day_in(situation.answers, "departure")
    if leaves is None:
        return None
    return Window(leaves, None, _("You leave on that day."), citation=ABSENCE)


class DaysForm(RequestForm):
    """The last class, the flight, and the way back."""

    # Why somebody stops, an illness perhaps, is between the student and the office.
    approver_sees = ("last_attended", "first_term_missed", "return_term")
    windows: ClassVar = {
        "last_attended": last_attended_window,
        "departure": departure_window,
        "returns_on": return_window,
    }

    last_attended = Date(label=_("Last day you attend classes here"))
    first_term_missed = text(
        _("First term you will miss"), 60, help_text=_("For example: spring 2027.")
    )
    departure = Date(label=_("Day you leave the United States"))
    returns_on = Date(label=_("Day you want to come back"), required=False)
    return_term = text(_("Term in which you want to study here again"), 60, required=False)

    def set_limits(self, situation):
        """Who leaves for good is not asked for a way back."""
        is_back = situation.answers.get("kind") in RETURNING
        for name in ("returns_on", "return_term"):
            if is_back:
                self.fields[name].required = True
            else:
                del self.fields[name]


class LifeForm(RequestForm):
    """What else ends or goes on, so that the office can warn in time."""

    has_housing = yes_no(_("Do you live in university housing?"))
    has_job = yes_no(_("Do you have an assistantship or a job on campus?"))
    dependents_leave = yes_no(
        _("Do all your dependents leave with you?"),
        help_text=_("Their status ends with yours."),
    )
    remarks = long_text(
        _("What else should we know?"),
        500,
        required=False,
        help_text=_("Do not name an illness; the medical letter says enough."),
    )

    def set_limits(self, situation):
        """Only families are asked about theirs."""
        if not situation.facts.dependents:
            del self.fields["dependents_leave"]

    def clean_dependents_leave(self):
        """Nobody of the family may stay behind: their status hangs on the person's."""
        leave = self.cleaned_data["dependents_leave"]
        if leave == "no" and self.situation.answers.get("kind") != ABROAD:
            raise forms.ValidationError(
                _("They cannot stay when your record ends. Speak with our office first.")
            )
        return leave


class AbroadForm(RequestForm):
    """Where a letter reaches the person, with the limits of SEVIS."""

    foreign_street = text(_("Street and number outside the United States"), 60)
    foreign_line2 = text(_("Second line"), 60, required=False)
    foreign_city = text(_("City outside the United States"), 60)
    foreign_province = text(_("Province or region"), 30, required=False)
    foreign_postal_code = text(_("Postal code"), 20, required=False)
    foreign_country = country(_("Country"))

    @classmethod
    def prefill(cls, facts):
        """Show the address on record."""
        parts = facts.foreign_address
        return {
            "foreign_street": parts.get("line1", ""),
            "foreign_country": name_of(parts.get("country", "")),
        } | {
            f"foreign_{name}": parts.get(name, "")
            for name in ("line2", "city", "province", "postal_code")
        }

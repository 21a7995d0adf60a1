"""The page of a deferral: why the person comes later, and the days the office admits them for."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.deferring import end_window, start_window

OTHER = "other"
REASONS = [
    ("visa", _("My visa does not come in time")),
    ("money", _("I need more time for the money")),
    ("health", _("Health, mine or in my family")),
    ("duty", _("Military service, work or school at home")),
    ("school", _("The university has moved my start")),
    (OTHER, _("Something else")),
]


def new_start_window(situation):
    """When the program may begin instead."""
    return start_window(situation.facts, situation.today, situation.policy)


def new_end_window(situation):
    """When it may end, once the new first day is known."""
    start = day_in(situation.answers, "new_start")
    return start and end_window(situation.facts, start)


class LaterStartForm(RequestForm):
    """The new days, as the letter of the admissions office or of the department says."""

    windows: ClassVar = {"new_start": new_start_window, "new_end": new_end_window}

    has_entered = yes_no(
        _("Have you entered the United States with this form already?"),
        help_text=_("Earlier visits do not count."),
    )
    reason = choice(_("Why do you come later?"), REASONS)
    explanation = long_text(_("What should we know about it?"), 500, required=False)
    new_term = text(_("Term in which you begin"), 60, help_text=_("For example Spring 2027."))
    new_start = Date(label=_("New first day of the program"))
    new_end = Date(label=_("New last day of the program"))
    has_visa = yes_no(_("Do you have the visa for this program already?"))

    def clean_has_entered(self):
        """Whoever entered with the form has begun; 8 CFR 214.2(f)(5)(i)."""
        if self.cleaned_data["has_entered"] == "yes":
            raise forms.ValidationError(
                _("Then your stay has begun and cannot be deferred. Speak with our office today.")
            )
        return self.cleaned_data["has_entered"]

    def clean(self):
        """Something else needs its words."""
        cleaned = super().clean()
        if cleaned.get("reason") == OTHER and not cleaned.get("explanation"):
            self.add_error("explanation", _("Write in a few words what the reason is."))
        return cleaned

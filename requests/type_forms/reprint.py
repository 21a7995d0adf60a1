"""What a reprint asks: the reason, for whom, what that reason needs to know, and the delivery."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text, text, yes_no
from ..request_form import RequestForm
from ..rules.before_arrival import is_expected
from ..rules.dates import absence_ends_record_after
from ..rules.family import family_with_forms
from ..rules.training import status_ends_on
from ..rules.windows import Window

TRAVEL, UPDATED, LOST, STOLEN, DAMAGED = "travel", "updated", "lost", "stolen", "damaged"
REASONS = [
    (TRAVEL, _("I will travel and need a travel signature")),
    (UPDATED, _("My information has changed")),
    (LOST, _("My form is lost")),
    (STOLEN, _("My form was stolen")),
    (DAMAGED, _("My form is damaged")),
]
MYSELF = "self"
CITATION = "8 CFR 214.2(f)(4)"


def reason_is(*reasons):
    """Return a condition for slots that only some reasons ask for."""

    def asked(answers):
        return answers.get("reason") in reasons

    return asked


def departure_window(situation):
    """Nobody leaves in the past."""
    return Window(
        first=situation.today,
        why_first=_("Ask at least %(weeks)d weeks before you leave.")
        % {"weeks": situation.policy["weeks_ahead"]},
        citation=CITATION,
    )


def return_window(situation):
    """A form serves for re-entry until the program, or the OPT that follows it, ends."""
    last = status_ends_on(situation.facts)
    return Window(
        first=situation.today,
        last=last,
        why_last=_("Your program or OPT ends then. A copy for a later return does not help.")
        if last
        else "",
        citation=CITATION,
    )


class People(forms.MultipleChoiceField):
    """The person and family; who has left the record since is still read, and then gets nothing."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value):
        """Take any id; the form refuses those who are not on the record."""
        return value == MYSELF or value.isdecimal()


class ReasonForm(RequestForm):
    """Why a new copy, and for whom."""

    reason = choice(_("Why do you need a new copy?"), REASONS)
    for_whom = People(label=_("Who needs one?"))

    def set_limits(self, situation):
        """Offer the person and the dependents on the record, and reasons that can be theirs."""
        if is_expected(situation.facts):
            # A signature serves to come back: 8 CFR 214.2(f)(4).
            self.fields["reason"].choices = [each for each in REASONS if each[0] != TRAVEL]
        people = [(MYSELF, _("Myself"))]
        family = family_with_forms(situation.facts, situation.today)
        people += [(str(each.id), each.name) for each in family]
        self.fields["for_whom"].choices = people

    def clean_for_whom(self):
        """Everybody chosen is on the record."""
        chosen = self.cleaned_data["for_whom"]
        if set(chosen) - {key for key, _name in self.fields["for_whom"].choices}:
            raise forms.ValidationError(
                _("Somebody you chose is no longer on your record. Choose again.")
            )
        return chosen

    @classmethod
    def prefill(cls, facts):
        """Most copies are for the person alone."""
        return {"for_whom": [MYSELF]}


class DetailsForm(RequestForm):
    """What each reason needs to know; questions of other reasons are not asked."""

    windows: ClassVar = {"departure": departure_window, "return_on": return_window}

    departure = Date(label=_("Day you leave the United States"), required=False)
    return_on = Date(label=_("Day you come back"), required=False)
    countries = text(_("Countries you will visit"), 200, required=False)
    visa_renewal = yes_no(_("Will you apply for a new visa on this trip?"), required=False)
    what_changed = forms.MultipleChoiceField(
        label=_("What has changed?"),
        choices=[
            ("name", _("Name")),
            ("citizenship", _("Citizenship")),
            ("major", _("Major")),
            ("funding", _("Funding")),
            ("other", _("Something else")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    new_value = text(_("What should the new copy say?"), 250, required=False)
    circumstances = long_text(_("What happened, and when?"), 500, required=False)
    delivery = choice(
        _("How do you want to receive it?"),
        [
            ("pdf", _("As a PDF in this portal")),
            ("pick_up", _("Pick up at the office")),
            ("courier", _("By courier, at my cost")),
        ],
    )
    courier_address = long_text(
        _("Where should the courier bring it?"),
        300,
        required=False,
        help_text=_("Name, street, city, country and a phone number."),
    )

    asked_for: ClassVar = {
        TRAVEL: ("departure", "return_on", "countries"),
        UPDATED: ("what_changed", "new_value"),
        LOST: ("circumstances",),
        STOLEN: ("circumstances",),
        DAMAGED: (),
    }

    def set_limits(self, situation):
        """Ask only what the chosen reason needs."""
        reason = situation.answers.get("reason")
        needed = self.asked_for.get(reason, ())
        optional = {TRAVEL: ("visa_renewal",)}.get(reason, ())
        for name in list(self.fields):
            if name not in {*needed, *optional, "delivery", "courier_address"}:
                del self.fields[name]
            elif name in needed:
                self.fields[name].required = True
        self.fields["courier_address"].widget.attrs["data-show-if"] = "delivery=courier"

    @classmethod
    def prefill(cls, facts):
        """The PDF is what most people want."""
        return {"delivery": "pdf"}

    def clean(self):
        """Travel runs forward and lasts no more than five months; a courier needs an address."""
        cleaned = super().clean()
        leave, back = cleaned.get("departure"), cleaned.get("return_on")
        if leave and back and "return_on" not in self.errors:
            if back <= leave:
                self.add_error("return_on", _("You must come back after the day you leave."))
            elif back > absence_ends_record_after(leave):
                # 8 CFR 214.2(f)(4), (f)(13)
                self.add_error(
                    "return_on",
                    _("Absences over five months end your record. Speak with our office."),
                )
        if cleaned.get("delivery") == "courier" and not cleaned.get("courier_address"):
            self.add_error("courier_address", _("Enter the address for the courier."))
        return cleaned

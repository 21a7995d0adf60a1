"""What the cap-gap I-20 asks: the petition, its days, and the work that goes on."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, text, yes_no
from ..request_form import RequestForm
from ..rules.cap_gap import receipt_days
from ..rules.leaving import practical_training_ends
from .stem_opt import CARD_NUMBER

FILED, APPROVED, WAITLISTED, LOTTERY, OVER = "filed", "approved", "waitlisted", "lottery", "over"
CHANGE, CONSULAR = "change", "consular"


def status_is(*statuses):
    """Return a condition for the notices of USCIS."""

    def asked(answers):
        return answers.get("petition_status") in statuses

    return asked


def has_worked(answers):
    """Whether somebody on OPT answers: then the card belongs to the files."""
    return bool(answers.get("still_employed"))


class PetitionForm(RequestForm):
    """Which petition it is; only a change of status of a cap-subject petition bridges."""

    h1b_employer = text(_("Employer who files for you"), 121)
    petition_kind = choice(
        _("What does the petition ask for?"),
        [
            (CHANGE, _("A change of status in the United States")),
            (CONSULAR, _("A visa from a consulate abroad")),
        ],
    )
    cap_subject = yes_no(
        _("Does it count against the yearly limit (cap)?"),
        help_text=_("Universities and some research institutes are free of it."),
    )
    petition_status = choice(
        _("Where does it stand?"),
        [
            (FILED, _("USCIS has it: we have the receipt notice")),
            (APPROVED, _("It is approved")),
            (WAITLISTED, _("It waits on the list of USCIS")),
            (LOTTERY, _("Only the registration was selected")),
            (OVER, _("It was denied, rejected or withdrawn")),
        ],
    )

    def clean_petition_kind(self):
        """Who fetches a visa abroad leaves, and no status is bridged."""
        if self.cleaned_data["petition_kind"] == CONSULAR:
            raise forms.ValidationError(
                _("Only a change of status bridges your stay. Speak with our office today.")
            )
        return self.cleaned_data["petition_kind"]

    def clean_cap_subject(self):
        """Other petitions may begin on any day and bridge nothing."""
        if self.cleaned_data["cap_subject"] == "no":
            raise forms.ValidationError(
                _("Only petitions under the cap bridge your stay. Ask your employer to be sure.")
            )
        return self.cleaned_data["cap_subject"]

    def clean_petition_status(self):
        """A selected registration is no petition, and a lost one ends the bridge."""
        status = self.cleaned_data["petition_status"]
        if status == LOTTERY:
            raise forms.ValidationError(
                _("The notice of the lottery is no petition. Ask once USCIS sent a receipt.")
            )
        if status == OVER:
            raise forms.ValidationError(
                _("Then the bridge has ended. Speak with our office today, before you work on.")
            )
        return status


class DaysForm(RequestForm):
    """The numbers and days on the notice, and what the person does meanwhile."""

    windows: ClassVar = {
        "received_on": lambda situation: receipt_days(
            situation.facts, situation.today, situation.policy
        )
    }

    receipt_number = text(_("Receipt number"), 13, validators=[CARD_NUMBER])
    received_on = Date(label=_("Received date on the notice"))
    h1b_start = Date(
        label=_("First day of H-1B"), help_text=_("As asked for in the petition, or as approved.")
    )
    opt_end = Date(label=_("Last day on your EAD card"), required=False)
    still_employed = yes_no(_("Do you still work under your OPT?"))
    travels = yes_no(_("Do you plan to leave the United States before H-1B begins?"))

    def set_limits(self, situation):
        """Who had no OPT is not asked about it."""
        if practical_training_ends(situation.facts) is None:
            del self.fields["opt_end"], self.fields["still_employed"]

    @classmethod
    def prefill(cls, facts):
        """Show the last day of OPT on the record."""
        ends = practical_training_ends(facts)
        return {"opt_end": ends} if ends else {}

    def clean(self):
        """H-1B begins after the petition came; the card is that of the record."""
        cleaned = super().clean()
        received, start = cleaned.get("received_on"), cleaned.get("h1b_start")
        if received and start and start <= received:
            self.add_error("h1b_start", _("H-1B begins after USCIS received the petition."))
        ends = practical_training_ends(self.situation.facts)
        if ends and cleaned.get("opt_end") not in (None, ends):
            self.add_error(
                "opt_end", _("Our record says another day. Report your card first, if it is new.")
            )
        return cleaned

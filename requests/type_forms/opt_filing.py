"""The last pages of OPT: what was used before, where the card is sent, what an advisor confirms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, long_text, postal_code, state, text, yes_no
from ..request_form import RequestForm
from ..rules.windows import in_words
from .questionnaire import Questionnaire


class HistoryForm(RequestForm):
    """Whether the record knows all CPT and OPT there was."""

    history_complete = yes_no(_("Is this list of your earlier CPT and OPT complete?"))
    history_missing = long_text(
        _("What is missing?"),
        1000,
        required=False,
        help_text=_("School, dates, full time or part time."),
    )

    def set_limits(self, situation):
        """Show what the record holds beside the question."""
        known = [
            _("%(kind)s from %(start)s to %(end)s")
            % {"kind": work.kind, "start": in_words(work.start), "end": in_words(work.end)}
            for work in situation.facts.employments
            if work.kind in ("CPT", "OPT", "STEM")
        ]
        listed = "; ".join(str(each) for each in known) or _("nothing")
        self.fields["history_complete"].help_text = _("Our record shows: %(list)s.") % {
            "list": listed
        }
        self.fields["history_missing"].widget.attrs["data-show-if"] = "history_complete=no"

    def clean(self):
        """Who says something is missing says what."""
        cleaned = super().clean()
        if cleaned.get("history_complete") == "no" and not cleaned.get("history_missing"):
            self.add_error("history_missing", _("Write what is missing, with its dates."))
        return cleaned


class CardForm(RequestForm):
    """Where USCIS sends the card, and where the person is until then."""

    card_street = text(_("Street and number, or post office box"), 64)
    card_city = text(_("City"), 60)
    card_state = state()
    card_postal_code = postal_code()
    in_us_to_file = yes_no(_("Will you be in the United States when you file Form I-765?"))
    travel_plans = long_text(
        _("Do you plan to travel before you have the card? When, and where to?"),
        500,
        required=False,
    )

    def set_limits(self, situation):
        """Tell what the address is for."""
        self.fields["card_street"].help_text = _(
            "USCIS sends your work card (EAD) there. Choose an address that is good for months."
        )

    @classmethod
    def prefill(cls, facts):
        """Offer the mailing address, or where the person lives."""
        address = facts.mailing_address if facts.mailing_address.get("line1") else facts.us_address
        lines = (address.get("line1", ""), address.get("line2", ""))
        return {
            "card_street": ", ".join(line for line in lines if line)[:64],
            "card_city": address.get("city", ""),
            "card_state": address.get("state", ""),
            "card_postal_code": address.get("postal_code", ""),
        }

    def clean_in_us_to_file(self):
        """Form I-765 for OPT is filed from inside the United States."""
        if self.cleaned_data["in_us_to_file"] == "no":
            raise forms.ValidationError(
                _("You must be in the United States when you file. Plan your travel around it.")
            )
        return self.cleaned_data["in_us_to_file"]


class CompletionQuestionnaire(Questionnaire):
    """What the academic/program advisor confirms about the end of the studies."""

    completion_date = Date(
        label=_("Last day of the term in which the student meets all requirements")
    )
    only_thesis_left = yes_no(_("Is only the thesis or dissertation left?"))
    requirements_left = long_text(
        _("Which requirements are still open?"),
        1000,
        help_text=_("For example two courses of this term. Write “none” if none are."),
    )
    degree_as_on_record = yes_no(_("Are degree and major as in the student’s answers?"))
    good_standing = yes_no(_("Is the student in good standing?"))

    refusals = {
        ("degree_as_on_record", "no"): _(
            "Return it to the student and write the right degree and major."
        ),
        ("good_standing", "no"): _(
            "OPT needs good standing. Return it to the student with a comment."
        ),
    }

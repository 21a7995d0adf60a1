"""Naming the academic/program advisor, and the head of what this person is asked."""

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from ..form_fields import text, yes_no
from ..request_type import RequestForm

EMAIL = EmailValidator(_("Enter an address such as name@example.edu."))


class ApproverForm(RequestForm):
    """Who in the department approves."""

    approver_sees = ("approver_name", "approver_email")

    approver_name = text(_("Name of your academic/program advisor"), 160)
    approver_email = forms.CharField(
        label=_("University e-mail address of this person"),
        max_length=255,
        validators=[EMAIL],
        help_text=_("We send a link there. No account is needed."),
    )


class Questionnaire(forms.Form):
    """What every academic/program advisor confirms: to be the right person.

    ``refusals`` are answers with which an approval cannot stand: (name, answer) → the sentence.
    """

    refusals = {}

    is_official = yes_no(_("Are you this student’s advisor or a program official?"))

    def clean(self):
        """Refuse an approval that its own answers contradict."""
        cleaned = super().clean()
        if cleaned.get("is_official") == "no":
            self.add_error(
                "is_official", _("Choose “I am not the right person” at the end of this page.")
            )
        for (name, answer), sentence in self.refusals.items():
            if cleaned.get(name) == answer:
                self.add_error(name, sentence)
        return cleaned

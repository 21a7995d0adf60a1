"""The head of what every academic/program advisor is asked, and how answers refuse an approval."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import yes_no


class Questionnaire(forms.Form):
    """What an academic/program advisor confirms; types add their questions.

    ``refusals`` are answers with which an approval cannot stand: (name, answer) → the sentence.
    """

    refusals: ClassVar[dict] = {}
    # Names of questions that other answers leave open, wherever they stand on the page.
    unasked: frozenset[str] = frozenset()

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

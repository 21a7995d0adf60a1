"""What an action on many requests asks whoever wants it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..bulk import Action
from ..reply_variables import VARIABLES, objection_to
from .case_forms import AssignForm


class ConfirmForm(forms.Form):
    """Nothing is asked."""


class BulkMessageForm(forms.Form):
    """The words that each student gets, with variables."""

    text = forms.CharField(
        label=_("Message"),
        help_text=_("A variable in braces becomes what it is for each request."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_text(self):
        """Refuse a variable that nothing fills in."""
        text = self.cleaned_data["text"]
        if sentence := objection_to(text):
            raise forms.ValidationError(sentence)
        return text

    @property
    def variables(self):
        """Each variable with what it stands for."""
        return [(f"{{{name}}}", each.meaning) for name, each in VARIABLES.items()]


def form_for(action, data=None, *, only=None, initial=None):
    """Return the form of an action; ``only`` is the one advisor who may be chosen, if so."""
    if action == Action.ASSIGN:
        return AssignForm(data, only=only)
    if action == Action.MESSAGE:
        return BulkMessageForm(data, initial=initial)
    return ConfirmForm(data)

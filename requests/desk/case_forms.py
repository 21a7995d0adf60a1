"""What an advisor writes on the case page itself, and to whom a request is handed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..assignment import possible_advisors
from ..issued_documents import RELEASED_KINDS
from ..message_form import MessageForm as ThreadForm
from ..reply_variables import objection_to_sending


def without_variables(text):
    """Return a text, or refuse it where a variable of its template was left standing."""
    if objection := objection_to_sending(text):
        raise forms.ValidationError(objection)
    return text


class NoteForm(forms.Form):
    """A note that stays in the office."""

    text = forms.CharField(
        label=_("New note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MessageForm(ThreadForm):
    """Words and files for the student."""

    text = forms.CharField(
        label=_("New message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "data-key": "m"}),
        help_text=_("The student gets a mail with a link, not the words themselves."),
    )

    def clean_text(self):
        """Refuse a template in which something is still to be filled in."""
        return without_variables(self.cleaned_data["text"])


class ReleaseForm(forms.Form):
    """A file of the office for the student."""

    title = forms.CharField(label=_("Name of the document"), max_length=160)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in RELEASED_KINDS],
        required=False,
    )
    file = forms.FileField(label=_("File"), help_text=_("PDF, JPG, PNG or HEIC."))


class RevokeLetterForm(forms.Form):
    """Why a letter no longer counts."""

    why = forms.CharField(
        label=_("Why it no longer counts"),
        max_length=500,
        help_text=_("The student reads it. Whoever checks the letter does not."),
    )


class AssignForm(forms.Form):
    """Who answers for the request from now on."""

    advisor = forms.ModelChoiceField(label=_("Advisor"), queryset=None)
    note = forms.CharField(
        label=_("Reason, not seen by the student"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, only=None, **kwargs):
        super().__init__(*args, **kwargs)
        offered = possible_advisors()
        self.fields["advisor"].queryset = offered.filter(pk=only.pk) if only else offered
        if only:
            self.fields["advisor"].initial = only.pk

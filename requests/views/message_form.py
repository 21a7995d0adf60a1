"""The box in which a student writes to the office."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """One message; the conversation itself checks it."""

    text = forms.CharField(
        label=_("Write to us"),
        strip=False,
        error_messages={"required": _("Write your message first.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Your advisor answers here. You get an e-mail when there is an answer."),
    )

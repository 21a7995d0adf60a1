"""The box below a thread, in which either side writes to the other."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .conversation import FILES_HELP
from .several_files import FilesField


class MessageForm(forms.Form):
    """One message with its files; the conversation itself checks them."""

    # The newest message its writer has before his eyes.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=0)
    text = forms.CharField(
        label=_("Write to us"),
        strip=False,
        error_messages={"required": _("Write your message first.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Your advisor answers here. You get an e-mail when there is an answer."),
    )
    files = FilesField(label=_("Files"), required=False, help_text=FILES_HELP)

    def shown_below(self, newest):
        """Return the form as it stands below a thread whose newest message is this one."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = newest
        else:
            self.initial["seen"] = newest
        return self

"""A public form, protected from machines without puzzles and without third parties.

A machine fills every field, sends at once, or comes back with an old page. Each of these gets a
sentence rather than silence, so that a person who is taken for one loses nothing.
"""

import secrets
from hashlib import sha256

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

# Nobody reads the page and writes a sentence in less.
SHORTEST_SECONDS = 3
LONGEST_SECONDS = 24 * 60 * 60
SALT = "home.form_for_people"


class FormForPeople(forms.Form):
    """A form with a button “Send”; its page shows ``website`` hidden, and ``opened``."""

    # Hidden from people; only a machine fills it.
    website = forms.CharField(label=_("Website"), required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = _new_token
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    @property
    def asked(self):
        """The questions a person sees, in their order."""
        return [self[name] for name in self.fields if name not in ("website", "opened")]

    @property
    def once(self):
        """A word for what was sent: the same for a second press of “Send”."""
        sent = [self.cleaned_data["opened"], *(self.cleaned_data[each.name] for each in self.asked)]
        return sha256("\0".join(map(str, sent)).encode()).hexdigest()

    def clean(self):
        """Refuse what a machine sends, in words that let a person go on."""
        found = super().clean()
        if self.data.get("website"):
            self._begin_again(website="")
            self.add_error(
                None,
                _(
                    "Something filled in a field that people do not see, perhaps your browser. "
                    "It is empty again: press “Send” once more."
                ),
            )
        try:
            signing.loads(found.get("opened", ""), salt=SALT, max_age=LONGEST_SECONDS)
        except signing.BadSignature:
            self._begin_again()
            self.add_error(None, _("This page was open for very long. Press “Send” once more."))
        else:
            if _is_young(found["opened"]):
                self.add_error(
                    None, _("That was very fast. Wait a moment, then press “Send” once more.")
                )
        return found

    def _begin_again(self, **changes):
        """Show the page anew with what was typed, and a new hidden token."""
        self.data = self.data.dict() | {"opened": _new_token()} | changes


def _new_token():
    return signing.dumps(secrets.token_urlsafe(9), salt=SALT)


def _is_young(token):
    try:
        signing.loads(token, salt=SALT, max_age=SHORTEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True

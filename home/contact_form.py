"""The contact form, protected from machines without puzzles and without third parties.

A machine fills every field, sends at once, or writes for its links. Each of these gets a sentence
rather than silence, so that a person who is taken for one loses nothing.
"""

import re
import secrets
from hashlib import sha256

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from .contact import ContactMessage, Topic, address_for

LONGEST_MESSAGE = 5_000
MOST_LINKS = 3
# Nobody reads the page and writes a sentence in less.
SHORTEST_SECONDS = 3
LONGEST_SECONDS = 24 * 60 * 60
SALT = "home.contact"
LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)


class MessageField(forms.CharField):
    """A long text, whose line ends count as one character, as in the browser."""

    widget = forms.Textarea(attrs={"rows": 10})

    def to_python(self, value):
        """Write line ends in one way before the text is measured."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class ContactForm(forms.Form):
    """Who writes, about what, and the message."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As in your passport, if you are our student or scholar."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We answer there, and send you a copy of your message."),
        error_messages={
            "invalid": _("Check the e-mail address: it needs an @, like name@mail.com.")
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", _("Choose one")), *Topic.choices]
    )
    message = MessageField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        help_text=_("No passport numbers, please, and no copies of documents."),
    )
    # Hidden from people; only a machine fills it.
    website = forms.CharField(label=_("Website"), required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = _new_token
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    @property
    def asked(self):
        """The questions a person sees."""
        return [self[name] for name in ("name", "email", "topic", "message")]

    def clean_name(self):
        """Keep a name on one line, as it becomes part of a mail's header."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_message(self):
        """Refuse what is written for its links."""
        text = self.cleaned_data["message"]
        if len(LINK.findall(text)) > MOST_LINKS:
            raise forms.ValidationError(
                _("Your message: at most %(most)s links, please. Take some out.")
                % {"most": MOST_LINKS}
            )
        return text

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

    def as_message(self, office) -> ContactMessage:
        """Turn the checked answers into the message to send."""
        found = self.cleaned_data
        written = "\0".join(found[name] for name in ("opened", "name", "email", "topic", "message"))
        return ContactMessage(
            to=address_for(found["topic"], office),
            name=found["name"],
            email=found["email"],
            topic=str(Topic(found["topic"]).label),
            text=found["message"],
            once=sha256(written.encode()).hexdigest(),
        )


def _new_token():
    return signing.dumps(secrets.token_urlsafe(9), salt=SALT)


def _is_young(token):
    try:
        signing.loads(token, salt=SALT, max_age=SHORTEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True

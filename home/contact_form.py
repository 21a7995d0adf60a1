"""The contact form: who writes, about what; what is written for its links is refused."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from .contact import ContactMessage, Topic, address_for
from .form_for_people import FormForPeople

LONGEST_MESSAGE = 5_000
MOST_LINKS = 3
LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)


class MessageField(forms.CharField):
    """A long text, whose line ends count as one character, as in the browser."""

    widget = forms.Textarea(attrs={"rows": 10})

    def to_python(self, value):
        """Write line ends in one way before the text is measured."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class ContactForm(FormForPeople):
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

    def as_message(self, office) -> ContactMessage:
        """Turn the checked answers into the message to send."""
        found = self.cleaned_data
        return ContactMessage(
            to=address_for(found["topic"], office),
            name=found["name"],
            email=found["email"],
            topic=str(Topic(found["topic"]).label),
            text=found["message"],
            once=self.once,
        )

"""How somebody wants to be told of messages and new statuses: at once, or once a day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.notices.daily import choose, is_daily

AT_ONCE, DAILY = "at_once", "daily"
ALWAYS_AT_ONCE = _(
    "What you have to act on by a day always comes at once: questions about your request, "
    "decisions against it, trouble with an approver or a file, deadlines, and all about signing in."
)


class MailChoiceForm(forms.Form):
    """The choice of one user, whose account it is given as ``instance``."""

    how_often = forms.ChoiceField(
        label=_("Mails about messages and new statuses"),
        choices=[
            (AT_ONCE, _("At once, one by one")),
            (DAILY, _("Once a day, at eight in the morning, when there is news")),
        ],
        widget=forms.RadioSelect,
        help_text=ALWAYS_AT_ONCE,
        error_messages={"required": _("Choose how often you want to get mails.")},
    )

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = instance
        self.initial.setdefault("how_often", DAILY if is_daily(instance.email) else AT_ONCE)

    def save(self):
        """Keep the choice."""
        choose(self.user, daily=self.cleaned_data["how_often"] == DAILY)

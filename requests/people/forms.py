"""The sign-in form: with a password where the settings allow it, else by a mailed code."""

from allauth.account.forms import LoginForm
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Ask for the e-mail address and, where people have passwords, for the password."""

    def _setup_password_field(self):
        self.fields["login"].label = _("E-mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if not settings.PASSWORD_SIGN_IN:
            del self.fields["password"]

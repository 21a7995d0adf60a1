"""The sign-in form: one address, and where it leads: the campus, a mailed code, or a password."""

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from . import campus
from .addresses import LONGEST
from .invitations import is_taken_back
from .sign_in_mails import send_no_code


class SignInForm(LoginForm):
    """Ask for the e-mail address and, where people have passwords, for the password."""

    def _setup_password_field(self):
        login = self.fields["login"]
        login.label = _("E-mail address")
        login.validators.append(MaxLengthValidator(LONGEST))
        login.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if not settings.PASSWORD_SIGN_IN:
            del self.fields["password"]
            return
        self.fields["password"].required = False
        self.fields["password"].help_text = _(
            "No password? Leave it empty, and we mail you a code."
        )

    @property
    def leads_to_campus(self) -> bool:
        """Whether a valid form means the campus sign-in: only the domain decides, not who it is."""
        return not self.cleaned_data.get("password") and campus.is_campus_address(
            self.cleaned_data["login"]
        )

    def _clean_without_password(self, email, phone):
        """Find who gets a code; whoever gets none is answered the same."""
        if self.leads_to_campus:
            return self.cleaned_data
        form = CodeRequestForm({"email": email})
        if form.is_valid():
            self.user = form._user
        for errors in form.errors.values():
            self.add_error("login", errors)
        return self.cleaned_data

    def _login_by_code(self, request, redirect_url, credentials):
        response = super()._login_by_code(request, redirect_url, credentials)
        if self.user is None:
            send_no_code(credentials["email"])
        return response


class CodeRequestForm(RequestLoginCodeForm):
    """Who gets a code; codes are no way around the campus sign-in or the second factor."""

    def clean_email(self):
        """Find the person of an address, unless he signs in another way or not at all."""
        email = super().clean_email()
        if self._user and (not campus.takes_codes(self._user) or is_taken_back(self._user)):
            self._user = None
        return email


class CodeForm(ConfirmLoginCodeForm):
    """The code out of the mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.help_text = _("From our newest e-mail. Capital or small letters do not matter.")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}

    def clean_code(self):
        """Compare; tries sent at the same moment count, too, which the session alone would miss."""
        session = context.request.session.session_key
        key = f"{session}:{self.expected_code}"
        if not ratelimit.consume(context.request, action="code_tries", key=key):
            self.expected_code = ""
        return super().clean_code()


class FirstPasswordForm(SetPasswordForm):
    """The password that somebody of the staff chooses with the invitation."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Password")
        again = self.fields["new_password2"]
        again.label, again.help_text = _("The same password again"), ""

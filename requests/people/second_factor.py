"""The second factor of staff: allauth's pages with our words, and one way through them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.mixins import NextRedirectMixin
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SecondFactorAdapter(DefaultMFAAdapter):
    """What is said of a code that does not fit."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is wrong or was used before. Wait until your app shows the next one."
        ),
    }


class _OfAppOrList:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress(self.fields["code"], _("From your authenticator app, or a recovery code."))


class AskForCode(_OfAppOrList, AuthenticateForm):
    """The code after the password, or after the campus sign-in."""


class AskForCodeAgain(_OfAppOrList, ReauthenticateForm):
    """The code before something that matters."""


class FirstCode(ActivateTOTPForm):
    """The first code of a new app, which proves that it was set up."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress(self.fields["code"], _("Six digits. The app shows new ones every half minute."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


def _dress(code, help_text):
    code.label, code.help_text = _("Code"), help_text
    code.widget.attrs.pop("placeholder", None)
    code.widget.attrs |= {"spellcheck": "false", "autocapitalize": "none"}


class SetUpSecondFactor(NextRedirectMixin, ActivateTOTPView):
    """Set up the authenticator app; who has just typed its code has shown the second factor."""

    def form_valid(self, form):
        """Count the code for this session, and let nobody who saw it use it a second time."""
        response = super().form_valid(form)
        user = self.request.user
        app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        app.wrap().validate_code(form.cleaned_data["code"])
        record_authentication(self.request, user, method="mfa", type="totp")
        return response

    def get_success_url(self):
        """Lead to the recovery codes first, and from there to where the person was going."""
        return self.passthrough_next_url(reverse("mfa_view_recovery_codes"))


class RecoveryCodesPage(NextRedirectMixin, ViewRecoveryCodesView):
    """Show the recovery codes once, and the way on."""

    def get_context_data(self, **kwargs):
        """Add where the person was going."""
        return super().get_context_data(**kwargs) | {
            "way_on": self.get_next_url() or reverse("account_login"),
        }

"""The pages of allauth that work a little differently here."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.totp.views import ActivateTOTPView


class SignIn(LoginView):
    """Sign in; who is signed in already goes to the own first page."""

    def get_authenticated_redirect_url(self):
        """Ignore ``next``: a page that may not be entered sends here, and back were a circle."""
        return get_adapter().get_login_redirect_url(self.request)


class SetUpSecondFactor(ActivateTOTPView):
    """Set up the authenticator app; who has just typed its code has shown the second factor."""

    def form_valid(self, form):
        """Count the code for this session, as the same code is refused a second time."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return response

"""The one page of allauth that works a little differently here."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView


class SetUpSecondFactor(ActivateTOTPView):
    """Set up the authenticator app; who has just typed its code has shown the second factor."""

    def form_valid(self, form):
        """Count the code for this session, as the same code is refused a second time."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return response

"""The second factor of staff, asked for before the admin and the portal open."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

from .roles import may_enter_admin

# A campus account that is connected here is a second key to the other two.
GUARDED = ("/admin/", "/portal/", "/accounts/campus/connect/")


class StaffSecondFactor:
    """Where ``REQUIRE_STAFF_MFA`` is on, let staff in only after a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.REQUIRE_STAFF_MFA and self._lacks_second_factor(request):
            step = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse(step)}?{query}")
        return self.get_response(request)

    def _lacks_second_factor(self, request):
        if not request.path.startswith(GUARDED) or not may_enter_admin(request.user):
            return False
        records = get_authentication_records(request, request.user)
        return all(record["method"] != "mfa" for record in records)

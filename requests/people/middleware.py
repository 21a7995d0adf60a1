"""Sessions see their people, and staff show a second factor before the admin and portal open."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponseRedirect
from django.urls import reverse

from .browsers import describe
from .roles import may_enter_admin
from .session_store import BROWSER

# A campus account that is connected here is a second key to the other two.
GUARDED = ("/admin/", "/portal/", "/accounts/campus/connect/")
# What an open page asks by itself, without anybody sitting before it.
UNATTENDED = {
    "account_session",
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
}


class SignsOfLife:
    """Note in a session that its person is there, and in a new one which browser it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        # Public pages never look into the session; looking here would make them private.
        if not session.accessed:
            return response
        if session.modified and SESSION_KEY in session:
            session.setdefault(BROWSER, describe(request.headers.get("User-Agent", "")))
        match = request.resolver_match
        if match and match.view_name not in UNATTENDED:
            session.see()
        return response


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

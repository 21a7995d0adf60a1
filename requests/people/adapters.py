"""How allauth behaves here: nobody signs up, nobody is sent to a stranger's address."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from .roles import may_enter_admin
from .sign_in_mails import send_code

LOGIN_CODE = "account/email/login_code"
NOBODYS_ADDRESS = "0.0.0.0"  # noqa: S104


class AccountAdapter(DefaultAccountAdapter):
    """The office's rules for signing in."""

    def is_open_for_signup(self, request):
        """Nobody makes an account himself: the office invites."""
        return False

    def is_safe_url(self, url):
        """Follow ``next`` only to a path on this site."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request):
        """Send staff to the admin, everybody else to the portal."""
        if may_enter_admin(request.user):
            return resolve_url("wagtailadmin_home")
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def send_mail(self, template_prefix, email, context):
        """Put a sign-in code into the outbox; allauth's other mails are not ours."""
        if template_prefix == LOGIN_CODE:
            send_code(email, context["code"])

    def get_client_ip(self, request):
        """Return the true address; where proxies are set up wrongly, all share one budget."""
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return NOBODYS_ADDRESS

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count wrong passwords by account and address: a stranger locks nobody out."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{get_ip(request)}"

"""How allauth behaves here: nobody signs up, nobody is sent to a stranger's address."""

import logging
import smtplib

from allauth.account.adapter import DefaultAccountAdapter
from anymail.exceptions import AnymailError
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from isso.home.office import the_office
from isso.requests.notices.message import sender

from .roles import may_enter_admin

logger = logging.getLogger(__name__)


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

    def format_email_subject(self, subject):
        """Leave the subject as it is written, without the site's host in brackets."""
        return subject

    def get_from_email(self):
        """Name the sender of every other mail of the office."""
        return sender(the_office())

    def send_mail(self, template_prefix, email, context):
        """Send a sign-in mail; it names the configured address, never the Host header.

        It does not go through the outbox, which must hold no readable code. When the mail server
        is away the page says the same as always, so that it tells nothing about who is known.
        """
        message = self.render_mail(
            template_prefix, email, {"site_url": settings.SITE_URL, **context, "email": email}
        )
        try:
            message.send()
        except (OSError, smtplib.SMTPException, AnymailError):
            logger.exception("A sign-in mail did not leave.")

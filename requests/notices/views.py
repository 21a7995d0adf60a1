"""The demonstration's mailbox: the sent mails whole, for a browser on this same computer only."""

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .mail_folder import sent_mails

FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@require_safe
@never_cache
def demo_mail(request):
    """Show the mails of the development mail folder, newest first."""
    if not (settings.DEMONSTRATION and _is_on_this_computer(request)):
        raise Http404
    mails = sent_mails(getattr(settings, "EMAIL_FILE_PATH", None))
    return render(request, "notices/demo_mail.html", {"mails": mails})


def _is_on_this_computer(request):
    # Behind a proxy on the same computer every visitor would look local.
    if any(header in request.headers for header in FORWARDING_HEADERS):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False

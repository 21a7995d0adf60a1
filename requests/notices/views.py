"""The demonstration's mailbox, and the one thing staff may do with a mail: send it again."""

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from .mail_folder import sent_mails
from .models import Notice
from .outbox import send_again

FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@require_safe
@never_cache
def demo_mail(request):
    """Show the mails of the development mail folder whole, newest first, on this computer only."""
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


@require_POST
@permission_required("notices.view_notice")
def send_notice_again(request, notice_id):
    """Put a failed mail back in the line."""
    notice = get_object_or_404(Notice, pk=notice_id)
    if send_again(notice):
        messages.success(request, _("The mail is sent again within a few seconds."))
    else:
        messages.warning(request, _("Only a mail that failed can be sent again."))
    return redirect("notices_notice_modeladmin_inspect", notice_id)

"""The page on which everybody with an account chooses how often mails come."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..mail_choice import MailChoiceForm
from .access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mail_choice(request):
    """Show the choice and keep a new one."""
    form = MailChoiceForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return redirect("portal_mail_choice")
    status = 422 if form.is_bound else 200
    return render(request, "portal/mail_choice.html", {"form": form}, status=status)

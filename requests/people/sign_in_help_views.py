"""The pages of “I can't sign in”: one question, and one answer that is the same for everybody."""

from allauth.core import ratelimit
from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .addresses import LONGEST, login_address
from .sign_in_help import note_trouble


class HelpForm(forms.Form):
    """Ask for the address; only its spelling is judged, never whose it is."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=LONGEST,
        help_text=_("The one you try to sign in with, or that we write to."),
        error_messages={"required": _("Type your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )

    def clean_email(self):
        """Write the address as logins are written."""
        return login_address(self.cleaned_data["email"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_help(request):
    """Take an address, and say that the answer comes by mail."""
    form = HelpForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/help.html", {"form": form})
    limited = ratelimit.consume_or_429(request, action="sign_in_help")
    if limited:
        return limited
    email = form.cleaned_data["email"]
    # Who asks too often about one address sees the same page, and nothing is written.
    if ratelimit.consume(request, action="sign_in_help_address", key=email):
        note_trouble(email)
    return redirect("sign_in_help_sent")


@never_cache
@require_safe
def sign_in_help_sent(request):
    """Say where the answer is found."""
    return render(request, "account/help_sent.html")

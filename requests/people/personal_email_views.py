"""The pages of the personal e-mail address: type it, then type the code that was mailed there.

Both answers are the same for every address, whoever's it is.
"""

from functools import wraps

from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from isso.requests.notices.links import DeadLink

from . import campus
from .addresses import LONGEST, login_address
from .personal_email import confirm, has_moved, is_asked_of, may_have_one, send_proof
from .sign_in_mails import open_code

# What the session keeps until the code is typed: the address, and the sealed code.
PENDING = "personal_email"


class AddressForm(forms.Form):
    """Ask for an address that stays the person's after the studies."""

    email = forms.CharField(
        label=gettext_lazy("Personal e-mail address"),
        max_length=LONGEST,
        help_text=gettext_lazy("One that you keep after your studies, such as name@example.com."),
        error_messages={"required": gettext_lazy("Type your personal e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )

    def clean_email(self):
        """Write the address as logins are written; refuse one that ends with the studies."""
        email = login_address(self.cleaned_data["email"])
        if campus.is_campus_address(email):
            raise ValidationError(
                _("%(email)s ends when your studies do. Type an address outside the university.")
                % {"email": email}
            )
        return email


class ProofForm(forms.Form):
    """Ask for the code out of the mail."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("From our newest e-mail. Capital or small letters do not matter."),
        error_messages={"required": gettext_lazy("Type the code from our e-mail.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


def _of_a_student(view):
    """Have no such page for those who work here: their addresses stay."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    @wraps(view)
    def guarded(request):
        if not may_have_one(request.user):
            raise Http404
        return view(request)

    return guarded


@_of_a_student
def personal_email(request):
    """Take an address and mail a code there."""
    asked_before = {"email": request.session.get(PENDING, {}).get("email", "")}
    form = AddressForm(request.POST if request.method == "POST" else None, initial=asked_before)
    is_over = has_moved(request.user)
    if request.method != "POST" or is_over or not form.is_valid():
        shown = {
            "form": form,
            "person": request.user,
            "has_moved": is_over,
            "is_asked": is_asked_of(request.user),
        }
        return render(request, "account/personal_email.html", shown)
    email = form.cleaned_data["email"]
    limited = ratelimit.consume_or_429(request, action="personal_email", key=email)
    if limited:
        return limited
    request.session[PENDING] = {"email": email, "code": send_proof(request.user, email)}
    return redirect("personal_email_code")


@_of_a_student
def personal_email_code(request):
    """Take the code, once; after three wrong ones, or ten minutes, a new one is needed."""
    pending = request.session.get(PENDING)
    if pending is None:
        return redirect("personal_email")
    form = ProofForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _ask_for_code(request, form, pending)
    if not ratelimit.consume(request, action="code_tries", key=_tries_of(request, pending)):
        return _begin_anew(request, _("The code was wrong three times. Ask for a new one."))
    try:
        expected = open_code(*pending["code"]) if pending["code"] else ""
    except DeadLink:
        return _begin_anew(request, _("The code worked for ten minutes. Ask for a new one."))
    if not compare_user_code(actual=form.cleaned_data["code"], expected=expected):
        form.add_error("code", _("This is not the code of our newest e-mail. Type it again."))
        return _ask_for_code(request, form, pending)
    try:
        confirm(request.user, pending["email"])
    except ValidationError as error:
        return _begin_anew(request, " ".join(error.messages))
    del request.session[PENDING]
    messages.success(
        request, _("%(email)s is confirmed as your personal address.") % {"email": pending["email"]}
    )
    return redirect("personal_email")


def _tries_of(request, pending):
    return f"{request.session.session_key}:{pending['email']}:{pending['code']}"


def _ask_for_code(request, form, pending):
    shown = {"form": form, "email": pending["email"]}
    return render(request, "account/personal_email_code.html", shown)


def _begin_anew(request, sentence):
    messages.error(request, sentence)
    return redirect("personal_email")

"""The public pages that ask for access for a department; the answer is the same for everybody."""

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from isso.home.form_for_people import FormForPeople
from isso.requests.notices.link_pages import private
from isso.requests.notices.tokens import LinkProblem

from . import campus
from .addresses import LONGEST, login_address
from .department_access import ask, confirm, from_token
from .invitation_views import PROBLEMS as INVITATION_PROBLEMS

# Reason of a LinkProblem → (HTTP status, title, sentence).
PROBLEMS = {
    "invalid": INVITATION_PROBLEMS["invalid"],
    "used": (
        410,
        gettext_lazy("Your address is confirmed"),
        gettext_lazy("We have your request and write to you as soon as we have decided."),
    ),
    "expired": (
        410,
        gettext_lazy("This link has expired"),
        gettext_lazy("It works for seven days. Please fill in the form once more."),
    ),
}


def _text(label, help_text, longest, **attrs):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.TextInput(attrs=attrs),
    )


class DepartmentAccessForm(FormForPeople):
    """Who asks, for which department, and who can confirm it; only its spelling is judged."""

    name = _text(gettext_lazy("Your name"), "", 120, autocomplete="name")
    email = forms.CharField(
        label=gettext_lazy("Your e-mail address at the university"),
        max_length=LONGEST,
        help_text=gettext_lazy("We send a link there, which you open to confirm the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )
    department = _text(
        gettext_lazy("Your department"), gettext_lazy("For example: Department of Biology"), 120
    )
    work = forms.CharField(
        label=gettext_lazy("Your work for visiting scholars"),
        max_length=1000,
        help_text=gettext_lazy("One or two sentences, such as: I prepare their invitations."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    supervisor = _text(
        gettext_lazy("Your supervisor"),
        gettext_lazy("Name and e-mail address. We may ask this person about your request."),
        200,
    )

    def clean_email(self):
        """Write the address as logins are written; where the campus has its own, it is one."""
        email = login_address(self.cleaned_data["email"])
        if campus.is_on() and settings.OIDC_EMAIL_DOMAINS and not campus.is_campus_address(email):
            raise forms.ValidationError(
                _("Use your address at the university. It ends with @%(domain)s.")
                % {"domain": _(" or @").join(settings.OIDC_EMAIL_DOMAINS)}
            )
        return email

    def clean(self):
        """Keep names on one line, as they become part of mails and lists."""
        found = super().clean()
        for name in {"name", "department", "supervisor"} & found.keys():
            found[name] = " ".join(found[name].split())
        return found

    @property
    def typed(self):
        """The answers, as the request keeps them."""
        return {each.name: self.cleaned_data[each.name] for each in self.asked}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def department_access(request):
    """Take the form, and say that a mail comes."""
    form = DepartmentAccessForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/department_access.html", {"form": form})
    limited = ratelimit.consume_or_429(request, action="department_access")
    if limited:
        return limited
    # Who types one address too often sees the same page, and nothing is written.
    key = form.cleaned_data["email"]
    if ratelimit.consume(request, action="department_access_address", key=key):
        ask(once=form.once, **form.typed)
    return redirect("department_access_sent")


@never_cache
@require_safe
def department_access_sent(request):
    """Say what happens next."""
    return render(request, "account/department_access_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_department_access(request, token):
    """Show what was typed to the holder of the link; one press confirms, as scanners open links."""
    try:
        asked = from_token(token)
        if request.method == "POST":
            confirm(asked)
    except LinkProblem as problem:
        status, title, sentence = PROBLEMS[problem.reason]
        context = {"title": title, "sentence": sentence, "reason": problem.reason}
        return private(
            render(request, "account/department_access_link.html", context, status=status)
        )
    context = {"asked": asked, "is_confirmed": request.method == "POST"}
    return private(render(request, "account/department_access_confirm.html", context))

"""The page behind an invitation's link: looking changes nothing, one press accepts.

Mail scanners open every link, so only a POST decides. Who is signed in as somebody else is told
so and signs out first: an invitation never lands in the wrong account.
"""

from functools import wraps

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from isso.requests.notices.link_pages import private
from isso.requests.notices.tokens import LinkProblem

from . import campus
from .campus_ways import ends_on_campus
from .forms import FirstPasswordForm
from .invitations import accept, forget, from_token, send_new_link
from .models import Purpose

# Reason of a LinkProblem → (HTTP status, title, sentence).
PROBLEMS = {
    "invalid": (
        404,
        _("This link does not work"),
        _("It may be cut off. Open it again from the e-mail, or copy the whole address."),
    ),
    "used": (
        410,
        _("This invitation was accepted"),
        _("An invitation works once, and this one has done its work: you can sign in."),
    ),
    "expired": (
        410,
        _("This invitation has expired"),
        _("Invitations work for 30 days. We can send a new one to the address this one went to."),
    ),
    "replaced": (
        410,
        _("There is a newer invitation"),
        _("We have sent another link since. Open the newest e-mail from us."),
    ),
    "revoked": (
        410,
        _("This invitation was taken back"),
        _("Write to us if you think that you should have access; we gladly help."),
    ),
}


def behind_invitation(view):
    """Open a page to the holder of a link, private, or say kindly why it opens nothing."""

    @never_cache
    @wraps(view)
    def guarded(request, token):
        try:
            response = view(request, token)
        except LinkProblem as problem:
            response = _dead_link(request, token, problem.reason)
        return private(response)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@ends_on_campus
@behind_invitation
def invitation_page(request, token):
    """Show an invitation, or accept it and sign the person in."""
    invitation = from_token(token)
    if request.user.is_authenticated and request.user != invitation.user:
        context = {"invitation": invitation}
        status = 409 if request.method == "POST" else 200
        return render(request, "account/invitation/somebody_else.html", context, status=status)
    is_staff = invitation.purpose == Purpose.STAFF
    # The staff sign in at the campus, so their link alone must not be a way around it.
    only_campus = campus.is_on() and is_staff and not settings.PASSWORD_SIGN_IN
    # No codes are mailed to them, so where there are passwords they choose one.
    chooses = is_staff and settings.PASSWORD_SIGN_IN
    typed = request.POST if request.method == "POST" else None
    form = FirstPasswordForm(invitation.user, typed) if chooses else None
    is_complete = typed is not None and (form is None or form.is_valid())
    if only_campus or not is_complete:
        context = {
            "invitation": invitation,
            "token": token,
            "only_campus": only_campus,
            "form": form,
            "campus_name": settings.OIDC_NAME if campus.is_on() else "",
        }
        status = 422 if form and form.errors else 200
        return render(request, "account/invitation/page.html", context, status=status)
    user = accept(invitation, form.cleaned_data["new_password1"] if form else "")
    forget(request)
    # The link came by mail, as a sign-in code does, and it counts as one.
    record_authentication(request, user, method="code", email=invitation.email)
    return perform_login(request, Login(user=user, email=invitation.email))


@require_POST
@behind_invitation
def new_invitation(request, token):
    """Mail a new link to the address the expired one went to."""
    send_new_link(token)
    return render(request, "account/invitation/sent.html")


def _dead_link(request, token, reason):
    status, title, sentence = PROBLEMS[reason]
    context = {
        "title": title,
        "sentence": sentence,
        "token": token if reason == "expired" else "",
        "may_sign_in": reason == "used",
    }
    return render(request, "account/invitation/dead_link.html", context, status=status)

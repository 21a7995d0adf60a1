"""Binding a campus account to a person, once: by an invitation, or while signed in another way.

Somebody else may still be signed in at the campus on a shared computer. So where the campus names
another address than ours, the person is asked before anything is bound; an equal address only
saves the question, it binds nobody.
"""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from isso.requests.notices.tokens import LinkProblem

from . import campus, refusals
from .campus_ways import enter, of_the_campus, set_out
from .invitation_views import behind_invitation
from .invitations import accept, forget, from_token, invitation_of, remember
from .refusals import refuse
from .sign_in_mails import tell_connected

# Seconds since signing in, in which a person may connect a campus account.
FRESH = 15 * 60
# What the session keeps while a person is asked, and for how many seconds.
ASKED, SECONDS = "campus_asked", 10 * 60


@require_POST
@behind_invitation
@of_the_campus
def invitation_to_campus(request, token):
    """Follow the campus button on the page of an invitation."""
    invitation = from_token(token)
    remember(request, invitation)
    return set_out(
        request,
        email=invitation.email if campus.is_campus_address(invitation.email) else "",
        invitation=(invitation.pk, invitation.link_number),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_campus
@login_required
def connect(request):
    """Show whether the own campus account is connected; a POST sets out to connect it."""
    is_bound = campus.is_bound(request.user)
    if request.method != "POST":
        shown = {"is_bound": is_bound, "campus_name": settings.OIDC_NAME}
        return render(request, "account/campus_connect.html", shown)
    if is_bound:
        return redirect("campus_connect")
    if not _signed_in_lately(request):
        return refuse(request, refusals.LONG_AGO)
    return set_out(request, connects=request.user.pk)


def bind_or_ask(request, journey, subject, campus_email):
    """Bind the campus account that came back, or ask first whether it is this person's."""
    binding = _Binding.of(request, journey.invitation, journey.connects)
    if binding is None:
        return refuse(request, refusals.OVER)
    if campus_email and campus_email.lower() == binding.email.lower():
        return binding.bind(request, subject)
    request.session[ASKED] = {
        "subject": subject,
        "campus_email": campus_email,
        "invitation": journey.invitation,
        "connects": journey.connects,
        "at": timezone.now().timestamp(),
    }
    return redirect("campus_confirm")


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_campus
def confirm_binding(request):
    """Ask whether this campus account is this person's; a POST says yes, or no."""
    asked = request.session.get(ASKED)
    if not asked or timezone.now().timestamp() - asked["at"] > SECONDS:
        return refuse(request, refusals.OVER)
    binding = _Binding.of(request, asked["invitation"], asked["connects"])
    if binding is None:
        return refuse(request, refusals.OVER)
    if request.method != "POST":
        shown = {"binding": binding, "campus_email": asked["campus_email"]}
        return render(request, "account/campus_confirm.html", shown)
    del request.session[ASKED]
    if "yes" not in request.POST:
        return refuse(request, refusals.ANOTHERS)
    return binding.bind(request, asked["subject"])


class _Binding:
    """Whom a campus account is about to be bound to, and by what right."""

    def __init__(self, user, email, invitation=None):
        self.user = user
        self.email = email
        self.invitation = invitation

    @classmethod
    def of(cls, request, invitation, connects):
        """Return it while its right holds: the invitation is open, or the person signed in."""
        if connects:
            signed_in = request.user.is_authenticated and request.user.pk == connects
            return cls(request.user, request.user.email) if signed_in else None
        found = invitation_of(request)
        if found is None or [found.pk, found.link_number] != list(invitation):
            return None
        return cls(found.user, found.email, found)

    def bind(self, request, subject):
        """Bind, and let the person in."""
        try:
            with transaction.atomic():
                if self.invitation:
                    accept(self.invitation)
                campus.bind(self.user, subject)
                tell_connected(self.user)
        except LinkProblem:
            return refuse(request, refusals.OVER)
        except campus.CannotBind:
            return refuse(request, refusals.TAKEN)
        if not self.invitation:
            return redirect("campus_connect")
        forget(request)
        return enter(request, self.user, subject)


def _signed_in_lately(request):
    moments = [each["at"] for each in get_authentication_records(request, request.user)]
    return bool(moments) and timezone.now().timestamp() - max(moments) < FRESH

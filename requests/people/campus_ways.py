"""What all pages of the campus sign-in share: the way there, and the way in."""

from functools import wraps

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.internal.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from . import campus, openid, refusals
from .journeys import Journey
from .refusals import refuse


def ends_on_campus(view):
    """Let the forms of a page lead to the campus sign-in, which the content policy else forbids."""

    @wraps(view)
    def allowing(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response._csp_update = {"form-action": campus.form_origins()}
        return response

    return allowing


def of_the_campus(view):
    """Have no such page where the office has no campus sign-in; count tries by network address."""

    @wraps(view)
    @never_cache
    @ends_on_campus
    def guarded(request, *args, **kwargs):
        if not campus.is_on():
            raise Http404
        # Coming back is a GET, and counts as well.
        limited = consume_or_429(request, app="allauth.account", action="campus", limit_get=True)
        return limited or view(request, *args, **kwargs)

    return guarded


def callback_address():
    """Return where answers come back: from the configured address, whatever a browser says."""
    return settings.SITE_URL + reverse("campus_callback")


def set_out(request, *, email="", **why):
    """Send a person to the campus sign-in; where it is away, say so.

    ``why`` is what a Journey keeps until the answer comes; ``email`` fills the form there.
    """
    try:
        provider = openid.metadata()
    except openid.ProviderAway:
        return refuse(request, refusals.AWAY)
    journey = Journey(
        state=openid.secret_word(),
        nonce=openid.secret_word(),
        verifier=openid.secret_word(),
        began=timezone.now().timestamp(),
        **why,
    )
    journey.note(request)
    return redirect(
        openid.address_to_go(
            provider,
            state=journey.state,
            nonce=journey.nonce,
            verifier=journey.verifier,
            callback=callback_address(),
            email=email,
        )
    )


def enter(request, person, subject, next_url=""):
    """Sign in a person whom the campus sign-in has named; the second factor still follows."""
    if not person.is_active:
        return refuse(request, refusals.CLOSED)
    if request.user.is_authenticated:
        # Somebody else, perhaps, in another tab of this browser: that session ends first.
        logout(request)
    record_authentication(
        request, person, "socialaccount", provider=settings.OIDC_ISSUER, uid=subject
    )
    return perform_login(request, person, redirect_url=next_url or None)

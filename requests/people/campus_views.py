"""To the campus sign-in and back: the button, and the answer."""

import logging

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from . import campus, openid, refusals
from .campus_binding import bind_or_ask
from .campus_ways import callback_address, enter, of_the_campus, set_out
from .journeys import Journey
from .refusals import refuse

logger = logging.getLogger(__name__)

# What the provider may say instead of an answer; all else proves nothing.
ERRORS = {
    "access_denied": refusals.STOPPED,
    "server_error": refusals.AWAY,
    "temporarily_unavailable": refusals.AWAY,
}


@require_POST
@of_the_campus
def start(request):
    """Follow the campus button."""
    if request.user.is_authenticated:
        return redirect("account_login")
    return set_out(request, next_url=get_next_redirect_url(request) or "")


@require_safe
@of_the_campus
def callback(request):
    """Take in what the campus sign-in answers, once."""
    journey = Journey.take(request, request.GET.get("state", ""))
    if journey is None:
        return refuse(request, refusals.OVER)
    # Some providers name themselves, against answers that are mixed up (RFC 9207).
    if request.GET.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        return refuse(request, refusals.UNPROVEN)
    if error := request.GET.get("error"):
        return refuse(request, ERRORS.get(error, refusals.UNPROVEN))
    try:
        claims = openid.claims_of(
            request.GET.get("code", ""),
            nonce=journey.nonce,
            verifier=journey.verifier,
            callback=callback_address(),
        )
    except openid.ProviderAway:
        return refuse(request, refusals.AWAY)
    except openid.AnswerRefused as error:
        logger.warning("An answer of the campus sign-in was refused: %s", error)
        return refuse(request, refusals.UNPROVEN)
    return _answer(request, journey, claims["sub"], openid.email_in(claims))


def _answer(request, journey, subject, campus_email):
    """Let in whoever is bound to this number; nobody is looked for by name or address."""
    if journey.invitation or journey.connects:
        return bind_or_ask(request, journey, subject, campus_email)
    person = campus.person_of(subject)
    if person is None:
        return refuse(request, refusals.NOT_INVITED, campus_email=campus_email)
    return enter(request, person, subject, journey.next_url)

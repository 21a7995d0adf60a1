"""What was typed when the session had ended: kept until the same person signs in again.

It rests in the browser's session, which signing in takes over, and comes back on the page it was
typed on, where only its owner gets.
"""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.urls import reverse

from .throttle import too_many

KEPT = "unsaved_answers"
# Far more than the longest page; a stranger must not fill the table of sessions.
MOST_CHARACTERS = 60_000
FROM_A_CLIENT = {"limit": 60, "seconds": 600}


def keep_typed(view):
    """Keep what a page posts after the session has ended, and come back to it after sign-in."""

    @wraps(view)
    def guarded(request, reference, slug):
        if request.method != "POST" or request.user.is_authenticated:
            return view(request, reference=reference, slug=slug)
        keep(request, reference, slug)
        return redirect_to_login(reverse("portal_page", args=[reference, slug]))

    return guarded


def keep(request, reference, slug):
    """Keep what was typed on one page, files excepted, for who signs in next at this browser."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    encoded = typed.urlencode()
    if len(encoded) <= MOST_CHARACTERS and (KEPT in request.session or _may_begin(request)):
        request.session[KEPT] = {"reference": reference, "slug": slug, "typed": encoded}


def _may_begin(request):
    """Count new sessions alone: behind one address many people may go on typing at a time."""
    client = str(get_adapter().get_client_ip(request))
    return not too_many("unsaved", client, **FROM_A_CLIENT)


def give_back(request, reference, slug):
    """Return what was typed on this page before signing in and is not saved yet, or None."""
    kept = request.session.get(KEPT)
    if not kept or (kept["reference"], kept["slug"]) != (reference, slug):
        return None
    return QueryDict(kept["typed"])


def forget(request, reference, slug):
    """Let go of what was kept for a page that has been saved since."""
    if give_back(request, reference, slug) is not None:
        del request.session[KEPT]

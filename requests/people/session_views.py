"""The sessions of one person: which browsers are signed in, ending them, and staying signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import campus
from .models import BrowserSession


@never_cache
@require_safe
@login_required
def sessions_page(request):
    """List the browsers in which this person is signed in."""
    sessions = BrowserSession.objects.alive_of(request.user)
    context = {
        "sessions": sessions,
        "this_key": request.session.session_key,
        "has_campus": campus.is_on(),
    }
    return render(request, "account/sessions.html", context)


@require_POST
@login_required
def end_session(request):
    """Sign out one other browser, or all others where none is named."""
    others = BrowserSession.objects.alive_of(request.user).exclude(pk=request.session.session_key)
    mark = request.POST.get("mark")
    if mark:
        others = others.filter(pk__in=[each.pk for each in others if each.mark == mark])
    # Sessions are few, and a sliced or ordered query cannot be deleted everywhere.
    ended = BrowserSession.objects.filter(pk__in=[each.pk for each in others]).end()
    if ended:
        sentence = ngettext(
            "%(count)d browser was signed out.", "%(count)d browsers were signed out.", ended
        )
        messages.success(request, sentence % {"count": ended})
    else:
        messages.info(request, _("No other browser was signed in any more."))
    return redirect("account_sessions")


@never_cache
@require_http_methods(["GET", "POST"])
def session_status(request):
    """Tell in how many seconds this session ends; a POST stays signed in.

    Asking is no sign of life (middleware.py), or an open page would keep the session for ever.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0}, status=401)
    session = request.session
    if request.method == "POST":
        session.see()
    return JsonResponse(
        {
            "seconds": session.seconds_left,
            # At the end of the longest time nothing helps but signing in again.
            "can_stay": session.ends_at < session.ends_at_the_latest,
            "token": get_token(request),
        }
    )

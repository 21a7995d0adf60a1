"""Saves a page of the wizard while somebody types; the page itself says what came of it."""

from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..actor import Actor
from ..answers import situation_of
from ..autosaving import open_items, save_typing
from ..perform import NotAllowed, NotPossible
from .access import find_own, refuse
from .questions import reply_name
from .unsaved import forget, keep
from .wizard import page_to_edit, saved_at


@require_http_methods(["GET", "POST"])
@never_cache
def autosave(request, reference, slug):
    """Save what is typed (POST), or tell an old tab that its session lives (GET).

    401 when the session has ended: what was typed waits for the next sign-in. 409 when another
    tab has saved this page since, or the request is sent: then nothing is overwritten.
    """
    if not request.user.is_authenticated:
        if request.method == "POST":
            keep(request, reference, slug)
        return JsonResponse({"sentence": signed_out()}, status=401)
    student_request = find_own(request.user, reference)
    if student_request is None:
        refuse(request.user, "request", reference)
    try:
        page = page_to_edit(student_request, slug)
        if request.method == "GET":
            # Signing in has changed the token that the open page still holds.
            return JsonResponse({"token": get_token(request)})
        return _save(request, student_request, page)
    except NotAllowed:
        raise Http404 from None
    except NotPossible as problem:
        return JsonResponse({"sentence": str(problem)}, status=409)


def _save(request, student_request, page):
    actor = Actor.for_student(request.user)
    replies = {
        item.pk: request.POST[reply_name(item)]
        for item in open_items(student_request)
        if reply_name(item) in request.POST
    }
    try:
        seen = save_typing(
            student_request, page, request.POST, replies, actor, seen=request.POST.get("seen", "")
        )
    finally:
        # Saved, or refused for something newer, which loading the page again has to show.
        forget(request, student_request.reference, page.slug)
    answer = {"sentence": saved_at(), "seen": seen}
    if page.panel:
        situation = situation_of(find_own(request.user, student_request.reference))
        panel = {"rows": page.panel(situation)}
        answer["rows"] = render_to_string("portal/_panel.html", panel, request)
    return JsonResponse(answer)


def signed_out():
    """Return the sentence for a page whose session has ended."""
    return _(
        "You are signed out. Sign in in another tab, then press Save; what you typed is still here."
    )

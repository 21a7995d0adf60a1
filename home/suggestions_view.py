"""“Suggest closures” in the Office menu: public holidays, each with two buttons."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from .hours import calendar_for
from .suggestions import COUNTRY, SUBDIVISION, UnknownPlace, accept, ignore, suggestions

PERMISSION = "home.add_hoursexception"
LONGEST_CODE = 10


class SuggestionsMenuItem(MenuItem):
    """The way to the suggestions, for those who may enter closures."""

    def is_shown(self, request):
        """Hide it from others."""
        return request.user.has_perm(PERMISSION)


def menu_item():
    """Make the item of the Office menu."""
    return SuggestionsMenuItem(
        gettext_lazy("Suggest closures"),
        reverse("home_closure_suggestions"),
        icon_name="date",
        order=350,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def closure_suggestions(request):
    """Show the holidays nobody has decided about; take one decision at a time."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    country, subdivision = _place(request)
    found, problem = [], ""
    try:
        today = timezone.localdate()
        found = suggestions(calendar_for(request), today, country, subdivision)
    except UnknownPlace as error:
        problem = str(error)
    if request.method == "POST":
        _decide(request, found)
        query = urlencode({"country": country, "subdivision": subdivision})
        return HttpResponseRedirect(f"{reverse('home_closure_suggestions')}?{query}")
    return render(
        request,
        "home/admin/closure_suggestions.html",
        {
            "suggestions": found,
            "problem": problem,
            "country": country,
            "subdivision": subdivision,
            "page_title": _("Suggest closures"),
            "header_icon": "date",
        },
    )


def _place(request):
    asked = request.POST if request.method == "POST" else request.GET
    if "country" not in asked:
        return COUNTRY, SUBDIVISION
    return tuple(
        asked.get(name, "").strip().upper()[:LONGEST_CODE] for name in ("country", "subdivision")
    )


def _decide(request, found):
    """Accept or ignore the one suggestion that was pressed, if it is still offered."""
    answers = {"accept": accept, "ignore": ignore}
    pressed = next((name for name in answers if name in request.POST), None)
    chosen = (request.POST.get("date"), request.POST.get("name"))
    suggestion = next((s for s in found if (s.date.isoformat(), s.name) == chosen), None)
    if not pressed or not suggestion:
        messages.warning(request, _("This day is no longer suggested. Nothing was changed."))
        return
    answers[pressed](suggestion)
    said = {
        "accept": _("The office is closed on %(day)s: %(name)s."),
        "ignore": _("%(name)s on %(day)s is not suggested again."),
    }[pressed]
    day = date_format(suggestion.date, "l, F j, Y")
    messages.success(request, said % {"day": day, "name": suggestion.name})


urlpatterns = [
    path("office/closure-suggestions/", closure_suggestions, name="home_closure_suggestions"),
]

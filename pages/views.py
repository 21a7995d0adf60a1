"""The public site beside its pages: search, and what machines read."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve

from .finding.missed import note_missed
from .finding.ranking import site_search
from .finding.words import LONGEST_QUERY, cleaned
from .languages import root_page


def page(request, path):
    """Show the page at an address, in the language the address begins with.

    Wagtail takes the route from the request where somebody has found it before.
    """
    root = root_page(request)
    if root is None:
        raise Http404
    components = [component for component in path.split("/") if component]
    # On the way to another page, the home page need not be read whole.
    start = root.specific_deferred if components else root.specific
    request._wagtail_route_for_request = start.route(request, components)
    return serve(request, path)


@require_safe
def search(request):
    """Show what the site has about a few words."""
    if root_page(request) is None:
        raise Http404
    query = request.GET.get("query", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    hits = site_search(query)
    if not hits:
        note_missed(cleaned(query))
    context = {
        "query": query,
        "hits": hits,
        "longest": LONGEST_QUERY,
        "crumb": _("Search"),
    }
    response = TemplateResponse(request, "pages/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def robots(request):
    """Tell robots to stay out of the portal, and where the site map is."""
    context = {"sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return TemplateResponse(request, "pages/robots.txt", context, content_type="text/plain")

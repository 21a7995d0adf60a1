"""The public site beside its pages: search, and what machines read."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .search import LONGEST_QUERY, site_search


@require_safe
def search(request):
    """Show what the site has about a few words."""
    query = request.GET.get("query", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    context = {
        "query": query,
        "hits": site_search(query),
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

"""The frame around every page: masthead, left bar, breadcrumbs."""

from functools import partial

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..block_tags import register_around
from ..contents import FEWEST_HEADINGS, with_anchors
from ..languages import same_view_elsewhere
from ..tree import Entry, tree_for

register = template.Library()

UTILITY_LINKS = [
    Entry(_("Contact us"), "/contact/"),
    Entry(_("All forms"), "/forms/"),
    Entry(_("Key dates"), "/key-dates/"),
    Entry(_("Site map"), "/site-map/"),
    Entry(_("Search"), "/search/"),
]
PORTAL_URL = "/portal/"


def _office(context):
    # Looked up by its name: the room that owns the office's facts lies above this one.
    settings = context.get("settings")
    return settings["home"]["OfficeSettings"] if settings else None


@register.inclusion_tag("components/masthead.html", takes_context=True)
def masthead(context):
    """Draw the name of the office, the institution, the utility links and other languages."""
    request, page = context.get("request"), context.get("page")
    tree = tree_for(request, page) if request and page else None
    return {
        "languages": tree.languages(request) if tree else [],
        "home_url": tree.root.get_url(request) if tree else "/",
        "office": _office(context),
        "links": UTILITY_LINKS,
        "path": request.path if request else "",
    }


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates(context):
    """Tell search engines where this page stands in other languages."""
    request, page = context.get("request"), context.get("page")
    tree = tree_for(request, page) if request and page else None
    if not (tree and tree.translations):
        return {"alternates": []}
    codes = [get_language(), *(other.locale.language_code for other in tree.translations)]
    addresses = [each.get_full_url(request) for each in [page, *tree.translations]]
    return {"alternates": zip(codes, addresses, strict=True)}


@register.inclusion_tag("components/other_languages.html", takes_context=True)
def other_languages(context):
    """Link a view without a page to itself in other languages, each named in its own."""
    request = context.get("request")
    return {"languages": same_view_elsewhere(request) if request else []}


@register.inclusion_tag("components/side_nav.html", takes_context=True)
def side_nav(context):
    """Draw the sections, the branch that leads to this page, and the portal button."""
    request = context.get("request")
    tree = tree_for(request, context.get("page")) if request else None
    return {
        "office": _office(context),
        "entries": tree.menu(request) if tree else [],
        "portal_url": PORTAL_URL,
    }


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context):
    """Draw the way from home to this page; a view without a page names itself as ``crumb``."""
    request, page = context.get("request"), context.get("page")
    crumb = context.get("crumb", "")
    tree = tree_for(request, page) if request and page else None
    if tree is None:
        return {"above": [], "here": crumb, "home_url": "/"}
    above = [
        Entry(ancestor.title, ancestor.get_url(request))
        for ancestor in tree.trail
        if ancestor.pk != page.pk
    ]
    return {
        "above": above,
        "here": "" if page.pk == tree.root.pk else page.title,
        "home_url": tree.root.get_url(request),
    }


@partial(register_around, register)
def with_contents(_context, content):
    """Put “On this page” before a long text, and an id on each of its headings."""
    html, headings = with_anchors(content)
    return render_to_string(
        "components/contents.html",
        {"headings": headings if len(headings) >= FEWEST_HEADINGS else [], "content": html},
    )

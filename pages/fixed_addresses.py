"""Pages to whose address our own templates lead: they stay where they are, and published.

Each room names its own at start-up. Editors change the words of these pages as they like; a new
name in the address leaves a redirect behind and does no harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, Site

GUARDED_ACTIONS = {"delete", "move", "unpublish"}


@dataclass(frozen=True)
class FixedAddress:
    """One address of the site, who leads to it, and whether anything leads there at present."""

    path: str
    led_from: Any
    is_used: Callable[[], bool] = lambda: True


_fixed: dict[str, FixedAddress] = {}


def register_fixed(*addresses: FixedAddress) -> None:
    """Let a room name the addresses that its templates lead to."""
    _fixed.update({each.path: each for each in addresses})


def refuse_page(request, page, *_destination):
    """Answer Wagtail's ``before_delete_page`` and ``before_move_page``."""
    return _refuse(request, _found(_below([page])))


def refuse_unpublishing(request, page):
    """Answer Wagtail's ``before_unpublish_page``: what lies below stays, unless it goes along."""
    return _refuse(request, _found(_unpublished(request, [page])))


def refuse_many(request, action_type, objects, action):
    """Answer Wagtail's ``before_bulk_action`` for pages."""
    if action_type not in GUARDED_ACTIONS or not issubclass(action.model, Page):
        return None
    find = _below(objects) if action_type != "unpublish" else _unpublished(request, objects)
    return _refuse(request, _found(find))


def _below(pages):
    found = Q(pk__in=[])
    for page in pages:
        found |= Q(path__startswith=page.path)
    return found


def _unpublished(request, pages):
    if request.POST.get("include_descendants"):
        return _below(pages)
    return Q(pk__in=[page.pk for page in pages])


def _found(condition):
    """Return the first (page, fixed address) among these pages, or nothing."""
    # In other languages nothing leads to a fixed address: a page leads to its own translation.
    by_url_path = {
        root.root_path + fixed.path.removeprefix("/"): fixed
        for root in Site.get_site_root_paths()
        if root.language_code == settings.LANGUAGE_CODE
        for fixed in _fixed.values()
    }
    pages = Page.objects.live().filter(condition, url_path__in=by_url_path).order_by("path")
    standing = ((page, by_url_path[page.url_path]) for page in pages)
    return next(((page, fixed) for page, fixed in standing if fixed.is_used()), None)


def _refuse(request, found):
    """Go back to the list with a sentence that says what would break, or return nothing."""
    if not found:
        return None
    page, fixed = found
    sentence = _(
        "“%(title)s” cannot be deleted, unpublished or moved: %(places)s lead to its address, "
        "%(path)s. Change its words instead."
    )
    messages.error(
        request,
        sentence % {"title": page.title, "places": fixed.led_from, "path": fixed.path},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)

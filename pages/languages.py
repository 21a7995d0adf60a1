"""The languages of the site: where each begins, and which translations a page has.

The address alone says the language, so that one address has one answer: ``/ar/`` begins the
Arabic pages, an address without a prefix the office's own. A language the office has no home page
in does not exist.
"""

from functools import wraps

from django.conf import settings
from django.http import Http404
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Page, Site


def root_page(request):
    """Return the home page in the language of the address, or nothing; read once a request."""
    if not hasattr(request, "root_in_language"):
        site = Site.find_for_request(request)
        request.root_in_language = _in_language(site.root_page) if site else None
    return request.root_in_language


def _in_language(home):
    # The office's own language is that of the site's root page: nothing to ask.
    language = translation.get_language()
    if language == settings.LANGUAGE_CODE:
        return home
    return (
        Page.objects.live()
        .filter(translation_key=home.translation_key, locale__language_code=language)
        .first()
    )


def in_this_language(pages):
    """Keep the pages in the language that is spoken now."""
    return pages.filter(locale__language_code=translation.get_language())


def where_spoken(view):
    """Open a view only in languages the office has a home page in."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        # Nothing to ask in the office's own.
        if translation.get_language() != settings.LANGUAGE_CODE and root_page(request) is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def same_view_elsewhere(request):
    """Return (language, its own name, address) of a view without a page in other languages."""
    here, site = request.get_full_path(), Site.find_for_request(request)
    codes = [code for code, _name in settings.LANGUAGES if code != translation.get_language()]
    others = {code: translate_url(here, code) for code in codes}
    if site is None or set(others.values()) <= {here}:
        return []
    homes = Page.objects.live().filter(translation_key=site.root_page.translation_key)
    spoken = set(homes.values_list("locale__language_code", flat=True))
    return [
        (code, get_language_info(code)["name_local"], address)
        for code, address in others.items()
        if code in spoken and address != here
    ]

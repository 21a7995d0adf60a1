"""The languages of the site: where each begins, and which translations a page has.

The address alone says the language, so that one address has one answer: ``/ar/`` begins the
Arabic pages, an address without a prefix the office's own. A language the office has no home page
in does not exist.
"""

from django.conf import settings
from django.utils import translation
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

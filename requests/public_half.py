"""What the public site shows of the portal: words of statuses, rows of forms, search hits."""

from django.utils.translation import gettext as _

from isso.home.portal_words import StatusWords
from isso.pages.form_rows import FormRow
from isso.pages.search import SearchHit

from . import words
from .models.guide import live_guides
from .registry import all_types


def status_words():
    """Return each status a student can see once, with its explanation, for the portal guide."""
    told = {}
    for label, sentence, tone, icon in words.status_words():
        told.setdefault(str(label), StatusWords(str(label), str(sentence), tone, icon))
    return list(told.values())


def form_rows():
    """Return a line of “All forms” for each request that has a published guide."""
    types = all_types()
    return [
        FormRow(
            title=str(types[key].title),
            url=guide.url,
            kind="portal",
            description=str(types[key].summary),
            topic=str(types[key].topic),
            audience=str(types[key].audience),
        )
        for key, guide in live_guides().items()
        if key in types
    ]


def search_hits(query):
    """Return the requests that people call by one of these words."""
    asked = {word.casefold() for word in query.split()}
    found = {key for key, each in all_types().items() if asked & _called(each)}
    if not found:
        return []
    return [
        SearchHit(guide.title, guide.url, guide.search_description, kind=_("Request in the portal"))
        for key, guide in live_guides().items()
        if key in found
    ]


def _called(request_type):
    names = (request_type.key, *map(str, request_type.also_called))
    return {word.casefold() for name in names for word in name.split()} - {"form", "new", "lost"}

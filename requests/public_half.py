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
    """Return the requests that people call by one of these words, the likeliest first."""
    asked = {word.casefold() for word in query.split()}
    strengths = {
        key: _strength(each, asked) for key, each in all_types().items() if asked & _called(each)
    }
    if not strengths:
        return []
    found = [(key, guide) for key, guide in live_guides().items() if key in strengths]
    return [
        SearchHit(guide.title, guide.url, guide.search_description, kind=_("Request in the portal"))
        for key, guide in sorted(found, key=lambda row: strengths[row[0]], reverse=True)
    ]


def _strength(request_type, asked):
    """Return how well a request fits: by the name that says it best, then by its title.

    Of names that fit alike, the one stated first in ``also_called`` is the more usual one.
    """
    in_title = bool(asked & _words(request_type.title))
    return max(
        (
            (len(asked & words) / len(words), in_title, -place)
            for place, words in enumerate(map(_words, request_type.also_called))
        ),
        default=(0, in_title, 0),
    )


def _words(name):
    return {word.strip("()").casefold() for word in str(name).split()}


def _called(request_type):
    names = (request_type.key, *request_type.also_called)
    return {word for name in names for word in _words(name)} - {"form", "new", "lost"}

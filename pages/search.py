"""Searching the site: pages first, then what higher rooms offer.

The database back ends read some characters as operators and fail on them, so a query is cleaned
first. Nothing typed into the search box may end in an error.
"""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db import DatabaseError
from wagtail.models import Page
from wagtail.search.query import Phrase, PlainText, SearchQuery

log = logging.getLogger(__name__)

LONGEST_QUERY = 100
MOST_WORDS = 8
MOST_HITS = 30

# As people type them, and as the texts write them.
ALIASES = {
    "i20": "I-20",
    "ds2019": "DS-2019",
    "i94": "I-94",
    "i901": "I-901",
    "i765": "I-765",
    "f1": "F-1",
    "f2": "F-2",
    "j1": "J-1",
    "j2": "J-2",
    "h1b": "H-1B",
}


@dataclass(frozen=True)
class SearchHit:
    """One result."""

    title: str
    url: str
    description: str = ""
    kind: str = ""


Provider = Callable[[str], Iterable[SearchHit]]
_providers: list[Provider] = []


def register_search_provider(provider: Provider) -> None:
    """Let a room add hits for things that are not pages; it gets the cleaned query."""
    if provider not in _providers:
        _providers.append(provider)


def clean_query(query: str) -> str:
    """Reduce what was typed to a few plain words, written as the texts write them."""
    plain = re.sub(r"[^\w\s-]", " ", query[: 2 * LONGEST_QUERY].replace("\x00", " "))
    words = [word.strip("-_") for word in plain[:LONGEST_QUERY].split()]
    return " ".join(ALIASES.get(word.lower(), word) for word in words[:MOST_WORDS] if word)


def site_search(query: str) -> list[SearchHit]:
    """Find pages with all of the words, or else with any; never fails on what was typed."""
    words = clean_query(query)
    if not words:
        return []
    hits = [hit for provider in _providers for hit in provider(words)]
    told = {hit.url for hit in hits}
    public = Page.objects.live().public()
    pages = _pages(public, words, "and") or _pages(public, words, "or")
    return hits + [page for page in pages if page.url not in told]


def _pages(public, words, operator):
    # "I-20" is one word to us, but two to PostgreSQL unless it is asked for as a phrase.
    plain = [word for word in words.split() if "-" not in word]
    parts: list[SearchQuery] = [Phrase(word) for word in words.split() if "-" in word]
    if plain:
        parts.append(PlainText(" ".join(plain), operator=operator))
    query = reduce(and_ if operator == "and" else or_, parts)
    try:
        found = public.search(query)[:MOST_HITS]
        return [SearchHit(page.title, page.url, page.search_description) for page in found]
    except DatabaseError:
        log.exception("The search back end refused %r", words)
        return []

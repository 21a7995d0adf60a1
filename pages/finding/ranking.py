"""The order of hits: what editors chose, what people call it, all of the words, any of them."""

from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from math import log

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from .excerpts import excerpt
from .sources import NAME_FILLERS, Alias, BestBet, Document, everything
from .words import FILLERS, cleaned, stems

MOST_HITS = 30
# A name of which so much was asked is what was meant.
SHARE_OF_A_NAME = 0.5
# With so many pages that have all of the words, those with some are only noise.
ENOUGH_HITS = 5


@dataclass(frozen=True)
class SearchHit:
    """One result: the excerpt is safe HTML."""

    title: str
    url: str
    excerpt: SafeString | str = ""
    kind: str = ""
    is_best_bet: bool = False
    # Named where it is not the language of the search.
    language: str = ""


class Tier(IntEnum):
    """How a thing was found, the best way first."""

    BEST_BET = 0
    CALLED = 1
    ALL_WORDS = 2
    ANY_WORD = 3


def site_search(typed: str) -> list[SearchHit]:
    """Find what answers a few words; never fails on what was typed."""
    words = cleaned(typed)
    return Search(words, everything()).hits() if words else []


class Search:
    """One question put to everything there is."""

    def __init__(self, words: str, everything: list):
        self.words = words.split()
        self.documents = [each for each in everything if isinstance(each, Document)]
        self.by_page = {each.page_id: each for each in self.documents if each.page_id}
        self.best_bets = [each for each in everything if isinstance(each, BestBet)]
        self.aliases = [
            each
            for each in everything
            if isinstance(each, Alias) and _place(_first_stems(each.typed), self.stems) is not None
        ]
        own = self._terms(self.words)
        # What was typed, and once more with other words for some of it.
        self.readings = [own, *(self._reworded(each) for each in self.aliases if each.words)]
        self.wanted = frozenset(stem for terms in self.readings for term in terms for stem in term)
        self.rarity = {term: self._rarity(term) for terms in self.readings for term in terms}

    @property
    def stems(self):
        """The words as they were typed, each by the stem that stands for it whole."""
        return [stems(word)[0] for word in self.words]

    def hits(self) -> list[SearchHit]:
        """Return the hits in their order, each address once."""
        chosen = [self._chosen(bet) for bet in self.best_bets if _same(bet.words, self.stems)]
        ranked = sorted(
            (rank, number)
            for number, document in enumerate(self.documents)
            if (rank := self._rank(document))
        )
        good = sum(rank[0] < Tier.ANY_WORD for rank, _number in ranked)
        found = [
            self._hit(self.documents[number])
            for rank, number in ranked[:MOST_HITS]
            if rank[0] < Tier.ANY_WORD or good < ENOUGH_HITS
        ]
        hits = [hit for hit in [*chosen, *found] if hit]
        once = {}
        for hit in hits:
            once.setdefault((hit.url, hit.title), hit)
        return list(once.values())

    def _terms(self, words):
        """Make terms of words: the stems that each of them is found by."""
        terms, skip = [], False
        for word, following in pairwise([*words, ""]):
            if skip:
                skip = False
                continue
            joined = stems(f"{word}-{following}")[0]
            # "I 20" is "I-20" where a text has that.
            if following and _is_short(word, following) and self._is_known(joined):
                terms.append((joined,))
                skip = True
            else:
                terms.append(stems(word))
        telling = [term for term in terms if term[0] not in FILLERS]
        return list(dict.fromkeys(telling or terms))

    def _reworded(self, alias):
        typed = _first_stems(alias.typed)
        start = _place(typed, self.stems)
        rest = [*self.words[:start], *self.words[start + len(typed) :]]
        return self._terms([*alias.words.split(), *rest])

    def _is_known(self, stem):
        return any(stem in each.counts or stem in each.title_stems for each in self.documents)

    def _rarity(self, term):
        count = sum(_has(each, term) for each in self.documents)
        return log(1 + len(self.documents) / (1 + count))

    def _rank(self, document):
        """Return what to sort by, or None where nothing fits."""
        is_meant = any(alias.page_id == document.page_id for alias in self.aliases if alias.page_id)
        ranks = [
            rank for terms in self.readings if (rank := self._rank_by(document, terms, is_meant))
        ]
        return min(ranks, default=None)

    def _rank_by(self, document, terms, is_meant):
        found = [term for term in terms if _has(document, term)]
        if not (found or is_meant):
            return None
        score = document.weight * sum(
            self.rarity[term] * _strength(document, term) for term in found
        )
        called, place = _called(document, terms)
        if is_meant or called >= SHARE_OF_A_NAME:
            tier = Tier.CALLED
        else:
            tier = Tier.ALL_WORDS if len(found) == len(terms) else Tier.ANY_WORD
            called, place = 0, 0
        # Of things of one name, the one that explains goes before one that only has the name.
        is_slight = tier is Tier.CALLED and document.weight < 1
        return tier, _is_foreign(document), -max(called, is_meant), is_slight, place, -score

    def _hit(self, document):
        url = document.url
        if document.page_id:
            url = Page(pk=document.page_id, url_path=document.url).url
        passage = excerpt(document.text, self.wanted, document.summary)
        language = document.language if _is_foreign(document) else ""
        return SearchHit(document.title, url, passage, str(document.kind), language=language)

    def _chosen(self, bet):
        document = self.by_page.get(bet.page_id)
        if document is None:
            # A page that is hidden by now is no hit.
            return SearchHit(bet.title, bet.url, bet.summary, "", True) if bet.url else None
        hit = self._hit(document)
        return replace(hit, excerpt=bet.summary or hit.excerpt, is_best_bet=True)


def _is_foreign(document):
    return document.language not in ("", get_language())


def _has(document, term):
    return any(stem in document.counts or stem in document.title_stems for stem in term)


def _strength(document, term):
    """Tell how strongly one term speaks for a document: by title, then by how often it is said."""
    in_title = any(stem in document.title_stems for stem in term)
    in_names = any(stem in name for name in document.name_stems[1:] for stem in term)
    times = max(document.counts[stem] for stem in term)
    length = 1 + sum(document.counts.values()) / 400
    return (
        (2 + 4 / len(document.title_stems)) * in_title + 2 * in_names + 3 * times / (times + length)
    )


def _called(document, terms):
    """Return how much of the question is a whole name of the document, and which of its names."""
    asked = {stem for term in terms for stem in term}
    telling = [term for term in terms if term[0] not in NAME_FILLERS] or terms
    shares = [
        (sum(any(stem in name for stem in term) for term in telling) / len(telling), -place)
        for place, name in enumerate(document.name_stems)
        if name and name <= asked
    ]
    share, place = max(shares, default=(0, 0))
    return share, -place


def _is_short(*words):
    return any(len(word) <= 2 or word.isdigit() for word in words)


def _first_stems(words):
    return [stems(word)[0] for word in cleaned(words).split()]


def _same(words, asked):
    return _first_stems(words) == asked


def _place(wanted, asked):
    """Return where the wanted stems stand in a row, or None."""
    last = len(asked) - len(wanted)
    starts = (start for start in range(last + 1) if asked[start : start + len(wanted)] == wanted)
    return next(starts, None)

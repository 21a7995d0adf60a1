"""What can be found: one registry of tables, read together by one query.

Pages are found by themselves. A room with other things to find registers a source of them in
``AppConfig.ready()``.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.conf import settings
from django.db.models import IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.index import SearchField

from ..generation import stamp
from ..models.base import page_models
from ..models.search_words import SearchAlias
from ..tree import is_public
from .texts import one_text, plain_text
from .words import FILLERS, stems_of, words_in

log = logging.getLogger(__name__)

# JSON never holds this character as it is, and nobody types it.
BETWEEN = "\x1e"
# Words of a name that do not tell it from other names.
NAME_FILLERS = stems_of("form new lost") | FILLERS


@dataclass(frozen=True)
class Row:
    """One row of any table, as every source writes it; what a source does not need is empty."""

    pk: int
    title: str
    summary: str = ""
    text: str = ""
    link: str = ""
    key: str = ""
    more: str = ""


COLUMNS = ("title", "summary", "text", "link", "key", "more")


@dataclass(frozen=True)
class Document:
    """One thing to find: its words, and where it is; for a page, its place in the tree."""

    title: str
    url: str
    summary: str = ""
    text: str = ""
    kind: str = ""
    # By what other names people look for it, the most usual first.
    names: tuple[str, ...] = ()
    # How much it answers: guidance more than a list that names many things.
    weight: float = 1.0
    language: str = ""
    page_id: int = 0

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The stems of the title."""
        return stems_of(self.title)

    @cached_property
    def name_stems(self) -> tuple[frozenset[str], ...]:
        """The stems of each name it goes by; the title is the first."""
        return tuple(stems_of(name) - NAME_FILLERS for name in (self.title, *self.names))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each stem stands in the text."""
        parts = (self.summary, self.text, *self.names)
        return Counter(stem for part in parts for _match, stems in words_in(part) for stem in stems)


@dataclass(frozen=True)
class BestBet:
    """What an editor wants first for exactly these words."""

    words: str
    page_id: int
    title: str
    url: str
    summary: str


@dataclass(frozen=True)
class Alias:
    """Words people type for other words, or for a page."""

    typed: str
    words: str
    page_id: int


@dataclass(frozen=True)
class Source:
    """A table of things to find: its rows, what fills which column, and what one row is."""

    queryset: Callable[[], QuerySet]
    columns: dict[str, object] = field(hash=False)
    read: Callable[[Row], object]


_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Let a room add things that are not pages."""
    if source not in _sources:
        _sources.append(source)


_kept: tuple[object, list] | None = None


def everything() -> list:
    """Return everything there is to find, read again when anything on the public site changed."""
    global _kept
    moment = _moment()
    kept = _kept
    if moment is None or kept is None or kept[0] != moment:
        kept = moment, read_all()
        _kept = kept
    return kept[1]


def _moment():
    """Tell the state of the site that an answer is right for; None where it cannot be told."""
    if not settings.PAGE_CACHE:
        return None
    try:
        return stamp().read(), timezone.localdate()
    except Exception:
        log.warning("The generation of the pages cannot be read; the search reads all anew.")
        return None


def read_all() -> list:
    """Read everything there is to find, in one query; a row read before is not parsed again."""
    sources = [*map(_page_source, page_models()), BEST_BETS, ALIASES, *_sources]
    parts = [_select(number, source) for number, source in enumerate(sources)]
    rows = parts[0].union(*parts[1:], all=True)
    return [_read(sources[number], Row(*(cell or "" for cell in row))) for number, *row in rows]


def _select(number, source):
    cells = [source.columns.get(name, Value("")) for name in COLUMNS]
    return (
        source.queryset()
        .order_by()
        .values_list(
            Value(number, IntegerField()), "pk", *(Cast(cell, TextField()) for cell in cells)
        )
    )


@lru_cache(maxsize=5_000)
def _read(source, row):
    return source.read(row)


@lru_cache(maxsize=100)
def _page_source(model):
    fields = _text_fields(model)
    stored = [Cast(each.name, TextField()) for each in fields]
    between = Value(BETWEEN, TextField())
    text = [part for each in stored for part in (each, between)]

    def read(row):
        texts = [
            plain_text(each, cell)
            for each, cell in zip(fields, row.text.split(BETWEEN), strict=False)
        ]
        return Document(
            title=row.title,
            url=row.link,
            summary=row.summary,
            text=one_text(texts),
            kind=model.found_as,
            names=model.other_names(row.key),
            weight=model.found_weight,
            language=row.more,
            page_id=row.pk,
        )

    return Source(
        queryset=lambda: model.findable().filter(is_public()),
        columns={
            "title": "title",
            "summary": "search_description",
            "text": Concat(*text, output_field=TextField()) if text else Value(""),
            "link": "url_path",
            "key": model.found_key or Value(""),
            "more": "locale__language_code",
        },
        read=read,
    )


def _text_fields(model):
    """List what a kind of page wants searched, beside title and description."""
    names = [each.field_name for each in model.search_fields if isinstance(each, SearchField)]
    stored = {each.name: each for each in model._meta.concrete_fields}
    del stored["title"], stored["search_description"]
    return [stored[name] for name in dict.fromkeys(names) if name in stored]


BEST_BETS = Source(
    queryset=SearchPromotion.objects.all,
    columns={
        "title": "query__query_string",
        "summary": "description",
        "text": "external_link_text",
        "link": "external_link_url",
        "key": "page_id",
    },
    read=lambda row: BestBet(row.title, int(row.key or 0), row.text, row.link, row.summary),
)
ALIASES = Source(
    queryset=SearchAlias.objects.all,
    columns={"title": "typed", "text": "words", "key": "page_id"},
    read=lambda row: Alias(row.title, row.text, int(row.key or 0)),
)

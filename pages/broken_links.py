"""Finds links of the site that lead nowhere, by reading alone: no other site is asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from .pieces import Piece, pieces_of

SCHEMES = ("http", "https")
OUTSIDE = ("http:", "https:")


@dataclass(frozen=True)
class Link:
    """One link: on what it stands, where in it, where it leads, and what is wrong with it."""

    title: str
    where: str
    target: str
    problem: str
    edit_url: str
    is_outside: bool = False


class Anchors(HTMLParser):
    """Collects the links of a rich text as (attributes, words)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[dict, str]] = []
        self._open: dict | None = None
        self._words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Begin a link."""
        if tag == "a":
            self._open, self._words = dict(attrs), []

    def handle_data(self, data):
        """Gather its words."""
        if self._open is not None:
            self._words.append(data)

    def handle_endtag(self, tag):
        """Keep it."""
        if tag == "a" and self._open is not None:
            self.found.append((self._open, "".join(self._words).strip()))
            self._open = None


class Answers:
    """What the site answers to: read once, then asked for every link."""

    def __init__(self) -> None:
        pages = Page.objects.only("id", "title", "url_path", "live", "depth", "locale")
        self.pages = {page.pk: page for page in pages.filter(depth__gt=1)}
        self.documents = set(get_document_model().objects.values_list("pk", flat=True))
        self.paths = {
            urlsplit(page.get_url() or "").path for page in self.pages.values() if page.live
        }
        self.redirects = set(Redirect.objects.values_list("old_path", flat=True))

    def about_page(self, pk: int) -> tuple[str, str]:
        """Return the title of a page and what is wrong with a link to it."""
        page = self.pages.get(pk)
        if not page:
            return _("a page"), _("The page was deleted.")
        return page.title, "" if page.live else _("The page is not published.")

    def about_document(self, pk: int) -> tuple[str, str]:
        """Return what is wrong with a link to a document."""
        return _("a document"), "" if pk in self.documents else _("The document was deleted.")

    def about_address(self, address: str) -> str:
        """Return what is wrong with a typed address; an empty text means nothing."""
        parts = urlsplit(address)
        if parts.scheme in SCHEMES:
            return "" if "." in parts.netloc else _("The address names no site.")
        if parts.scheme or not parts.path or not address.startswith("/"):
            return ""
        if parts.netloc:
            return _("Write the whole address, beginning with https://.")
        return "" if self._is_answered(parts.path) else _("No page has this address.")

    def _is_answered(self, path):
        if path in self.paths or f"{path}/" in self.paths:
            return True
        if Redirect.normalise_path(path) in self.redirects:
            return True
        with translation.override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            try:
                return resolve(path).url_name != "wagtail_serve"
            except Resolver404:
                return False


def links(may_edit: Callable[[models.Model], bool]) -> Iterator[Link]:
    """Yield every link on live pages and in snippets that ``may_edit`` lets through."""
    answers = Answers()
    for thing in _everything():
        if may_edit(thing):
            for piece in pieces_of(thing):
                for target, problem in _targets(piece, answers):
                    yield Link(
                        title=str(thing),
                        where=piece.where,
                        target=target,
                        problem=problem,
                        edit_url=_edit_url(thing),
                        is_outside=target.startswith(OUTSIDE),
                    )


def _everything():
    for model in get_page_models():
        if model is not Page:
            yield from model.objects.live()
    for model in get_snippet_models():
        yield from model._default_manager.all()


def _targets(piece: Piece, answers: Answers):
    """Yield (where it leads, what is wrong) of each link in one piece."""
    if piece.kind == "chosen" and issubclass(piece.model, Page):
        yield answers.about_page(piece.value)
    elif piece.kind == "chosen" and piece.model is get_document_model():
        yield answers.about_document(piece.value)
    elif piece.kind == "text" and _is_address(piece.value):
        yield piece.value, answers.about_address(piece.value)
    elif piece.kind == "html":
        for attributes, _words in Anchors(piece.value).found:
            yield _target_of(attributes, answers)


def _is_address(text):
    return text.startswith(("/", *OUTSIDE)) and not any(letter.isspace() for letter in text)


def _target_of(attributes, answers):
    kind, pk = attributes.get("linktype"), attributes.get("id", "")
    if kind in ("page", "document") and pk.isdecimal():
        return getattr(answers, f"about_{kind}")(int(pk))
    address = attributes.get("href", "")
    return address, answers.about_address(address) if address else _("The link leads nowhere.")


def _edit_url(thing):
    try:
        if isinstance(thing, Page):
            return reverse("wagtailadmin_pages:edit", args=[thing.pk])
        return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    except NoReverseMatch:
        return ""

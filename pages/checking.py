"""Rules for good pages, as pure functions over what an editor wrote.

Nothing here stops anybody: the panel “Before you publish” shows what it finds, and the content
checker in the preview (checker.py) marks the same things where they stand.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from .broken_links import Anchors
from .pieces import Piece

# What says nothing when a screen reader lists the links of a page.
EMPTY_WORDS = {
    "click",
    "click here",
    "details",
    "here",
    "link",
    "more",
    "read more",
    "see here",
    "this",
    "this link",
    "this page",
}
BARE_ADDRESS = re.compile(r"(https?://|www\.)\S+$")
SIZE = re.compile(r"\d\s?(kB|KB|MB)\b")
TARGET_GRADE = 8
# A few sentences say little about a whole page.
FEWEST_WORDS = 60

_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class Finding:
    """One thing to look at again: where it stands, what it is, and how to mend it."""

    where: str
    what: str
    remedy: str


class Prose(HTMLParser):
    """Reads the text of a rich text, each block of it a sentence at least, and its headings."""

    BLOCKS = ("p", "li", "h2", "h3", "h4", "td", "th", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.undescribed = 0
        self._words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note headings, and pictures without a description."""
        if re.fullmatch(r"h[2-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "embed" and dict(attrs).get("embedtype") == "image":
            self.undescribed += not (dict(attrs).get("alt") or "").strip()

    def handle_endtag(self, tag):
        """End the sentence with its block."""
        if tag in self.BLOCKS:
            self._words.append(". ")

    def handle_data(self, data):
        """Gather the words."""
        self._words.append(data)

    @property
    def text(self):
        """The words alone."""
        return "".join(self._words)


def findings(pieces: Iterable[Piece]) -> list[Finding]:
    """Return everything worth another look on one page, in the order of the page."""
    pieces = list(pieces)
    found = [finding for piece in pieces for finding in _about(piece)]
    prose = ". ".join(
        Prose(piece.value).text if piece.kind == "html" else piece.value
        for piece in pieces
        if piece.kind in ("html", "text")
    )
    grade = reading_grade(prose)
    if grade is not None and grade > TARGET_GRADE:
        found.append(
            Finding(
                _("The whole page"),
                _("It reads like school grade %d.") % grade,
                _("Aim for grade %d: shorter sentences, shorter words.") % TARGET_GRADE,
            )
        )
    return found


def _about(piece: Piece) -> Iterator[Finding]:
    if piece.kind == "html":
        yield from _links(piece)
        yield from _headings(piece)
    if piece.kind == "table" and not piece.value.strip():
        yield Finding(
            piece.where, _("A table has no caption."), _("Say in one line what the table shows.")
        )
    pictures = Prose(piece.value).undescribed if piece.kind == "html" else 0
    if pictures or (piece.kind == "image" and not piece.value.strip()):
        yield Finding(
            piece.where,
            _("A picture has no description."),
            _("Say what it shows, for those who do not see it."),
        )


def _links(piece):
    for attributes, words in Anchors(piece.value).found:
        if says_nothing(words):
            yield Finding(
                piece.where,
                _("The link “%s” does not say where it leads.") % words,
                _("Name the page or the form, for example “Travel signature”."),
            )
        if is_file(attributes) and not SIZE.search(words):
            yield Finding(
                piece.where,
                _("The link to the file “%s” does not say how large it is.") % words,
                _("Add kind and size, for example “(PDF, 120 KB)”."),
            )


def _headings(piece):
    levels = Prose(piece.value).levels
    for above, level in zip([2, *levels], levels, strict=False):
        if level > above + 1:
            yield Finding(
                piece.where,
                _("A heading skips a level."),
                _("Go from a large heading to the next smaller one."),
            )


def says_nothing(words: str) -> bool:
    """Tell whether the words of a link say nothing about where it leads."""
    plain = words.strip().strip(".:>»…").strip().casefold()
    return not plain or plain in EMPTY_WORDS or bool(BARE_ADDRESS.match(plain))


def is_file(attributes: dict) -> bool:
    """Tell whether a link opens a file instead of a page."""
    address = (attributes.get("href") or "").partition("?")[0]
    return attributes.get("linktype") == "document" or address.lower().endswith(".pdf")


def reading_grade(text: str) -> int | None:
    """Return the school grade of an English text by Flesch and Kincaid; None for too few words."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = [each for each in _SENTENCE_END.split(text) if _WORD.search(each)]
    syllables = sum(count_syllables(word) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return max(round(grade), 1)


def count_syllables(word: str) -> int:
    """Count the syllables of an English word, well enough for an average."""
    word = word.lower().strip("’'-")
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(count, 1)

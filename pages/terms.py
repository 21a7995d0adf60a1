"""Explaining a word of the glossary where a page uses it first.

The finished HTML of a page's body is read once: where its text first names a term, the term
becomes a link to its entry, with its meaning for those who do not see a pointer's tooltip.
Headings, links, buttons, code and everything inside tags stay as they are.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import get_language

from .languages import in_this_language
from .models import GlossaryPage, GlossaryTerm
from .tree import is_public

GLOSSARY_URL = "/glossary/"
# One tag or comment; a ">" inside quotation marks does not end it.
TAG = re.compile(r"""(<!--.*?-->|</?[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*>)""", re.S)
TAG_NAME = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
UNTOUCHED = re.compile(
    "a|abbr|button|caption|code|dfn|dt|h[1-6]|label|legend|nav|option|pre|script|select|style"
    "|summary|svg|textarea|th|title"
)
# Our components write some headings as paragraphs: callout__title, rail__title.
TITLE = "__title"


@dataclass(frozen=True)
class Term:
    """What marking up needs to know of a glossary entry."""

    anchor: str
    expansion: str
    spellings: tuple[str, ...]


def known_terms() -> tuple[Term, ...]:
    """Read the glossary, in one query."""
    return tuple(
        Term(term.anchor, term.expansion, tuple(term.spellings))
        for term in GlossaryTerm.objects.all()
    )


def glossary_address(request: HttpRequest | None) -> str:
    """Find the glossary in the language of this page; where it has none, the office's own."""
    if get_language() != settings.LANGUAGE_CODE:
        translated = in_this_language(GlossaryPage.objects.filter(is_public())).first()
        if translated and (address := translated.get_url(request)):
            return address
    return GLOSSARY_URL


def explain_terms(text: str, terms: tuple[Term, ...], glossary: str = GLOSSARY_URL) -> str:
    """Mark up the first occurrence of each term in the running text of some HTML."""
    if not terms:
        return text
    pattern, by_spelling = _pattern(terms)
    told: set[str] = set()

    def mark(match):
        term = by_spelling[match[0]]
        if term.anchor in told:
            return match[0]
        told.add(term.anchor)
        return _link(match[0], term, f"{glossary}#{term.anchor}")

    parts = TAG.split(text)
    inside, depth = "", 0
    for place, part in enumerate(parts):
        # Splitting by a group puts text at even places and tags at odd ones.
        if place % 2 == 0:
            if not inside:
                parts[place] = pattern.sub(mark, part)
            continue
        if not (tag := TAG_NAME.match(part)):
            continue
        name = tag[2].lower()
        if inside:
            depth += (name == inside) * (-1 if tag[1] else 1)
            inside = inside if depth else ""
        elif not tag[1] and (UNTOUCHED.fullmatch(name) or TITLE in part):
            inside, depth = name, 1
    return "".join(parts)


@lru_cache(maxsize=8)
def _pattern(terms):
    """Make one expression of all spellings, the longest first: “Form I-20” before “I-20”."""
    by_spelling = {
        form: term for term in terms for spelling in term.spellings for form in _forms(spelling)
    }
    longest_first = sorted(by_spelling, key=len, reverse=True)
    words = "|".join(re.escape(form) for form in longest_first)
    # Neither part of a longer word nor of a longer name: no “I-20” in “I-20A” or “I-20-X”.
    return re.compile(rf"(?<![\w&-])(?:{words})(?![\w-])"), by_spelling


def _forms(spelling):
    """Yield how a spelling stands in HTML; a plain word may also begin a sentence."""
    for word in {spelling, spelling[:1].upper() + spelling[1:]}:
        # Templates escape quotation marks, the rich text of editors keeps them.
        yield escape(word)
        yield html.escape(word, quote=False)


def _link(text, term, address):
    # The text stands in HTML already; the expansion does not.
    if not term.expansion or term.expansion == text:
        return f'<a class="term" href="{escape(address)}">{text}</a>'
    expansion = escape(term.expansion)
    return (
        f'<a class="term" href="{escape(address)}">'
        f'<abbr title="{expansion}">{text}</abbr>'
        f'<span class="visually-hidden"> ({expansion})</span></a>'
    )

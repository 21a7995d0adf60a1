"""The passage of a text that shows why it was found, its words marked."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from .words import words_in

AROUND = 110
ELLIPSIS = "…"


def excerpt(text: str, wanted: frozenset[str], summary: str = "") -> SafeString:
    """Cut the text around its first hit and mark the hits; without one, mark the summary."""
    hits = (match.span() for match, stems in words_in(text) if wanted.intersection(stems))
    hit = next(hits, None)
    if not hit:
        return _marked(summary, wanted)
    start, end = _window(text, *hit)
    passage = _marked(text[start:end].strip(), wanted)
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) else ""
    return mark_safe(f"{before}{passage}{after}")  # noqa: S308 (each part is escaped)


def _window(text, first, last):
    """Widen a hit to both sides, and to whole words."""
    start, end = max(0, first - AROUND), min(len(text), last + AROUND)
    if start:
        start = text.find(" ", start, first) + 1 or first
    if end < len(text):
        space = text.rfind(" ", last, end)
        end = space if space > 0 else end
    return start, end


def _marked(text, wanted):
    parts, place = [], 0
    for match, stems in words_in(text):
        if wanted.intersection(stems):
            word = conditional_escape(match[0])
            parts += [conditional_escape(text[place : match.start()]), f"<mark>{word}</mark>"]
            place = match.end()
    return mark_safe("".join([*parts, conditional_escape(text[place:])]))  # noqa: S308 (escaped)

"""The passage of a text that shows why it was found, its words marked."""

from itertools import islice

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from .words import words_in

AROUND = 110
# So many hits are compared; a page that has more is about nothing else.
MOST_COMPARED = 40
ELLIPSIS = "…"


def excerpt(text: str, wanted: frozenset[str], summary: str = "") -> SafeString:
    """Cut the text around its best hit and mark the hits; without one, mark the summary."""
    found = (
        (match.span(), hit)
        for match, stems in words_in(text)
        if (hit := wanted.intersection(stems))
    )
    hits = list(islice(found, MOST_COMPARED))
    if not hits:
        return _marked(summary, wanted)
    start, end = _window(text, *_best(hits))
    passage = _marked(text[start:end].strip(), wanted)
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) else ""
    return mark_safe(f"{before}{passage}{after}")  # noqa: S308 (each part is escaped)


def _best(hits):
    """Return the first hit that is followed by the most other words that were asked for."""

    def company(place):
        near = (hit for span, hit in hits[place:] if span[0] - hits[place][0][0] < AROUND)
        return len(frozenset().union(*near))

    return hits[max(range(len(hits)), key=company)][0]


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

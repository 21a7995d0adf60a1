"""“On this page”: the headings of a long page as links to them."""

import html
import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

# With fewer headings, a reader sees them all anyway.
FEWEST_HEADINGS = 4
HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<words>.*?)</h2>", re.S)
ID = re.compile(r'\bid="([^"]*)"')
# Ids of the frame around every page (templates/base.html).
TAKEN = ("top", "content", "in-short", "on-this-page")


@dataclass(frozen=True)
class Heading:
    """One line of the list: words, already escaped, and where they stand."""

    words: SafeString
    anchor: str


def with_anchors(text: str) -> tuple[SafeString, list[Heading]]:
    """Give each second-level heading an id made of its words, and list them.

    The id depends on the words alone, so a link from elsewhere outlives changes around it.
    """
    taken = {*TAKEN, *ID.findall(text)}
    headings = []

    def mark(match):
        words = " ".join(strip_tags(match["words"]).split())
        given = ID.search(match["attributes"])
        anchor = (
            given[1] if given else _free(slugify(html.unescape(words), allow_unicode=True), taken)
        )
        headings.append(Heading(mark_safe(words), anchor))  # noqa: S308 (taken from safe HTML)
        attributes = match["attributes"] if given else f'{match["attributes"]} id="{anchor}"'
        return f"<h2{attributes}>{match['words']}</h2>"

    return mark_safe(HEADING.sub(mark, text)), headings  # noqa: S308 (only ids were added)


def _free(slug, taken):
    anchor, number = slug or "part", 1
    while anchor in taken:
        number += 1
        anchor = f"{slug or 'part'}-{number}"
    taken.add(anchor)
    return anchor

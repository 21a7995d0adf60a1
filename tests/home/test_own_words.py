"""The demonstration's texts: enough of them, our own, and none of them twice."""

import re
from collections import Counter

from isso.home.demonstration.loading import page_files

PARAGRAPHS = re.compile(r"</?(?:p|li|h2|h3|ul|ol)>")

LEAST_PAGES = 35
# Shorter ones are labels, such as “You” or “Passport identity page”.
LEAST_LENGTH = 60


def sentences_of(value):
    """Yield every text of a page's file, however deep."""
    if isinstance(value, dict):
        for each in value.values():
            yield from sentences_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from sentences_of(each)
    elif isinstance(value, str):
        yield from (" ".join(part.split()) for part in PARAGRAPHS.split(value))


def test_there_are_enough_pages_of_text():
    written = [
        entry["path"]
        for entry in page_files()
        if sum(len(text.split()) for text in sentences_of(entry.get("body", []))) > 100
    ]

    assert len(written) >= LEAST_PAGES


def test_no_two_pages_share_a_paragraph():
    found = Counter(
        text
        for entry in page_files()
        for text in set(sentences_of(entry))
        if len(text) >= LEAST_LENGTH
    )

    assert {text: count for text, count in found.items() if count > 1} == {}

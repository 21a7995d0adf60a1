"""The passage under a hit shows the words that were asked for, and is never markup."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.pages.finding.excerpts import excerpt
from isso.pages.finding.words import stems_of

LONG = "Before. " * 40 + "Bring your visas and I-20 along. " + "After. " * 40


@pytest.mark.parametrize(
    ("text", "query", "summary", "shown"),
    [
        ("Your visa ends.", "visas", "", "Your <mark>visa</mark> ends."),
        ("<b>visa</b> & more", "visa", "", "&lt;b&gt;<mark>visa</mark>&lt;/b&gt; &amp; more"),
        ("Nothing here.", "visa", "All about a visa.", "All about a <mark>visa</mark>."),
        ("Nothing here.", "visa", "<i>None</i>", "&lt;i&gt;None&lt;/i&gt;"),
        ("", "visa", "", ""),
    ],
)
def test_words_are_marked_and_all_else_is_text(text, query, summary, shown):
    assert excerpt(text, stems_of(query), summary) == shown


def test_a_long_text_is_cut_at_words_around_its_first_hit():
    shown = excerpt(LONG, stems_of("visa i20"))

    assert "Bring your <mark>visas</mark> and <mark>I-20</mark> along." in shown
    assert re.fullmatch(r"…(Before\. ){2,}Bring.*(After\.? ?){2,}…", shown)
    assert len(re.sub(r"<[^>]+>", "", shown)) < 260


def test_the_passage_with_the_most_of_the_words_is_shown():
    text = "A visa. " + "Nothing. " * 40 + "A visa for a trip. " + "Nothing. " * 40

    assert "A <mark>visa</mark> for a <mark>trip</mark>." in excerpt(text, stems_of("visa trip"))


@given(st.text(), st.text(min_size=1))
def test_no_text_becomes_markup(text, query):
    shown = excerpt(text, stems_of(query))

    plain = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
    assert html.unescape(plain).strip("…") in text

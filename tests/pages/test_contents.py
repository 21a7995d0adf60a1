"""“On this page” appears on long pages, and a link into a page keeps leading there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.pages.contents import TAKEN, with_anchors


@pytest.mark.parametrize(
    ("html", "anchors"),
    [
        ("<h2>Who can ask</h2><h2>When</h2>", ["who-can-ask", "when"]),
        ("<h2>Questions</h2><h2>Questions</h2>", ["questions", "questions-2"]),
        # A link from elsewhere survives a new heading before it.
        ("<h2>New</h2><h2>When</h2>", ["new", "when"]),
        ('<h2 data-block-key="a1"><b>F-1</b> &amp; J-1</h2>', ["f-1-j-1"]),
        ("<h2>Content</h2><h2>Top</h2>", ["content-2", "top-2"]),
        ('<p id="when"></p><h2>When</h2>', ["when-2"]),
        ('<h2 id="given">When</h2>', ["given"]),
        ("<h2>من يطلب؟</h2>", ["من-يطلب"]),
        ("<h2>???</h2><h2>!</h2>", ["part", "part-2"]),
        ("<p>No heading</p><h3>Small</h3>", []),
    ],
)
def test_an_id_is_made_of_the_words(html, anchors):
    marked, headings = with_anchors(html)

    assert [heading.anchor for heading in headings] == anchors
    assert re.findall(r'<h2[^>]*id="([^"]*)"', marked) == anchors


@given(st.lists(st.text(st.characters(exclude_characters="<>&\"'", exclude_categories=["Cs"]))))
def test_ids_are_unique_whatever_the_headings_say(titles):
    html = "".join(f"<h2>{title}</h2>" for title in titles)

    anchors = [heading.anchor for heading in with_anchors(html)[1]]

    assert len(anchors) == len(titles)
    assert len({*anchors, *TAKEN}) == len(anchors) + len(TAKEN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("titles", "listed"),
    [
        (["Who", "When", "How"], []),
        (
            ["Who", "When", "How", "R&D"],
            [("#who", "Who"), ("#when", "When"), ("#how", "How"), ("#rd", "R&amp;D")],
        ),
    ],
)
def test_a_long_page_begins_with_its_headings(client, guidance, titles, listed):
    body = [("glossary", {"title": title, "terms": []}) for title in titles]

    html = client.get(guidance("Topic", body=body).url).text

    contents = re.search(r'aria-labelledby="on-this-page".*?</nav>', html, re.S)
    assert re.findall(r'href="([^"]*)">([^<]*)</a>', contents[0] if contents else "") == listed

"""Every block of a page body shows what an editor put into it."""

import datetime as dt
import re

import pytest

from isso.pages.blocks import BodyBlock
from isso.pages.blocks.tables import text_table

pytestmark = pytest.mark.django_db


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def shown(client, guidance, name, value):
    block = BodyBlock().child_blocks[name]
    page = guidance("Topic", body=[(name, block.normalize(value))])
    html = client.get(page.url).text
    main = re.search(r"<h1>.*?(?=<p class=\"muted small\">)", html, re.S)[0]
    return main.partition("</section>")[2]


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("paragraph", "<h2>Who</h2><p>You.</p>", "Who You."),
        (
            "callout",
            {"tone": "warn", "title": "Wait", "text": "<p>Not yet.</p>"},
            "Wait Not yet.",
        ),
        (
            "steps",
            {
                "title": "How",
                "steps": [
                    {"title": "Ask", "text": "In the portal.", "who": "You", "time": "1 day"},
                    {"title": "Wait", "text": "", "who": "", "time": ""},
                ],
            },
            "How Ask You · 1 day In the portal. Wait",
        ),
        (
            "questions",
            {"title": "", "questions": [{"question": "Why?", "answer": "<p>Law.</p>"}]},
            "Questions Why? Law.",
        ),
        (
            "deadline",
            {"title": "OPT", "rule": "60 days", "date": dt.date(2027, 7, 13), "note": "Late? No."},
            "Deadline: OPT July 13, 2027 . 60 days Late? No.",
        ),
        (
            "checklist",
            {"title": "Bring", "items": [{"text": "Passport", "who": "all"}]},
            "Bring Passport (all)",
        ),
        (
            "contact",
            {"name": "Housing", "text": "Rooms", "email": "h@demo.example", "phone": "555"},
            "Housing Rooms h@demo.example 555",
        ),
        (
            "table",
            {"caption": "Two", "table": text_table(["A", "B"], [["1", "2"], ["3", "4"]])},
            "Two A B 1 2 3 4",
        ),
    ],
)
def test_a_block_shows_its_words(client, guidance, name, value, text):
    assert words(shown(client, guidance, name, value)) == text


def test_text_is_escaped_and_rich_text_keeps_no_script(client, guidance):
    html = shown(
        client,
        guidance,
        "steps",
        {"title": "<script>x</script>", "steps": [{"title": "<b>"}]},
    )

    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_related_pages_are_links_to_live_pages_only(client, guidance):
    pages = [guidance("Travel"), guidance("Hidden", live=False)]

    html = shown(client, guidance, "related", {"title": "", "pages": pages})

    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', html) == [("/travel/", "Travel")]


def test_the_first_cell_of_a_row_is_its_header(client, guidance):
    html = shown(
        client, guidance, "table", {"caption": "Two", "table": text_table(["A", "B"], [["1", "2"]])}
    )

    assert html.count('<th scope="col">') == 2
    assert '<th scope="row">1</th><td>2</td>' in html


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_a_block_explains_itself_to_editors(name):
    block = BodyBlock().child_blocks[name]

    assert block.get_description()
    assert block.is_previewable
    assert block.meta.template == f"pages/blocks/{name}.html"


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_an_editor_sees_a_preview_of_each_block(name):
    block = BodyBlock().child_blocks[name]

    html = block.render(block.get_preview_value())

    assert words(html) or name in ("related", "request_link")

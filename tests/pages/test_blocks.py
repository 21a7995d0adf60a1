"""Every block of a page body shows what an editor put into it."""

import datetime as dt
import re

import pytest
from django.conf import settings
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from isso.home.models import StaffMember
from isso.pages.blocks import BodyBlock
from isso.pages.blocks.body import GUIDE, ONWARD, TEXT
from isso.pages.blocks.tables import text_table
from isso.pages.blocks.text import ParagraphBlock
from isso.pages.models import FormEntry
from isso.requests.models import RequestGuidePage

pytestmark = pytest.mark.django_db

NAMES = list(BodyBlock().child_blocks)
TEMPLATES = settings.BASE_DIR / "templates/pages/blocks"
MARKUP = "\"'><script>x</script>"


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
            {"title": "Bring", "items": [{"text": "Letter", "who": "all", "sample": "/letter/"}]},
            "Bring Letter (all) Sample : Letter",
        ),
        (
            "compare",
            {
                "caption": "CPT or OPT",
                "first": "CPT",
                "second": "OPT",
                "points": [{"point": "When", "first": "Before", "second": "After"}],
            },
            "CPT or OPT CPT OPT When Before After",
        ),
        (
            "glossary",
            {"title": "", "terms": [{"term": "I-94", "meaning": "Your record of entry."}]},
            "Words explained I-94 Your record of entry.",
        ),
        (
            "video",
            {
                "title": "Your I-20",
                "url": "https://video.demo.example/1",
                "length": "3 minutes",
                "has_captions": True,
                "transcript": "/text/",
            },
            "Your I-20 Video, 3 minutes, with captions. Watch “Your I-20” on video.demo.example "
            "Read “Your I-20” instead We load nothing from video.demo.example . "
            "It learns of your visit only when you follow the link.",
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


def test_a_contact_is_a_person_of_the_office_as_their_entry_stands(client, guidance):
    person = StaffMember.objects.create(
        name="Ana", title="Advisor", email="a@demo.example", phone="(617) 555-0103"
    )
    html = shown(client, guidance, "contact", {"person": person, "text": "Visas"})
    assert words(html) == "Ana Advisor Visas a@demo.example (617) 555-0103"
    assert 'href="tel:6175550103"' in html

    person.delete()
    assert "Visas" not in client.get("/topic/").text


def test_a_form_is_shown_as_the_list_of_forms_shows_it(client, guidance):
    form = FormEntry.objects.create(
        title="Tax card", kind="link", link="/taxes/", topic="Taxes", revised_on=dt.date(2026, 9, 1)
    )

    html = shown(client, guidance, "form_link", {"form": form, "text": "In spring"})

    assert words(html) == "Tax card : In spring On another page Taxes Revised September 1, 2026"
    assert '<a href="/taxes/">Tax card</a>' in html


def test_nothing_of_a_video_is_fetched_before_a_reader_asks(client, guidance):
    block = BodyBlock().child_blocks["video"]

    html = shown(client, guidance, "video", block.get_preview_value())

    assert re.findall(r"<(?:iframe|img|video|script|link|object|embed)", html) == []


@pytest.mark.parametrize(
    ("name", "change", "field", "sentence"),
    [
        ("contact", {"name": ""}, "name", "Choose a person of our office, or fill in “Name”."),
        ("video", {"has_captions": False}, "has_captions", "This field is required."),
        ("video", {"transcript": ""}, "transcript", "This field is required."),
        (
            "video",
            {"transcript": "javascript:alert(1)"},
            "transcript",
            "Begin the link with “/” for a page of this site, or with “https://”.",
        ),
        (
            "video",
            {"url": "http://video.demo.example/"},
            "url",
            "The address of the video must begin with “https://”.",
        ),
    ],
)
def test_what_helps_nobody_is_refused(name, change, field, sentence):
    block = BodyBlock().child_blocks[name]

    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.normalize(dict(block.get_preview_value()) | change))

    assert error.value.block_errors[field].messages == [sentence]


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


def filled(block, text, page):
    """Put ``text`` into every field of a block that takes text."""
    if isinstance(block, blocks.StructBlock):
        return {name: filled(child, text, page) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [filled(block.child_block, text, page)]
    if isinstance(block, TypedTableBlock):
        return text_table([text, text], [[text, text]])
    if isinstance(block, blocks.PageChooserBlock):
        return page
    if isinstance(block, SnippetChooserBlock):
        names = {"name", "title", "description", "topic", "audience", "phone", "link"}
        fields = names & {field.name for field in block.model_class._meta.get_fields()}
        return block.model_class(**dict.fromkeys(fields, text))
    return {
        blocks.ChoiceBlock: "warn",
        blocks.RichTextBlock: "<p>Rich</p>",
        ParagraphBlock: "<p>Rich</p>",
        blocks.DateBlock: dt.date(2027, 1, 2),
        blocks.BooleanBlock: True,
        blocks.URLBlock: f"https://video.demo.example/{text}",
    }.get(type(block), text)


@pytest.mark.parametrize("name", NAMES)
def test_markup_in_any_field_is_text(guidance, name):
    block = BodyBlock().child_blocks[name]
    page = guidance("Travel")
    page.title = MARKUP

    html = block.render(block.normalize(filled(block, MARKUP, page)))

    assert words(html)
    assert re.findall(r"\"'>|<script", html) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_block_reads_from_either_side(name):
    """No physical sides; what is written left to right in any language stands by itself."""
    template = (TEMPLATES / f"{name}.html").read_text()

    assert re.findall(r"\b(?:left|right)\b", template.replace("arrow-right", "")) == []
    assert re.findall(r">\{\{ value\.(?:mail|telephone|host) \}\}", template) == re.findall(
        r"(?<=<bdi)>\{\{ value\.\w+ \}\}", template
    )


def test_each_block_has_one_template_and_each_template_one_block():
    assert sorted(path.stem for path in TEMPLATES.glob("*.html")) == sorted(["body", *NAMES])
    assert len(NAMES) == 14


@pytest.mark.parametrize("name", NAMES)
def test_a_block_explains_itself_to_editors(name):
    block = BodyBlock().child_blocks[name]

    assert block.get_description()
    assert block.is_previewable
    assert block.meta.icon != "placeholder"
    assert block.meta.group in (TEXT, GUIDE, ONWARD)
    assert block.meta.template == f"pages/blocks/{name}.html"


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_sees_a_preview_of_each_block(section, name):
    block = BodyBlock().child_blocks[name]

    guide = RequestGuidePage(
        title="Reprint",
        slug="reprint",
        type_key="reprint",
        in_short="Ask.",
        maintained_by="Team",
        reviewed_on=dt.date(2026, 11, 1),
        review_by=dt.date(2027, 5, 1),
    )
    section("Requests").add_child(instance=guide)

    assert words(block.render(block.get_preview_value()))

"""Questions and answers by topic, and how long requests take."""

import re

import pytest
from wagtail.rich_text import RichText

from isso.home.models import FaqPage, ProcessingTimesPage
from isso.home.processing_times import ProcessingTime, register_processing_times
from isso.pages.models import GlossaryTerm
from isso.tests.home.schema_org import data_of, misshapen

pytestmark = pytest.mark.django_db


def topic(title, *questions):
    return (
        "topic",
        {
            "title": title,
            "questions": [{"question": each, "answer": "<p>Ask a DSO.</p>"} for each in questions],
        },
    )


def put(home, *topics):
    page = FaqPage(title="Questions", slug="faq")
    page.topics = [
        (name, FaqPage.topics.field.stream_block.child_blocks[name].normalize(value))
        for name, value in topics
    ]
    return home.add_child(instance=page)


def test_every_question_has_an_address_of_its_own(home, client):
    put(
        home,
        topic("Work", "May I work?", "May I work??", "هل يمكنني العمل؟"),
        topic("Work", "May I work?", "???"),
    )

    html = client.get("/faq/").text

    assert re.findall(r'<(h2|details) id="([^"]*)"', html) == [
        ("h2", "q-work"),
        ("details", "q-may-i-work"),
        ("details", "q-may-i-work-2"),
        ("details", "q-هل-يمكنني-العمل"),
        ("h2", "q-work-2"),
        ("details", "q-may-i-work-3"),
        ("details", "q-question"),
    ]
    assert re.findall(r'<li><a href="#([^"]*)">', html) == ["q-work", "q-work-2"]


def test_an_answer_explains_glossary_words_once(home, client):
    GlossaryTerm.objects.create(term="DSO", definition="Signs your form.")
    put(home, topic("Work", "A DSO?", "And now?"))

    html = client.get("/faq/").text

    assert html.count('<a class="term" href="/glossary/#dso">DSO</a>') == 1
    assert "<summary>A DSO?</summary>" in html


def test_search_engines_learn_the_questions_in_the_shape_of_schema_org(home, client):
    page = put(home, topic("Work", "May I work?", "</script><script>alert(1)//"))
    first, second = page.topics[0].value["questions"]
    first["answer"] = RichText("<p>Yes, <b>20</b> hours &amp; no more.</p><p>Ask a DSO.</p>")
    second["answer"] = RichText("<p>1 &lt; 2 &lt;/script&gt;&lt;b&gt;</p>")
    page.save()

    html = client.get("/faq/").text
    data = data_of(html)

    assert list(misshapen(data, "FAQPage")) == []
    assert data == {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "url": "http://testserver/faq/",
        "inLanguage": "en-us",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "url": f"http://testserver/faq/#{anchor}",
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
            for question, anchor, answer in [
                ("May I work?", "q-may-i-work", "Yes, 20 hours & no more. Ask a DSO."),
                ("</script><script>alert(1)//", "q-scriptscriptalert1", "1 < 2 </script><b>"),
            ]
        ],
    }
    # Neither a question nor an answer ends the element that holds it.
    assert html.count("alert(1)") == 2
    assert "<script>alert" not in html


def test_without_questions_search_engines_learn_nothing(home, client):
    put(home)

    assert "application/ld+json" not in client.get("/faq/").text


@pytest.fixture
def lines(monkeypatch):
    """Let a test say what a higher room knows."""
    monkeypatch.setattr("isso.home.processing_times._providers", [])
    found = []
    register_processing_times(lambda: found)
    return found


def table(client):
    html = client.get("/times/").text
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in cells(row)] for row in rows]


def cells(row):
    return re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)


def test_the_times_by_title_with_what_is_closed(home, client, lines):
    home.add_child(instance=ProcessingTimesPage(title="Times", slug="times"))
    lines += [
        ProcessingTime("Transfer", "/transfer/", 7, False, "Until <May>."),
        ProcessingTime("CPT", "/cpt/", 1),
    ]

    assert table(client) == [
        ["Request", "After we have everything", "Open?"],
        ["CPT", "About 1 business day", "Open"],
        ["Transfer", "About 7 business days", "Closed for now: Until &lt;May&gt;."],
    ]


def test_what_was_measured_stands_beside_the_aim(home, client, lines):
    home.add_child(instance=ProcessingTimesPage(title="Times", slug="times"))
    lines += [
        ProcessingTime("CPT", "/cpt/", 5, estimate="3 to 4 days this week"),
        ProcessingTime("OPT", "/opt/", 7),
    ]

    assert table(client) == [
        ["Request", "After we have everything", "At the moment", "Open?"],
        ["CPT", "About 5 business days", "3 to 4 days this week", "Open"],
        ["OPT", "About 7 business days", "", "Open"],
    ]


def test_without_requests_the_page_says_so(home, client, lines):
    home.add_child(instance=ProcessingTimesPage(title="Times", slug="times"))

    assert "The times are being put together." in client.get("/times/").text

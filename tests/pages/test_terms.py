"""Glossary words are explained where a page first uses them, and nowhere else."""

import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from isso.pages.models import GlossaryPage, GlossaryTerm
from isso.pages.terms import Term, explain_terms

TERMS = (
    Term("sevis", "Student and Exchange Visitor Information System", ("SEVIS",)),
    Term("i-20", "", ("I-20", "Form I-20")),
    Term("dso", "Designated <School> Official", ("DSO",)),
    Term("grace-period", "", ("grace period",)),
    Term("rd", "Research & Development", ("R&D",)),
)
SEVIS = (
    '<a class="term" href="/glossary/#sevis">'
    '<abbr title="Student and Exchange Visitor Information System">SEVIS</abbr>'
    '<span class="visually-hidden"> (Student and Exchange Visitor Information System)</span></a>'
)


def link(text, anchor="i-20"):
    return f'<a class="term" href="/glossary/#{anchor}">{text}</a>'


@pytest.mark.parametrize(
    ("html", "explained"),
    [
        ("<p>SEVIS knows.</p>", f"<p>{SEVIS} knows.</p>"),
        # The first time only, wherever the next one stands.
        ("<p>SEVIS, SEVIS</p><p>SEVIS</p>", f"<p>{SEVIS}, SEVIS</p><p>SEVIS</p>"),
        # The longer spelling wins, and both are one term.
        ("<p>Your Form I-20 is an I-20.</p>", f"<p>Your {link('Form I-20')} is an I-20.</p>"),
        ("<p>An I-20, the Form I-20.</p>", f"<p>An {link('I-20')}, the Form I-20.</p>"),
        # Whole words only.
        ("<p>SEVISA, I-20A, I-20-B, XI-20</p>", "<p>SEVISA, I-20A, I-20-B, XI-20</p>"),
        # Abbreviations are written as they are; a plain word may begin a sentence.
        ("<p>sevis and i-20</p>", "<p>sevis and i-20</p>"),
        ("<p>Grace period.</p>", f"<p>{link('Grace period', 'grace-period')}.</p>"),
        ("<p>GRACE PERIOD.</p>", "<p>GRACE PERIOD.</p>"),
        # Where a link, a heading or a control stands already.
        ('<a href="/x/">SEVIS</a>', '<a href="/x/">SEVIS</a>'),
        ('<a href="/x/"><b>My <i>SEVIS</i></b></a> I-20', None),
        ("<h2>SEVIS</h2><p>SEVIS</p>", f"<h2>SEVIS</h2><p>{SEVIS}</p>"),
        ("<h3><b>SEVIS</b> I-20</h3>", "<h3><b>SEVIS</b> I-20</h3>"),
        ('<p class="rail__title">SEVIS</p>', '<p class="rail__title">SEVIS</p>'),
        ("<summary>SEVIS</summary>", "<summary>SEVIS</summary>"),
        ("<button>SEVIS</button>", "<button>SEVIS</button>"),
        ("<code>SEVIS</code>", "<code>SEVIS</code>"),
        ("<table><caption>SEVIS</caption></table>", "<table><caption>SEVIS</caption></table>"),
        ("<dt>SEVIS</dt><dd>SEVIS</dd>", f"<dt>SEVIS</dt><dd>{SEVIS}</dd>"),
        # Inside tags and comments, with signs that look like their ends.
        ('<img alt="SEVIS > I-20">', '<img alt="SEVIS > I-20">'),
        ("<p title='SEVIS > I-20'>No.</p>", "<p title='SEVIS > I-20'>No.</p>"),
        ("<!-- SEVIS > I-20 -->", "<!-- SEVIS > I-20 -->"),
        # What is written in a term is text, never markup.
        (
            "<p>The DSO.</p>",
            '<p>The <a class="term" href="/glossary/#dso">'
            '<abbr title="Designated &lt;School&gt; Official">DSO</abbr>'
            '<span class="visually-hidden"> (Designated &lt;School&gt; Official)</span></a>.</p>',
        ),
        (
            "<p>R&amp;D</p>",
            '<p><a class="term" href="/glossary/#rd">'
            '<abbr title="Research &amp; Development">R&amp;D</abbr>'
            '<span class="visually-hidden"> (Research &amp; Development)</span></a></p>',
        ),
        ("<p>1 < 2 and SEVIS</p>", f"<p>1 < 2 and {SEVIS}</p>"),
        ("", ""),
    ],
)
def test_first_use(html, explained):
    if explained is None:
        explained = html.replace("</a> I-20", f"</a> {link('I-20')}")

    assert explain_terms(html, TERMS) == explained


def test_without_a_glossary_nothing_changes():
    assert explain_terms("<p>SEVIS</p>", ()) == "<p>SEVIS</p>"


@pytest.fixture
def dso(db):
    """One word of the glossary."""
    return GlossaryTerm.objects.create(
        term="DSO", expansion="Designated School Official", definition="Signs your form."
    )


@pytest.mark.parametrize(("explains", "links"), [(True, 1), (False, 0)])
def test_an_editor_may_switch_it_off_for_a_page(guidance, client, dso, explains, links):
    page = guidance(
        "Travel", in_short="Ask a DSO.", explains_terms=explains, body=[("paragraph", "<p>DSO</p>")]
    )

    assert client.get(page.url).text.count('class="term" href="/glossary/#dso"') == links


@pytest.mark.parametrize(
    ("translated", "is_live", "glossary"),
    [(False, False, "/glossary/"), (True, False, "/glossary/"), (True, True, "/ar/words/")],
)
def test_another_language_goes_to_its_own_glossary_once_there_is_one(
    home, guidance, client, dso, translated, is_live, glossary
):
    arabic = Locale.objects.create(language_code="ar")
    page = guidance("Travel", body=[("paragraph", "<p>DSO</p>")])
    main = home.add_child(instance=GlossaryPage(title="Glossary", slug="glossary"))
    for each in [home, page, *([main] if translated else [])]:
        copy = each.copy_for_translation(arabic)
        copy.slug = "words" if each == main else copy.slug
        copy.live = is_live or each != main
        copy.save()

    found = {
        address: re.findall('class="term" href="([^"]*)"', client.get(address).text)
        for address in ("/travel/", "/ar/travel/")
    }

    assert found == {"/travel/": ["/glossary/#dso"], "/ar/travel/": [f"{glossary}#dso"]}


@pytest.mark.parametrize("number", [1, 40])
def test_it_costs_one_question_however_many_words_there_are(
    guidance, client, django_assert_num_queries, number
):
    for place in range(number):
        GlossaryTerm.objects.create(term=f"Word{place}", definition="A word.")
    page = guidance("Travel", body=[("paragraph", "<p>Word0</p>")])
    client.get("/")

    with django_assert_num_queries(7):
        client.get(page.url)


def test_the_glossary_goes_from_a_to_z(home, client, dso):
    GlossaryTerm.objects.create(term="12-month bar", definition="<b>Wait</b>.", link="/scholars/")
    GlossaryTerm.objects.create(term="duration", definition="How long.")
    home.add_child(instance=GlossaryPage(title="Glossary", slug="glossary"))

    html = client.get("/glossary/").text

    places = [html.index(f'id="{name}"') for name in ("12-month-bar", "dso", "duration")]
    assert places == sorted(places)
    assert '<h2 id="letter-2">D</h2>' in html
    assert html.count("<h2 id=") == 2
    assert "&lt;b&gt;Wait&lt;/b&gt;." in html


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("dso.", "The glossary has this term already: DSO."),
        ("…", "Write the term with letters or digits."),
    ],
)
def test_a_word_the_glossary_cannot_take(dso, term, sentence):
    with pytest.raises(ValidationError) as refusal:
        GlossaryTerm(term=term, definition="Text").full_clean()

    assert refusal.value.message_dict == {"term": [sentence]}

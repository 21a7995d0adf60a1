"""Searching finds what people mean and survives what they type."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import Locale, PageViewRestriction

from isso.pages.finding import sources
from isso.pages.finding.ranking import MOST_HITS, site_search
from isso.pages.finding.sources import Document, Source, register_source
from isso.pages.finding.words import LONGEST_QUERY
from isso.pages.models import FormEntry, GuidancePage, SearchAlias

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"',
    "\\",
    '\\"',
    "'",
    "%00",
    "visa\x00trip",
    "x" * 5000,
    "visa " * 1000,
    "NOT",
    "OR",
    "visa OR",
    "visa AND NOT trip",
    "NEAR(visa trip, 2)",
    "title:visa",
    "^visa*",
    "visa & | ! <-> :*",
    "{visa}",
    "%_",
    "'; DROP TABLE wagtailcore_page; --",
    "1 UNION SELECT * FROM people_user",
    "<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}",
    "日本 العربية",
    "\u202e\u200f\ud7ff\ufeff",
    "\x1e\x1f",
    "İstanbul ß ﬁ ½ ²",
    "🙂" * 200,
    "a\u0301" * 300,
]


@pytest.fixture
def texts(section, guidance):
    """Pages to find, and two that must not be found."""
    guidance("Form I-20", in_short="Your I-20 shows when your program ends.")
    guidance("Travel", in_short="Check the signature on your I-20 and your visa before a trip.")
    guidance("Taxes", search_description="Who files what, and when.")
    guidance("Draft about visa", live=False)
    hidden = guidance("Private visa")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")


def titles(query):
    return [hit.title for hit in site_search(query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("i20", ["Form I-20", "Travel"]),
        ("I 20", ["Form I-20", "Travel"]),
        ("visas", ["Travel"]),
        ("what is my visa?", ["Travel"]),
        ("tax", ["Taxes"]),
        ("signatures for trips", ["Travel"]),
        # A page goes by its name before another that has both words.
        ("i20 trip", ["Form I-20", "Travel"]),
        # Nothing has both words, so pages with either are better than nothing.
        ("signature taxes", ["Taxes", "Travel"]),
        ("elephant", []),
        ("", []),
    ],
)
def test_all_words_first_then_any(texts, query, found):
    assert titles(query) == found


def test_enough_pages_with_all_words_need_none_with_some(guidance):
    for number in range(5):
        guidance(f"Trip {number}", in_short="A visa for a trip.")
    guidance("Other", in_short="Another trip.")

    assert "Other" not in titles("visa trip")
    assert "Other" in titles("trip")


def test_there_are_never_too_many_hits(guidance):
    for number in range(MOST_HITS + 5):
        guidance(f"Trip {number}", in_short="A visa.")

    assert len(titles("visa")) == MOST_HITS


def test_words_of_every_block_are_found(guidance):

    guidance(
        "Work",
        body=[
            ("paragraph", "<h2>Who</h2><p>You &amp; me</p>"),
            ("checklist", {"title": "Bring", "items": [{"text": "Passport", "sample": "/x/"}]}),
            (
                "questions",
                {"title": "", "questions": [{"question": "Why?", "answer": "<p>So</p>"}]},
            ),
            ("deadline", {"title": "Ask", "rule": "Early", "date": dt.date(2027, 1, 1)}),
        ],
    )
    [found] = [each for each in sources.read_all() if getattr(each, "title", "") == "Work"]

    assert found.text == "Ask first. Who You & me. Bring. Passport. Why? So. Ask. Early."


def test_a_best_bet_comes_first_for_exactly_its_words(texts, guidance):
    page = guidance("Embassies")
    Query.get("visa").editors_picks.create(page=page, description="Where to go")
    Query.get("i20").editors_picks.create(
        external_link_url="https://demo.example/", external_link_text="Agency"
    )

    assert titles("Visas") == ["Embassies", "Travel"]
    assert titles("visa trip") == ["Travel"]
    assert site_search("visa")[0].is_best_bet
    assert site_search("I-20")[0].url == "https://demo.example/"
    page.unpublish()
    assert titles("visa") == ["Travel"]


@pytest.mark.parametrize(
    ("typed", "words", "leads_to", "query", "first"),
    [
        ("1040", "taxes", None, "1040", "Taxes"),
        ("journey", "trip visa", None, "journeys", "Travel"),
        ("refund", "", "Taxes", "my refund", "Taxes"),
        # What people call it goes before what merely has the word.
        ("signature", "", "Taxes", "signature", "Taxes"),
    ],
)
def test_an_alias_means_other_words_or_a_page(texts, typed, words, leads_to, query, first):
    page_id = next(
        (each.page_id for each in sources.read_all() if getattr(each, "title", "") == leads_to),
        None,
    )
    SearchAlias.objects.create(typed=typed, words=words, page_id=page_id)

    assert titles(query)[0] == first


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"typed": "?!", "words": "visa"}, "typed", "Type at least one letter or digit."),
        (
            {"typed": "visa", "words": "--"},
            "words",
            "Fill in “The words of our pages”, or choose a page.",
        ),
    ],
)
def test_an_alias_that_helps_nobody_is_refused(fields, field, sentence):
    with pytest.raises(ValidationError) as error:
        SearchAlias(**fields).full_clean()

    assert error.value.message_dict == {field: [sentence]}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/search/", [("/visas/", ""), ("/ar/visas/", "ar")]),
        ("/ar/search/", [("/ar/visas/", ""), ("/visas/", "en-us")]),
    ],
)
def test_pages_in_the_language_of_the_search_come_first(home, guidance, client, address, found):
    arabic = Locale.objects.create(language_code="ar")
    for page in (home, guidance("Visas", in_short="A visa.")):
        page.copy_for_translation(arabic).save_revision().publish()

    html = client.get(address, {"query": "visa"}).text

    rows = re.findall(r'<li(?: lang="([^"]*)" dir="auto")?><h2><a href="([^"]*)">', html)
    assert [(url, language) for language, url in rows] == found


def test_a_kind_of_page_says_which_of_its_pages_are_worth_finding(texts, monkeypatch):
    monkeypatch.setattr(
        GuidancePage, "findable", classmethod(lambda cls: cls.objects.exclude(slug="travel"))
    )

    assert titles("visa trip") == []


def test_forms_are_found_where_they_are(texts):
    FormEntry.objects.create(title="Tax card", kind="link", link="/card/", topic="Money")

    hit = site_search("money card")[0]

    assert (hit.title, hit.url, hit.kind) == ("Tax card", "/card/", "Form")


def test_other_rooms_add_their_things(texts, monkeypatch):
    monkeypatch.setattr(sources, "_sources", [])
    source = Source(
        queryset=FormEntry.objects.all,
        columns={"title": "title"},
        read=lambda row: Document(row.title, f"/things/{row.pk}/"),
    )
    register_source(source)
    register_source(source)
    thing = FormEntry.objects.create(title="Umbrella", link="/x/", topic="Rain")

    assert [(hit.title, hit.url) for hit in site_search("umbrellas")] == [
        ("Umbrella", f"/things/{thing.pk}/")
    ]


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_gets_an_answer(texts, client, query):
    response = client.get("/search/", {"query": query.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200
    assert "<h1>Search</h1>" in response.text
    assert "\x00" not in response.text
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%", "%00%00", "%C0%AF", "%E2%80%AE"])
def test_broken_encodings_get_an_answer(texts, client, raw):
    assert client.get(f"/search/?query={raw}").status_code == 200


@given(query=st.text())
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_gets_an_answer(texts, client, query):
    assert client.get("/search/", {"query": query}).status_code == 200


def test_the_page_shows_hits_and_what_was_typed(texts, client):
    html = client.get("/search/", {"query": "<taxes>"}).text

    assert '<a href="/taxes/">Taxes</a>' in html
    assert "Who files what, and when." in html
    assert 'value="&lt;taxes&gt;"' in html
    assert "1 result for “&lt;taxes&gt;”" in html
    assert "<mark>visa</mark>" in client.get("/search/?query=visas").text


def test_an_empty_search_is_only_the_box(client, home):
    html = client.get("/search/").text

    assert 'name="query" value=""' in html
    assert '<span aria-current="page">Search</span>' in html
    assert "result" not in html


def test_a_long_query_is_cut(client, home):
    html = client.get("/search/", {"query": "y" * 5000}).text

    assert html.count("y" * LONGEST_QUERY) == 3
    assert "y" * (LONGEST_QUERY + 1) not in html


@pytest.mark.parametrize(
    ("query", "more", "count"),
    [
        # One query reads all there is to find, and the search is all but as cheap as any page.
        ("i20", 0, 6),
        ("i20", 29, 6),
        # What found nothing is noted: one to count, one to add, one to keep them few.
        ("elephant", 0, 9),
    ],
)
def test_search_is_not_for_robots_and_costs_little(
    texts, guidance, client, django_assert_num_queries, query, more, count
):
    for number in range(more):
        guidance(f"More {number}", in_short="An I-20.")
    client.get("/search/?query=warm")
    with django_assert_num_queries(count):
        response = client.get("/search/", {"query": query})

    assert response["X-Robots-Tag"] == "noindex"
    assert "Vary" not in response
    assert "Cache-Control" not in response

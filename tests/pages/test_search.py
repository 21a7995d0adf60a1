"""Searching finds what people mean and survives what they type."""

import pytest

from isso.pages.search import (
    LONGEST_QUERY,
    SearchHit,
    _providers,
    clean_query,
    register_search_provider,
    site_search,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(section, guidance):
    """Three pages to find, and two that must not be found."""
    guidance("Form I-20", in_short="Your I-20 shows when your program ends.")
    guidance("Travel", in_short="Check the signature on your I-20 and your visa before a trip.")
    guidance("Taxes", search_description="Who files what, and when.")
    guidance("Draft about visa", live=False)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("i20", "I-20"),
        ("DS2019 travel", "DS-2019 travel"),
        ('"i 20', "i 20"),
        ("a\\b\x00c", "a b c"),
        ("(visa) AND* NEAR/2", "visa AND NEAR 2"),
        ("-visa --", "visa"),
        ("naïve café", "naïve café"),
        ("a b c d e f g h i j", "a b c d e f g h"),
        (" \t\n", ""),
    ],
)
def test_a_query_becomes_plain_words(typed, cleaned):
    assert clean_query(typed) == cleaned


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("i20", {"Form I-20", "Travel"}),
        ("visa trip", {"Travel"}),
        # Nothing has both words, so pages with either are better than nothing.
        ("signature taxes", {"Travel", "Taxes"}),
        ("elephant", set()),
        ("", set()),
    ],
)
def test_all_words_first_then_any(texts, query, titles):
    assert {hit.title for hit in site_search(query)} == titles


@pytest.mark.parametrize(
    "query",
    [
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
        "日本 العربية",
        "\u202e\ud7ff",
    ],
)
def test_whatever_is_typed_gets_an_answer(texts, client, query):
    response = client.get("/search/", {"query": query})

    assert response.status_code == 200
    assert "<h1>Search</h1>" in response.text
    assert "\x00" not in response.text


def test_the_page_shows_hits_and_what_was_typed(texts, client):
    html = client.get("/search/", {"query": "<taxes>"}).text

    assert '<a href="/taxes/">Taxes</a>' in html
    assert "Who files what, and when." in html
    assert 'value="&lt;taxes&gt;"' in html
    assert "1 result for “&lt;taxes&gt;”" in html


def test_an_empty_search_is_only_the_box(client, home):
    html = client.get("/search/").text

    assert 'name="query" value=""' in html
    assert '<span aria-current="page">Search</span>' in html
    assert "result" not in html


def test_a_long_query_is_cut(client, home):
    html = client.get("/search/", {"query": "y" * 5000}).text

    assert html.count("y" * LONGEST_QUERY) == 3
    assert "y" * (LONGEST_QUERY + 1) not in html


def test_other_rooms_add_their_hits(texts, monkeypatch):
    asked = []

    def provider(words):
        asked.append(words)
        return [SearchHit("Reprint", "/portal/requests/new/reprint/")]

    monkeypatch.setattr("isso.pages.search._providers", list(_providers))
    register_search_provider(provider)
    register_search_provider(provider)

    assert [hit.title for hit in site_search('"elephant')] == ["Reprint"]
    assert asked == ["elephant"]


def test_a_page_another_room_tells_is_not_told_twice(texts, monkeypatch):
    monkeypatch.setattr("isso.pages.search._providers", [])
    register_search_provider(lambda words: [SearchHit("Do your taxes", "/taxes/")])

    assert [hit.title for hit in site_search("taxes")] == ["Do your taxes"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("i20", 9),
        # Searched twice: with all words, then with any.
        ("signature taxes", 10),
    ],
)
def test_search_is_not_for_robots_and_costs_little(
    texts, client, monkeypatch, django_assert_num_queries, query, count
):
    monkeypatch.setattr("isso.pages.search._providers", [])
    site_search("warm")
    with django_assert_num_queries(count):
        response = client.get("/search/", {"query": query})

    assert response["X-Robots-Tag"] == "noindex"
    assert "Vary" not in response

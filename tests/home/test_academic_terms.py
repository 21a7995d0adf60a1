"""The key dates of one term, picked by a plain link."""

import datetime as dt
import re

import pytest

from isso.home.models import KeyDate, KeyDatesPage


@pytest.fixture
def page(home):
    """The page of key dates."""
    return home.add_child(instance=KeyDatesPage(title="Key dates", slug="key-dates"))


@pytest.fixture
def dates(page, tuesday):
    """Dates around November 24, 2026: three terms, one of them over, and some without."""
    for title, day, term, audience in [
        ("Old exams", dt.date(2026, 5, 14), "Spring 2026", "all"),
        ("Fall begins", dt.date(2026, 9, 7), "Fall 2026", "all"),
        ("Thanksgiving", dt.date(2026, 11, 26), "", "all"),
        ("Fall ends", dt.date(2026, 12, 18), "Fall 2026", "f1"),
        ("Winter", dt.date(2027, 1, 10), "", "all"),
        ("Check-in", dt.date(2026, 12, 15), "Spring 2027", "j1"),
        ("Spring ends", dt.date(2027, 5, 14), "spring 2027 ", "all"),
    ]:
        KeyDate.objects.create(title=title, start=day, term=term, audience=audience)


def titles(html):
    return re.findall(r'<p class="rail__title" dir="auto">([^<]*)<', html)


def chips(html):
    navigation = html.partition('<nav aria-label="Term">')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]*)"( aria-current="true")?>([^<]*)</a>', navigation)


ALL = ["Thanksgiving", "Check-in", "Fall ends", "Winter", "Spring ends", "Old exams", "Fall begins"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ALL),
        ("?term=", ALL),
        ("?term=winter-1999", ALL),
        ("?term=%00'<script>", ALL),
        ("?term=Fall 2026", ALL),
        # A date without a term belongs where it falls.
        ("?term=fall-2026", ["Thanksgiving", "Fall ends", "Fall begins"]),
        ("?term=spring-2027", ["Check-in", "Winter", "Spring ends"]),
        ("?term=spring-2026", ["Old exams"]),
        ("?term=fall-2026&audience=j1", ["Thanksgiving", "Fall begins"]),
    ],
)
def test_a_term_is_picked_by_its_name_in_the_address(dates, client, query, shown):
    assert titles(client.get(f"/key-dates/{query}").text) == shown


@pytest.mark.parametrize(
    ("query", "links"),
    [
        (
            "",
            [
                ("?", True, "All terms"),
                ("?term=fall-2026", False, "Fall 2026"),
                ("?term=spring-2027", False, "Spring 2027"),
            ],
        ),
        (
            "?audience=f1&term=fall-2026",
            [
                ("?audience=f1", False, "All terms"),
                ("?audience=f1&amp;term=fall-2026", True, "Fall 2026"),
                ("?audience=f1&amp;term=spring-2027", False, "Spring 2027"),
            ],
        ),
        (
            "?term=spring-2026",
            [
                ("?", False, "All terms"),
                ("?term=spring-2026", True, "Spring 2026"),
                ("?term=fall-2026", False, "Fall 2026"),
                ("?term=spring-2027", False, "Spring 2027"),
            ],
        ),
    ],
)
def test_links_lead_to_the_terms_that_are_not_over(dates, client, query, links):
    found = chips(client.get(f"/key-dates/{query}").text)

    assert [(address, bool(current), label) for address, current, label in found] == links


def test_picking_an_audience_keeps_the_term(dates, client):
    html = client.get("/key-dates/?term=fall-2026").text

    assert re.findall(r'<a href="(\?[^"]*)"[^>]*>(?:Everyone|F-1 students)</a>', html) == [
        "?term=fall-2026",
        "?audience=f1&amp;term=fall-2026",
    ]


def test_one_term_is_no_choice(page, client, tuesday):
    KeyDate.objects.create(title="Fall ends", start=dt.date(2026, 12, 18), term="Fall 2026")

    assert chips(client.get("/key-dates/").text) == []


def test_each_term_is_kept_under_its_own_address(dates, client, settings):
    settings.PAGE_CACHE = True
    asked = [f"/key-dates/{query}" for query in ("", "?term=fall-2026", "?term=spring-2027")] * 2
    answers = [client.get(address) for address in asked]

    assert [answer.get("X-Page-Cache", "") for answer in answers] == ["", "", "", *["hit"] * 3]
    assert [titles(answer.text) for answer in answers[3:]] == [
        ALL,
        ["Thanksgiving", "Fall ends", "Fall begins"],
        ["Check-in", "Winter", "Spring ends"],
    ]

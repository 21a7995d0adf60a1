"""News: the list, what is out of date, and the feed."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from isso.home.models import NewsItemPage, NewsPage
from isso.pages.tree import nested

ATOM = {"a": "http://www.w3.org/2005/Atom"}
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def news(home):
    """The page of news."""
    return home.add_child(instance=NewsPage(title="News", slug="news"))


@pytest.fixture
def item(news):
    """Put a published piece of news on the page, so many days old."""

    def make(title, age=0, **fields):
        defaults = {"slug": title.lower().replace(" ", "-"), "lede": f"About {title}."}
        page = NewsItemPage(title=title, date=TODAY - dt.timedelta(days=age), **defaults | fields)
        page = news.add_child(instance=page)
        page.save_revision().publish()
        return page

    return make


@pytest.fixture
def some(item, tuesday):
    """Four pieces of news around November 24, 2026."""
    item("Old", 30, valid_until=TODAY - dt.timedelta(days=1))
    item("Last day", 20, valid_until=TODAY)
    item("Ageless", 10, audience="f1")
    item("New", 1, audience="j1")


@pytest.mark.parametrize(
    ("query", "valid", "old"),
    [
        ("", ["New", "Ageless", "Last day"], ["Old"]),
        ("?audience=f1", ["Ageless", "Last day"], ["Old"]),
        ("?audience=%00", ["New", "Ageless", "Last day"], ["Old"]),
    ],
)
def test_the_latest_first_and_what_may_be_out_of_date_folded(some, client, query, valid, old):
    html = client.get(f"/news/{query}").text
    above, _, below = html.partition("<footer")[0].partition('<details class="question">')
    titles = r"<h2><a[^>]*>([^<]*)<"

    assert re.findall(titles, above) == valid
    assert re.findall(titles, below) == old


@pytest.mark.parametrize(("slug", "warns"), [("old", True), ("last-day", False), ("new", False)])
def test_an_old_piece_says_so_itself(some, client, slug, warns):
    html = client.get(f"/news/{slug}/").text

    assert ("This may be out of date" in html) is warns


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_with_more_news(
    item, client, tuesday, django_assert_num_queries, number
):
    for place in range(number):
        item(f"News {place}")
    client.get("/")

    with django_assert_num_queries(7):
        client.get("/news/")


def test_the_home_page_shows_what_is_valid(some, client):
    html = client.get("/").text

    assert re.findall(r'href="/news/([\w-]+)/"', html) == ["new", "ageless", "last-day"]


def test_the_feed_has_what_is_valid_with_full_addresses(some, client, item, news):
    item("Tom & <b>Jerry</b>", slug="tom", lede="<i>1 < 2</i>")
    item("Draft").unpublish()
    hidden = item("Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    response = client.get("/news/feed/")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 (our own feed)

    entries = feed.findall("a:entry", ATOM)
    assert [entry.find("a:title", ATOM).text for entry in entries] == [
        "Tom & <b>Jerry</b>",
        "New",
        "Ageless",
        "Last day",
    ]
    first = entries[0]
    assert first.find("a:link", ATOM).attrib["href"] == "http://testserver/news/tom/"
    assert first.find("a:summary", ATOM).text == "&lt;i&gt;1 &lt; 2&lt;/i&gt;"
    assert first.find("a:published", ATOM).text == "2026-11-24T00:00:00-05:00"
    assert response["Cache-Control"] == "max-age=300"
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    assert not response.has_header("Vary")


def test_readers_find_the_feed_by_themselves(some, client):
    mark = '<link rel="alternate" type="application/atom+xml" title="News" href="/news/feed/">'

    assert all(client.get(page).text.count(mark) == 1 for page in ("/news/", "/news/new/"))


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (
            {"valid_until": TODAY - dt.timedelta(days=1)},
            {"valid_until": ["“Still valid until” must not be before “Date”."]},
        ),
        ({"slug": "feed"}, {"slug": ["The news feed has this address. Choose another word."]}),
    ],
)
def test_news_that_cannot_be(news, fields, errors):
    page = NewsItemPage(**{"title": "News", "slug": "x", "date": TODAY} | fields)

    with pytest.raises(ValidationError) as refusal:
        news.add_child(instance=page)

    assert refusal.value.message_dict == errors


def test_events_and_news_do_not_flood_the_site_map(some, home):
    assert [entry.title for entry in nested(home, None)] == ["News"]

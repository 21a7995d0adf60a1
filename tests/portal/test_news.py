"""News on the Welcome tab: marked for the portal, valid today, and for this person."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from isso.home.models import NewsItemPage, NewsPage
from isso.requests.portal_news import audiences_of
from isso.requests.records.models import StudentRecord

TODAY = dt.date(2026, 10, 5)


@pytest.mark.parametrize(
    ("facts", "audiences"),
    [
        ({"visa_class": "F-1", "education_level": "05"}, {"all", "f1"}),
        ({"visa_class": "J-1", "education_level": "05"}, {"all", "j1"}),
        ({"visa_class": "J-1"}, {"all", "scholars"}),
        ({"visa_class": "other"}, {"all", "scholars"}),
        ({"visa_class": "other", "education_level": "05"}, {"all"}),
        (
            {"visa_class": "F-1", "education_level": "05", "stage": "pre_arrival"},
            {"all", "f1", "new"},
        ),
        ({"visa_class": "J-1", "stage": "check_in"}, {"all", "scholars", "new"}),
        ({"visa_class": "F-1", "education_level": "05", "stage": "continuing"}, {"all", "f1"}),
    ],
)
def test_who_belongs_to_which_audience(facts, audiences):
    assert audiences_of(StudentRecord(**facts), TODAY) == audiences


@pytest.mark.parametrize(
    ("days", "is_graduating"), [(-1, False), (0, True), (120, True), (121, False), (None, False)]
)
def test_graduating_begins_a_term_before_the_end(days, is_graduating):
    end = None if days is None else TODAY + dt.timedelta(days=days)
    record = StudentRecord(visa_class="F-1", education_level="05", program_end=end)

    assert ("graduating" in audiences_of(record, TODAY)) is is_graduating


@pytest.fixture
def item(office):
    """Put news for the portal on the public site."""
    home = Site.objects.get(is_default_site=True).root_page
    news = home.add_child(instance=NewsPage(title="News", slug="news"))

    def make(title, **fields):
        fields = {"in_portal": True, "date": timezone.localdate()} | fields
        return news.add_child(instance=NewsItemPage(title=title, **fields))

    return make


def shown(portal):
    html = portal.get("/portal/").text.partition("<h2>News</h2>")[2]
    return re.findall(r'<h3><a href="/news/[^>]*>([^<]*)<', html)


@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [
        ({}, True),
        ({"audience": "f1"}, True),
        ({"audience": "j1"}, False),
        ({"in_portal": False}, False),
        ({"live": False}, False),
        ({"date": dt.date(2026, 10, 1), "valid_until": dt.date(2026, 10, 4)}, False),
        ({"date": dt.date(2026, 10, 1), "valid_until": dt.date(2026, 10, 5)}, True),
    ],
)
def test_a_piece_of_news_shows_to_its_audience_while_it_is_valid(portal, item, changes, is_shown):
    item("Early signatures", **changes)

    assert shown(portal) == (["Early signatures"] if is_shown else [])


@pytest.mark.parametrize("rows", [1, 30])
def test_the_latest_three_cost_one_question(portal, item, rows, django_assert_num_queries):
    for number in range(rows):
        item(f"News {number}")
    portal.get("/portal/")

    with django_assert_num_queries(12):
        found = shown(portal)
    assert found == [f"News {number}" for number in reversed(range(rows))][:3]
    assert Page.objects.count() > rows

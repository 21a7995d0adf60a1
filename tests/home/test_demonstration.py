"""The demonstration office: complete, loadable twice, and within the budgets of a public page."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from isso.home.demonstration import loading
from isso.home.demonstration.loading import load_office, load_pages, page_files
from isso.home.models import (
    Alert,
    HoursException,
    HoursSchedule,
    KeyDate,
    OfficeSettings,
    StaffMember,
    StatisticsYear,
)
from isso.pages.models import GuidancePage
from isso.requests.models import RequestGuidePage

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10
LEAST_WORDS = 250


def main_words(html):
    main = re.search(r'<main id="content".*?</main>', html, re.S)[0]
    return re.sub(r"<[^>]+>", " ", main).split()


def addresses(kind=None):
    own = [entry for entry in page_files() if entry["kind"] in loading._kinds]
    return [entry["path"] for entry in own if kind in (None, entry["kind"])]


def test_every_page_of_the_contract_is_written():
    assert {
        "/",
        "/about/",
        "/about/staff/",
        "/about/statistics/",
        "/about/directions/",
        "/contact/",
        "/forms/",
        "/key-dates/",
        "/site-map/",
        "/students/",
        "/scholars/",
        "/immigration/",
        "/resources/",
        "/staff/",
        "/portal-guide/",
    } <= set(addresses())


def test_every_page_is_public_small_and_cheap(demonstration, client):
    """No cookies, nothing from other sites, no inline code, one h1, at most ten queries."""
    Site.get_site_root_paths()
    client.get("/search/")
    problems = {}
    for address in [*addresses(), "/search/?query=travel"]:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        html = response.text
        found = {
            "status": response.status_code != 200,
            # The contact form guards what is sent, and says so; it alone.
            "vary": response.has_header("Vary") != (address == "/contact/"),
            "cookies": bool(response.cookies) != (address == "/contact/"),
            "queries": len(queries) > MOST_QUERIES and len(queries),
            "h1": html.count("<h1") != 1,
            "other sites": re.findall(r'(?:src|srcset)="(?!/static/|/media/)[^"]*', html),
            "inline code": re.findall(r'\sstyle="|\son\w+="|<script(?! type=)[^>]*>', html),
            "portal button": 'href="/portal/"' not in html,
            "twin ids": [name for name in ids(html) if ids(html).count(name) > 1],
        }
        if any(found.values()):
            problems[address] = {name: value for name, value in found.items() if value}

    assert problems == {}


def ids(html):
    return re.findall(r'\sid="([^"]*)"', html)


def test_every_link_between_the_pages_leads_somewhere(demonstration, client):
    known = {page.url for page in Page.objects.live().filter(depth__gt=1)}
    others = (
        "/portal/",
        "/static/",
        "/calendar/",
        "/search/",
        "/accounts/",
        "/news/feed/",
        "/statistics/",
    )
    dead = {}
    for address in addresses():
        links = set(re.findall(r'href="(/[^"#?]*)', client.get(address).text))
        missing = {link for link in links - known if not link.startswith(others)}
        if missing:
            dead[address] = missing

    assert dead == {}


def test_guidance_is_whole(demonstration, client):
    """At least 250 words, "In short", an owner, a date, and a deadline or a checklist."""
    lacking = {}
    for address in addresses("guidance"):
        html = client.get(address).text
        found = {
            "words": len(main_words(html)) < LEAST_WORDS,
            "in short": '<h2 id="in-short">In short</h2>' not in html,
            "owner and date": not re.search(r"Checked on \w+ \d+, 2\d{3} by \w", html),
            "deadline or checklist": "Deadline:" not in html and 'class="checklist"' not in html,
        }
        if any(found.values()):
            lacking[address] = {name for name, is_missing in found.items() if is_missing}

    assert lacking == {}


def test_loading_twice_changes_nothing(demonstration):
    models = [
        Page,
        HoursSchedule,
        HoursException,
        StaffMember,
        KeyDate,
        StatisticsYear,
        Alert,
        OfficeSettings,
    ]
    counts = [model.objects.count() for model in models]
    travel = GuidancePage.objects.get(slug="travel", locale__language_code="en-us")
    travel.title = "Edited by an editor"
    travel.save_revision().publish()

    made = load_pages(Site.objects.get())
    load_office(dt.date(2026, 12, 1))

    assert made == []
    assert [model.objects.count() for model in models] == counts
    travel.refresh_from_db()
    assert travel.title == "Edited by an editor"


def test_a_higher_room_adds_its_kind_of_page(demonstration):
    page = RequestGuidePage.objects.get(type_key="cpt")
    assert (page.url, page.live) == ("/immigration/requests/cpt/", True)
    work = GuidancePage.objects.get(slug="work")
    assert page.pk in [
        block.value["page"].pk for block in work.body if block.block_type == "request_link"
    ]


def test_a_date_in_days_falls_on_a_day_the_office_is_open(demonstration):
    # Five days after the day of loading is Thanksgiving.
    start = KeyDate.objects.get(title="Question hour: travel over the break").start

    assert start == dt.date(2026, 11, 30)

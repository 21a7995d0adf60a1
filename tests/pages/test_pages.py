"""The page kinds of this room, and what machines read."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError

from isso.pages.form_rows import FormRow, register_form_rows
from isso.pages.models import FormEntry, FormsIndexPage, GuidancePage, SiteMapPage

pytestmark = pytest.mark.django_db


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def main_text(html):
    return words(re.search(r"<h1>.*?(?=<p class=\"to-top\">)", html, re.S)[0])


def test_a_guidance_page_leads_with_the_short_answer(client, guidance):
    guidance("Travel", lede="Check before you book.", in_short="Four dates.\nTwo weeks ahead.")

    assert main_text(client.get("/travel/").text) == (
        "Travel Check before you book. In short Four dates. Two weeks ahead. "
        "Checked on November 1, 2026 by Advising team. Next check by May 1, 2027."
    )


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"in_short": ""}, "in_short", "This field cannot be blank."),
        ({"maintained_by": ""}, "maintained_by", "This field cannot be blank."),
        ({"reviewed_on": None}, "reviewed_on", "This field cannot be null."),
        (
            {"review_by": dt.date(2026, 11, 1)},
            "review_by",
            "“Check again by” must be after “Checked on”.",
        ),
    ],
)
def test_guidance_nobody_answers_for_is_refused(fields, field, message):
    defaults = {
        "title": "Travel",
        "slug": "travel",
        "in_short": "Ask.",
        "maintained_by": "Team",
        "reviewed_on": dt.date(2026, 11, 1),
        "review_by": dt.date(2027, 5, 1),
    }
    page = GuidancePage(**defaults | fields)

    with pytest.raises(ValidationError) as error:
        page.full_clean(exclude=["path", "depth", "content_type", "translation_key", "locale"])

    assert error.value.message_dict == {field: [message]}


def test_a_section_lists_its_pages(client, section, guidance):
    parent = section("Immigration", lede="The rules.")
    guidance("Travel", parent, search_description="Four dates to check.")
    guidance("Draft", parent, live=False)

    assert main_text(client.get("/immigration/").text) == (
        "Immigration The rules. In this section Travel Four dates to check."
    )


def test_the_site_map_has_every_public_page(client, home, section, guidance):
    parent = section("Immigration")
    guidance("Travel", parent)
    guidance("Contact", show_in_menus=False)
    guidance("Draft", parent, live=False)
    home.add_child(instance=SiteMapPage(title="Site map", slug="site-map", show_in_menus=False))

    html = client.get("/site-map/").text

    assert main_text(html) == "Site map Immigration Travel Contact Site map"


@pytest.fixture
def forms(home, monkeypatch):
    """Two entries of the office, and one row of a higher room."""
    monkeypatch.setattr("isso.pages.form_rows._providers", [])
    home.add_child(instance=FormsIndexPage(title="All forms", slug="forms"))
    FormEntry.objects.create(
        title="Tax checklist", kind="link", link="/taxes/", topic="Taxes", audience="Everyone"
    )
    FormEntry.objects.create(
        title="Travel card",
        kind="link",
        link="/travel/",
        topic="Travel",
        audience="Scholars",
        revised_on=dt.date(2026, 9, 1),
    )
    reprint = FormRow(
        "Reprint", "/requests/reprint/", "portal", topic="Travel", audience="Students"
    )
    register_form_rows(lambda: [reprint])


@pytest.mark.parametrize(
    ("query", "titles", "filters"),
    [
        (
            {},
            ["Reprint", "Tax checklist", "Travel card"],
            "Topic All (3) Taxes (1) Travel (2) "
            "For whom All (3) Everyone (1) Scholars (1) Students (1)",
        ),
        (
            {"topic": "Travel"},
            ["Reprint", "Travel card"],
            "Topic All (3) Taxes (1) Travel (2) For whom All (2) Scholars (1) Students (1)",
        ),
        (
            {"topic": "Travel", "audience": "Scholars"},
            ["Travel card"],
            "Topic All (1) Travel (1) For whom All (2) Scholars (1) Students (1)",
        ),
        (
            {"topic": "'\"<script>"},
            [],
            "Topic All (3) Taxes (1) Travel (2) For whom All (0)",
        ),
    ],
)
def test_forms_are_filtered_by_links_with_counts(forms, client, query, titles, filters):
    html = client.get("/forms/", query).text

    main = html.partition("<footer")[0]
    assert re.findall(r"<h2><a href=\"[^\"]*\">([^<]*)</a></h2>", main) == titles
    assert " ".join(words(nav) for nav in re.findall(r"<nav aria-label=.*?</nav>", html, re.S)) == (
        filters
    )


def test_a_form_row_says_where_it_is_done(forms, client):
    text = main_text(client.get("/forms/").text)

    assert "Reprint Do it in the portal Travel Students" in text
    assert "Travel card On another page Travel Scholars Revised September 1, 2026" in text


@pytest.mark.parametrize(
    ("kind", "field", "sentence"),
    [
        ("pdf", "document", "Choose the PDF, or fill in “Link”."),
        ("portal", "link", "Fill in “Link”: where the form is filled in."),
        ("link", "link", "Fill in “Link”: where the form is filled in."),
    ],
)
def test_a_form_that_leads_nowhere_is_refused(kind, field, sentence):
    with pytest.raises(ValidationError) as error:
        FormEntry(title="Form", topic="Travel", kind=kind).full_clean()

    assert error.value.message_dict == {field: [sentence]}


def test_robots_stay_out_of_the_portal(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain"
    assert response.text.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /portal/",
        "Disallow: /accounts/",
        "Disallow: /search/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_the_sitemap_lists_public_pages(client, section, guidance):
    guidance("Travel", section("Immigration"))
    section("Draft", live=False)

    xml = client.get("/sitemap.xml").text

    assert re.findall(r"<loc>([^<]*)</loc>", xml) == [
        "http://testserver/",
        "http://testserver/immigration/",
        "http://testserver/immigration/travel/",
    ]

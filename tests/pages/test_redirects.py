"""An address that was once right keeps leading somewhere."""

import re

import pytest
from wagtail.contrib.redirects.models import Redirect

from isso.pages.models import GuidancePage, SectionPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(section, guidance):
    """A section with a page and a page below that."""
    parent = section("Immigration")
    section("Resources")
    travel = guidance("Travel", parent)
    guidance("Visas", travel)
    return travel


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Give a page another slug, as the editor does."""

    def change(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return change


OLD_TO_NEW = {
    "moved": {
        "/immigration/travel/": "/resources/travel/",
        "/immigration/travel/visas/": "/resources/travel/visas/",
        "/immigration/travel/visas": "/resources/travel/visas/",
    },
    "renamed": {
        "/immigration/travel/": "/immigration/trips/",
        "/immigration/travel/visas/": "/immigration/trips/visas/",
    },
}


@pytest.mark.parametrize("how", OLD_TO_NEW)
def test_an_old_address_leads_to_the_new_one(branch, rename, client, how):
    if how == "moved":
        branch.move(SectionPage.objects.get(slug="resources"), pos="last-child")
    else:
        rename(branch, "trips")

    for old, new in OLD_TO_NEW[how].items():
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
        assert client.get(new).status_code == 200


def test_a_page_moved_twice_is_reached_from_both_old_addresses(branch, rename, client):
    rename(branch, "trips")
    GuidancePage.objects.get(pk=branch.pk).move(
        SectionPage.objects.get(slug="resources"), pos="last-child"
    )

    for old in ("/immigration/travel/", "/immigration/trips/"):
        assert client.get(old)["Location"] == "/resources/trips/"


def test_a_redirect_never_hides_a_page(branch, rename, client):
    rename(branch, "trips")
    SectionPage.objects.get(slug="immigration").add_child(
        instance=GuidancePage(
            title="New",
            slug="travel",
            in_short="Ask.",
            maintained_by="Team",
            reviewed_on="2026-11-01",
            review_by="2027-05-01",
        )
    )

    assert "<h1>New</h1>" in client.get("/immigration/travel/").text


def test_an_editors_redirect_works_with_any_question_behind_it(home, client):
    Redirect.add_redirect("/old-forms.html", "/forms/", is_permanent=False)

    answer = client.get("/old-forms.html?from=mail")

    assert (answer.status_code, answer["Location"]) == (302, "/forms/")


def test_where_nothing_is_left_the_search_and_the_site_map_help(home, client):
    answer = client.get("/gone/")

    assert answer.status_code == 404
    assert re.findall(r'<form class="search" action="([^"]*)" method="get"', answer.text) == [
        "/search/"
    ]
    assert re.findall(r'href="([^"]*)">(?:See all pages|Find your request)', answer.text) == [
        "/site-map/",
        "/portal/requests/",
    ]

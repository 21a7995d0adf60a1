"""The left bar, the breadcrumbs and the site map, all from the page tree."""

import re

import pytest
from wagtail.models import PageViewRestriction, Site

pytestmark = pytest.mark.django_db


def links(html, label):
    """Return what one navigation shows: texts by depth, the current one in brackets."""
    nav = re.search(rf'<nav[^>]*aria-label="{label}".*?</nav>', html, re.S)[0]
    found = []
    depth = 0
    for tag in re.finditer(
        r"<(/?)ul>|<a href=\"[^\"]*\"( aria-current=\"page\")?>([^<]*)</a>", nav
    ):
        if tag[3] is None:
            depth += -1 if tag[1] else 1
        else:
            found.append("  " * (depth - 1) + (f"[{tag[3]}]" if tag[2] else tag[3]))
    return found


@pytest.fixture
def tree(section, guidance):
    """Two sections; one of them two levels deep."""
    immigration = section("Immigration")
    resources = section("Resources")
    work = guidance("Work", immigration)
    guidance("Travel", immigration)
    guidance("CPT", work)
    guidance("OPT", work)
    guidance("Taxes", resources)
    return immigration


@pytest.mark.parametrize(
    ("address", "menu"),
    [
        ("/", ["Immigration", "Resources"]),
        ("/search/", ["Immigration", "Resources"]),
        ("/resources/", ["Immigration", "[Resources]", "  Taxes"]),
        ("/immigration/", ["[Immigration]", "  Work", "  Travel", "Resources"]),
        (
            "/immigration/work/",
            ["Immigration", "  [Work]", "    CPT", "    OPT", "  Travel", "Resources"],
        ),
        (
            "/immigration/work/opt/",
            ["Immigration", "  Work", "    CPT", "    [OPT]", "  Travel", "Resources"],
        ),
    ],
)
def test_the_menu_opens_the_branch_of_the_page(tree, client, address, menu):
    html = client.get(address).text

    assert links(html, "Sections") == menu
    assert '<a class="button portal-button" href="/portal/">' in html
    assert html.count("ISSO Portal</a>") == 1


def test_the_breadcrumbs_lead_home(tree, client):
    html = client.get("/immigration/work/opt/").text

    crumbs = re.search(r'<nav class="breadcrumbs".*?</nav>', html, re.S)[0]
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', crumbs) == [
        ("/", "Home"),
        ("/immigration/", "Immigration"),
        ("/immigration/work/", "Work"),
    ]
    assert re.findall(r'aria-current="page">([^<]*)<', crumbs) == ["OPT"]
    assert 'class="breadcrumbs"' not in client.get("/").text


def test_drafts_private_pages_and_pages_out_of_the_menu_are_left_out(
    tree, section, guidance, client
):
    section("Draft", live=False)
    section("Unlisted", show_in_menus=False)
    private = section("Private")
    guidance("Below private", private)
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    menu = links(client.get("/immigration/").text, "Sections")

    assert menu == ["[Immigration]", "  Work", "  Travel", "Resources"]


def test_a_private_page_and_what_lies_below_ask_for_a_login(section, guidance, client):
    private = section("Private")
    guidance("Below", private)
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    response = client.get("/private/below/")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/private/below/"
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_an_alias_is_as_private_as_its_original(home, section, guidance, client):
    private = section("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    private.create_alias(update_slug="copy")

    assert client.get("/copy/")["Location"] == "/accounts/login/?next=/copy/"


@pytest.mark.parametrize(
    "address",
    [
        "/draft/",
        "/immigration/nothing/",
        "/immigration/work/opt/deeper/",
        "/" + "a/" * 2000,
        "/immigration/" + "b" * 3000 + "/",
    ],
)
def test_what_is_not_there_is_not_found(tree, section, client, address):
    section("Draft", live=False)

    response = client.get(address)

    assert response.status_code == 404
    assert "We cannot find that page" in response.text


def queries(client, address, django_assert_num_queries, count):
    Site.clear_site_root_paths_cache()
    client.get("/robots.txt")
    # Wagtail itself keeps the sites' addresses for an hour.
    Site.get_site_root_paths()
    with django_assert_num_queries(count):
        response = client.get(address)
    assert response.status_code == 200


@pytest.mark.parametrize("more", [0, 29])
def test_a_guidance_page_costs_seven_queries(
    tree, section, guidance, client, django_assert_num_queries, more
):
    for number in range(more):
        section(f"Section {number}")
        guidance(f"Page {number}", tree)

    queries(client, "/immigration/work/opt/", django_assert_num_queries, 7)


@pytest.mark.parametrize("more", [0, 29])
def test_a_section_page_costs_six_queries(
    tree, section, guidance, client, django_assert_num_queries, more
):
    for number in range(more):
        guidance(f"Page {number}", tree)

    queries(client, "/immigration/", django_assert_num_queries, 6)

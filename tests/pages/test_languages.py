"""A second language: its own addresses, its own direction, and the way from one to the other."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Locale, Page

from isso.requests.models.guide import live_guides
from isso.tests import kept


@pytest.fixture
def arabic(db):
    return Locale.objects.create(language_code="ar")


@pytest.fixture
def both(home, section, arabic):
    """A section in both languages, and one that nobody has translated."""
    students = section("Students")
    section("Scholars")
    translated_home = home.copy_for_translation(arabic)
    translated_home.title, translated_home.live = "المكتب", True
    translated_home.save()
    translated = students.copy_for_translation(arabic)
    translated.title, translated.live = "الطلاب", True
    translated.save()
    return {"/": home, "/students/": students, "/ar/": translated_home, "/ar/students/": translated}


def soup(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.mark.parametrize(
    ("address", "title", "language", "direction"),
    [
        ("/", "The office", "en-us", "ltr"),
        ("/students/", "Students", "en-us", "ltr"),
        ("/ar/", "المكتب", "ar", "rtl"),
        ("/ar/students/", "الطلاب", "ar", "rtl"),
    ],
)
def test_the_address_alone_says_the_language(both, client, address, title, language, direction):
    # What a browser or a cookie asks for changes nothing: one address, one answer.
    client.cookies["django_language"] = "ar"
    response = client.get(address, headers={"accept-language": "ar"})
    page = BeautifulSoup(response.content, "html.parser")

    assert page.h1.get_text() == title
    assert (page.html["lang"], page.html["dir"]) == (language, direction)
    assert "Vary" not in response.headers


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/students/", [("العربيّة", "/ar/students/", "ar")]),
        ("/ar/students/", [("English", "/students/", "en-us")]),
        ("/", [("العربيّة", "/ar/", "ar")]),
        ("/scholars/", []),
    ],
)
def test_a_page_leads_to_itself_in_other_languages(both, client, address, links):
    found = soup(client, address).select("header a[hreflang]")

    assert [(link.get_text(), link["href"], link["lang"]) for link in found] == links


def test_search_engines_learn_of_every_language(both, client):
    links = soup(client, "/ar/students/").select("head link[rel=alternate]")

    assert [(link["hreflang"], link["href"]) for link in links] == [
        ("ar", "http://testserver/ar/students/"),
        ("en-us", "http://testserver/students/"),
    ]


def test_menu_and_breadcrumbs_stay_in_the_language(both, client):
    page = soup(client, "/ar/students/")

    assert [link["href"] for link in page.select(".side-nav a")] == ["/ar/students/"]
    assert page.select_one(".breadcrumbs a")["href"] == "/ar/"
    assert page.select_one(".masthead__name")["href"] == "/ar/"


@pytest.mark.parametrize(
    "address", ["/ar/scholars/", "/ar/nothing/", "/en-us/", "/en-us/students/", "/de/", "/ar/x/y/"]
)
def test_what_is_not_translated_is_not_there(both, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/ar/", "/ar/search/", "/ar/search/?query=visa"])
def test_an_office_without_the_language_has_none_of_its_addresses(home, client, address):
    assert client.get(address).status_code == 404


def test_a_draft_is_no_translation(both, client):
    both["/ar/students/"].unpublish()

    assert client.get("/ar/students/").status_code == 404
    assert soup(client, "/students/").select("header a[hreflang]") == []


def test_the_language_of_one_request_does_not_reach_the_next(both, client):
    client.get("/ar/students/")

    assert soup(client, "/students/").html["lang"] == "en-us"


def test_the_demonstration_has_five_pages_in_arabic(db, client, settings):
    settings.DEMONSTRATION = True
    kept.demonstration()
    call_command("demo", verbosity=0)

    pages = Page.objects.filter(locale__language_code="ar").live().order_by("url_path")

    assert [page.url for page in pages] == [
        "/ar/",
        "/ar/immigration/",
        "/ar/immigration/travel/",
        "/ar/students/",
        "/ar/students/check-in/",
    ]
    for page in pages:
        assert soup(client, page.url).h1.get_text() == page.title


def test_a_translated_guide_does_not_take_the_place_of_the_first(office):
    """The portal shows and freezes the words in the office's own language."""
    guide = live_guides()["cpt"]
    arabic = Locale.objects.create(language_code="ar")
    translated = guide.copy_for_translation(arabic, copy_parents=True)
    translated.save_revision().publish()

    assert live_guides()["cpt"] == guide

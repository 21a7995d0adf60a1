"""The privacy notice: every office gets one, and nothing ever leads to one that is not there."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from wagtail.models import Page, Site

from isso.home.models import OfficeSettings
from isso.home.opening import open_office
from isso.pages.models import GuidancePage, SectionPage

LINK = re.compile(r'<li><a href="([^"]*)">Privacy notice</a></li>')


@pytest.fixture
def opened(db):
    """A new office."""
    open_office("http://testserver", "The office")
    return Site.objects.get()


def notice():
    return Page.objects.filter(slug="privacy").first()


def links(client, address):
    cache.clear()
    return LINK.findall(client.get(address).content.decode())


def test_a_new_office_has_a_notice_that_says_what_the_law_of_the_house_is(opened, client):
    page = client.get("/privacy/").content.decode()

    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", page.partition("</main>")[0]) == [
        "In short",
        "On this page",
        "What we keep",
        "Why we keep it",
        "Who may read it",
        "How long we keep it",
        "What you can do",
    ]


@pytest.mark.parametrize(
    ("address", "times"), [("/", 1), ("/contact/", 1), ("/nowhere/", 1), ("/accounts/login/", 2)]
)
def test_every_page_leads_there_and_signing_in_twice(opened, client, address, times):
    assert links(client, address) == ["/privacy/"] * times


def test_an_office_from_before_gets_one_once(opened):
    notice().delete()

    call_command("setup_office", verbosity=0)
    call_command("setup_office", verbosity=0)

    assert OfficeSettings.objects.get().privacy_page == notice()
    assert GuidancePage.objects.filter(slug__startswith="privacy").count() == 1


def test_a_notice_an_editor_has_written_is_named_and_not_touched(opened):
    notice().delete()
    own = opened.root_page.add_child(instance=SectionPage(title="Our notice", slug="privacy"))

    call_command("setup_office", verbosity=0)

    assert OfficeSettings.objects.get().privacy_page.pk == own.pk
    assert SectionPage.objects.get(pk=own.pk).title == "Our notice"


def test_before_there_is_a_home_page_nothing_is_made(db):
    before = Page.objects.count()

    call_command("setup_office", verbosity=0)

    assert Page.objects.count() == before


@pytest.mark.parametrize("gone", ["unpublish", "delete"])
def test_without_a_published_notice_nothing_leads_there(opened, client, gone):
    getattr(notice(), gone)()

    assert links(client, "/") + links(client, "/accounts/login/") == []


def test_unpublished_it_stays_so_when_the_office_is_set_up_again(opened):
    notice().unpublish()

    call_command("setup_office", verbosity=0)

    assert notice().live is False


def test_moved_elsewhere_it_is_still_found(opened, client):
    notice().move(Page.objects.get(slug="about"), "last-child")

    assert links(client, "/") == ["/about/privacy/"]
    assert client.get("/about/privacy/").status_code == 200

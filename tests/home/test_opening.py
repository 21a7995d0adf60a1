"""A new office: every address of the frame answers before an editor comes."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from isso.home.opening import first_pages, open_office


@pytest.fixture
def opened(db, settings):
    settings.SITE_URL = "https://isso.school.example"
    settings.ALLOWED_HOSTS = ["isso.school.example"]
    call_command("open_office", verbosity=0)


def test_every_fixed_address_answers_with_its_own_page(opened, client):
    answers = {
        path: client.get(path, headers={"host": "isso.school.example"}, secure=True)
        for path in ["/", *(path for path, _title, _kind in first_pages())]
    }

    assert {path for path, answer in answers.items() if answer.status_code != 200} == set()
    assert answers["/about/"].context["page"].title == "About the office"


def test_the_site_has_the_configured_address(opened):
    site = Site.objects.get()

    assert (site.hostname, site.port, site.root_url) == (
        "isso.school.example",
        443,
        "https://isso.school.example",
    )


def test_a_second_time_changes_nothing(opened):
    before = list(Page.objects.values_list("path", "title"))

    assert open_office("https://other.example", "Another name") == []
    assert list(Page.objects.values_list("path", "title")) == before

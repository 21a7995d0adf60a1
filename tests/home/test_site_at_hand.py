"""The site of a request comes along with the office, and is the one that Wagtail would find."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from isso.home.models import OfficeSettings
from isso.site.middleware import OfficeAtHand

# Host, port, and how often the table of sites is asked for what the office did not bring.
ASKED = [
    ("office.example", 80, 0),
    ("office.example", 8080, 1),
    ("other.example", 80, 1),
    ("nobody.example", 80, 1),
]


@pytest.fixture
def sites(db, settings):
    """The office's site, which is the default one, and another without an office."""
    settings.ALLOWED_HOSTS = ["*"]
    default = Site.objects.get(is_default_site=True)
    default.hostname, default.port = "office.example", 80
    default.save()
    OfficeSettings.for_site(default)
    other = default.root_page.add_child(instance=Page(title="Other"))
    Site.objects.create(hostname="other.example", port=80, root_page=other)


@pytest.mark.parametrize(("host", "port", "asked"), ASKED)
def test_it_is_the_site_that_wagtail_finds(sites, host, port, asked):
    address = {"SERVER_NAME": host, "SERVER_PORT": str(port)}
    found = []

    def answer(request):
        with CaptureQueriesContext(connection) as queries:
            found.extend([Site.find_for_request(request), len(queries)])
        return HttpResponse()

    OfficeAtHand(answer)(RequestFactory().get("/", **address))

    wagtails = Site.find_for_request(RequestFactory().get("/", **address))
    assert found == [wagtails, asked]

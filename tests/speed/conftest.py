"""An office whose public pages are kept in memory."""

import pytest
from django.test import Client
from wagtail.models import Site

from isso.home.models import AboutPage, HomePage
from isso.pages import generation
from isso.tests import factories


@pytest.fixture
def page_cache(db, settings):
    """Switch the page cache on, with nothing in it."""
    settings.PAGE_CACHE = True
    generation.purge()


@pytest.fixture
def about(page_cache):
    """The page "About us" of an office with hours and guides."""
    factories.make_office()
    site = Site.objects.get(is_default_site=True)
    home = HomePage.objects.first() or site.root_page
    page = home.add_child(instance=AboutPage(title="About us", slug="about", lede="Old words."))
    generation.purge()
    return page


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something in a ``with`` block as if it were committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def visit(path="/about/", client=None, **headers):
    """Ask for a page as somebody nobody has seen before."""
    return (client or Client()).get(path, headers=headers)

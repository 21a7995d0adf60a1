"""A small site to put pages into."""

import datetime as dt

import pytest
from wagtail.models import Page, Site

from isso.home.models import HomePage, OfficeSettings
from isso.pages.models import GuidancePage, SectionPage


@pytest.fixture
def home(db):
    """The home page of an otherwise empty site."""
    root = Page.get_first_root_node()
    root.get_children().delete()
    root.refresh_from_db()
    Site.objects.all().delete()
    page = root.add_child(instance=HomePage(title="The office", slug="home", show_in_menus=False))
    site = Site.objects.create(hostname="testserver", root_page=page, is_default_site=True)
    OfficeSettings.objects.create(site=site, portal_label="ISSO Portal")
    return page


@pytest.fixture
def section(home):
    """Put a section below home, or below another page."""

    def make(title, parent=None, **fields):
        fields.setdefault("slug", title.lower().replace(" ", "-"))
        return (parent or home).add_child(instance=SectionPage(title=title, **fields))

    return make


@pytest.fixture
def guidance(home):
    """Put a guidance page below another page, with a body if wanted."""

    def make(title, parent=None, **fields):
        fields.setdefault("slug", title.lower().replace(" ", "-"))
        defaults = {
            "in_short": "Ask first.",
            "maintained_by": "Advising team",
            "reviewed_on": dt.date(2026, 11, 1),
            "review_by": dt.date(2027, 5, 1),
        }
        return (parent or home).add_child(instance=GuidancePage(title=title, **defaults | fields))

    return make

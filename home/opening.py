"""The pages every office has, made empty on a new installation.

The frame of the site leads to them, so none of its links may end nowhere before an editor comes.
"""

from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from isso.pages.models import FormsIndexPage, GlossaryPage, SectionPage, SiteMapPage

from .models import (
    AboutPage,
    ContactPage,
    CostsPage,
    DirectionsPage,
    EventsPage,
    FaqPage,
    HomePage,
    KeyDatesPage,
    NewsPage,
    PortalGuidePage,
    ProcessingTimesPage,
    StaffPage,
    StatisticsPage,
)
from .privacy import put_privacy_notice


def first_pages():
    """Return (path, title, page kind) of the fixed addresses, parents before their children."""
    return [
        ("/about/", _("About the office"), AboutPage),
        ("/about/staff/", _("Staff"), StaffPage),
        ("/about/statistics/", _("Statistics"), StatisticsPage),
        ("/about/directions/", _("Directions"), DirectionsPage),
        ("/students/", _("For students"), SectionPage),
        ("/students/costs/", _("Cost of attendance"), CostsPage),
        ("/scholars/", _("For scholars"), SectionPage),
        ("/immigration/", _("Immigration"), SectionPage),
        # The guide of each request type goes here; a type without one is closed.
        ("/immigration/requests/", _("Requests"), SectionPage),
        ("/immigration/processing-times/", _("Processing times"), ProcessingTimesPage),
        ("/resources/", _("Resources"), SectionPage),
        ("/staff/", _("For staff"), SectionPage),
        ("/portal-guide/", _("How to use the portal"), PortalGuidePage),
        ("/events/", _("Events"), EventsPage),
        ("/news/", _("News"), NewsPage),
        ("/faq/", _("Questions and answers"), FaqPage),
        # Its terms are linked from wherever a page first uses them.
        ("/glossary/", _("Glossary"), GlossaryPage),
        ("/contact/", _("Contact us"), ContactPage),
        ("/forms/", _("All forms"), FormsIndexPage),
        ("/key-dates/", _("Key dates"), KeyDatesPage),
        ("/site-map/", _("Site map"), SiteMapPage),
    ]


NOT_IN_MENUS = {"/contact/", "/forms/", "/key-dates/", "/site-map/"}


@transaction.atomic
def open_office(site_url, office_name):
    """Make the empty pages and the site at this address; return them, or [] if one is there."""
    if HomePage.objects.exists():
        return []
    site = Site.objects.filter(is_default_site=True).first()
    home = put_home_page(HomePage(title=office_name), site)
    address = urlsplit(site_url)
    site = Site.objects.get(root_page=home)
    site.hostname, site.port = address.hostname, address.port or _usual_port(address.scheme)
    site.save()
    made = {"/": home}
    for path, title, kind in first_pages():
        parent, slug = (
            path.rstrip("/").rpartition("/")[0] + "/",
            path.rstrip("/").rpartition("/")[2],
        )
        page = kind(title=title, slug=slug, show_in_menus=path not in NOT_IN_MENUS)
        made[path] = made[parent].add_child(instance=page)
    put_privacy_notice(site)
    return list(made.values())


def _usual_port(scheme):
    return 443 if scheme == "https" else 80


def put_home_page(home, site=None):
    """Put an unsaved home page at the root of the site, in place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    for page in root.get_children().filter(depth=2):
        # Only the page Wagtail makes on its first migration is plain.
        if page.specific_class is Page and page.slug == "home":
            page.slug = "wagtail-welcome"
            page.save()
    home = root.add_child(instance=home)
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    else:
        welcome = site.root_page
        site.root_page = home
        site.save()
        if welcome.slug == "wagtail-welcome":
            welcome.delete()
    return home

"""Pages to which the frame of the site leads are not lost by accident."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from wagtail.models import Locale, Page

from isso.home.models import AboutPage, ContactPage, StaffMember, StaffPage
from isso.pages import fixed_addresses
from isso.pages.models import GlossaryPage, GlossaryTerm
from isso.pages.templatetags.site_shell import UTILITY_LINKS
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff

# Shown only where there is something below the page, which goes or stays with it.
ONLY_WITH_ROWS = {"/events/", "/news/"}


@pytest.fixture
def pages(home, section):
    """Some fixed pages, one that is not, and a place to move things to."""
    about = home.add_child(instance=AboutPage(title="About", slug="about"))
    return {
        "home": home,
        "about": about,
        "staff": about.add_child(instance=StaffPage(title="Staff", slug="staff")),
        "contact": home.add_child(instance=ContactPage(title="Contact us", slug="contact")),
        "glossary": home.add_child(instance=GlossaryPage(title="Glossary", slug="glossary")),
        "travel": section("Travel"),
        "resources": section("Resources"),
    }


@pytest.fixture
def editor(pages):
    """The browser of somebody whom no permission stops."""
    user = make_staff(Role.EDITOR)
    user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user)
    return client


def state():
    return sorted(Page.objects.values_list("url_path", "live"))


def told(answer):
    return [str(each).strip() for each in answer.context["messages"]]


def single(action):
    def act(client, page, target, **data):
        end = f"move/{target.pk}/confirm/" if action == "move" else f"{action}/"
        return client.post(f"/admin/pages/{page.pk}/{end}", data, follow=True)

    return act


def many(action):
    def act(client, page, target, **data):
        address = f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}&next=/admin/"
        return client.post(address, {"chooser": target.pk} | data, follow=True)

    return act


ACTIONS = ["delete", "move", "unpublish"]
WAYS = [
    pytest.param(way(action), id=f"{way.__name__}-{action}")
    for way in (single, many)
    for action in ACTIONS
]


@pytest.mark.parametrize("way", WAYS)
def test_a_fixed_page_stays_and_the_editor_reads_why(pages, editor, way):
    before = state()

    answer = way(editor, pages["contact"], pages["resources"])

    assert state() == before
    assert told(answer) == [
        "“Contact us” cannot be deleted, unpublished or moved: all pages, errors and the portal "
        "lead to its address, /contact/. Change its words instead."
    ]


@pytest.mark.parametrize("way", WAYS)
def test_any_other_page_goes(pages, editor, way):
    before = state()

    way(editor, pages["travel"], pages["resources"])

    assert state() != before


@pytest.mark.parametrize("way", [single("delete"), many("delete"), single("move"), many("move")])
def test_what_is_above_a_fixed_page_stays_too(pages, editor, section, way):
    StaffMember.objects.create(name="Ana Ruiz", title="Advisor")
    above = pages["about"]
    Page.objects.filter(pk=above.pk).update(live=False)
    before = state()

    answer = way(editor, above, pages["resources"])

    assert state() == before
    assert "people in the search lead to its address, /about/staff/." in told(answer)[0]


@pytest.mark.parametrize("way", [single("unpublish"), many("unpublish")])
@pytest.mark.parametrize(("along", "stays"), [({}, False), ({"include_descendants": "on"}, True)])
def test_unpublishing_asks_for_what_lies_below_only_if_it_goes_along(
    pages, editor, section, way, along, stays
):
    parent = section("Old")
    pages["contact"].move(parent, "last-child")
    fixed = fixed_addresses.FixedAddress("/old/contact/", "tests")
    fixed_addresses.register_fixed(fixed)
    try:
        way(editor, parent, pages["resources"], **along)
    finally:
        del fixed_addresses._fixed[fixed.path]

    assert Page.objects.get(pk=parent.pk).live == stays


@pytest.mark.parametrize(("has_words", "stays"), [(False, False), (True, True)])
def test_the_glossary_may_go_while_it_has_no_words(pages, editor, has_words, stays):
    if has_words:
        GlossaryTerm.objects.create(term="DSO", definition="Signs.")

    single("delete")(editor, pages["glossary"], pages["resources"])

    assert GlossaryPage.objects.exists() == stays


def test_a_draft_and_a_translation_may_go(pages, editor):
    arabic = Locale.objects.create(language_code="ar")
    copies = [pages[name].copy_for_translation(arabic) for name in ("home", "contact")]
    Page.objects.filter(locale=arabic).update(live=True)
    pages["contact"].unpublish()

    for page in (copies[1], pages["contact"]):
        single("delete")(editor, page, pages["resources"])

    assert ContactPage.objects.count() == 0


def test_every_address_in_a_template_is_fixed():
    """Whoever writes a new link into a template has to name it."""
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    found = {
        address
        for template in templates
        for address in re.findall(r'href="(/[\w/-]*)["#?]', template.read_text())
    } | {entry.url for entry in UTILITY_LINKS}
    pages = {address for address in found if resolve(address).url_name == "wagtail_serve"}

    assert pages - ONLY_WITH_ROWS - {"/"} == {
        address
        for address in fixed_addresses._fixed
        # These stand in Python: the home page, the glossary's and the search's own links.
        if address not in {"/", "/glossary/", "/about/staff/"}
    }

"""Whatever is typed into an address gets an answer, and comes back as text (case 27)."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from isso.home.models import (
    AboutPage,
    ContactPage,
    CostsPage,
    EventsPage,
    KeyDatesPage,
    NewsPage,
    StaffPage,
    StatisticsPage,
)
from isso.pages.models import FormsIndexPage, SectionPage
from isso.requests.people.departments import give_departments
from isso.requests.people.models import User
from isso.tests.access.every_address import ours
from isso.tests.factories import make_user

# Quotes, what the two databases' searches take for orders, markup, and a letter that is two.
TEXT = "\"*' OR NEAR(a b) : -- ); <script>alert(1)</script> \U0001f600"
HUGE_NUMBER = "9" * 30
# No text at all, and too much of it: cut-off and forbidden sequences of bytes, NUL among them.
BROKEN = "%ED%A0%80%FF%00%C0%AF" + "y" * 5000
# Registers lead back to the whole list from a filter that is none.
ANSWERED = {200, 302, 400}

WAYS_OF_STRANGERS = [
    *("/", "/ar/", "/documents/", "/accounts/invitation/"),
    *("/portal/approvals/", "/portal/letters/"),
]
PUBLIC_KINDS = [
    *(AboutPage, ContactPage, CostsPage, EventsPage, FormsIndexPage),
    *(KeyDatesPage, NewsPage, StaffPage, StatisticsPage),
]
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
FIELD = re.compile(r'<(input|select|textarea)\b[^>]*\bname="([^"]+)"')
LINK = re.compile(r'href="\?([^"]+)"')
# What is read from an address though no form of the page has it.
READ_ANYWHERE = {
    *("page", "p", "o", "q", "query", "next"),
    *("show", "kind", "type", "about", "ordering"),
}
# Lists and pages of one thing that read their address, too.
OF_ONE_THING = {
    *("desk_queue", "desk_import", "desk_invitation_run", "desk_trial"),
    *("desk_student", "desk_student_start", "desk_retention_kind"),
}
# Nobody looks at these: a button of a list posts to them.
POSTED_TO = {"desk_take"}


@pytest.fixture
def administrator(db):
    """A browser in which somebody is signed in who opens every list of the admin."""
    return signed_in(
        User.objects.create_superuser("admin@staff.example", "demo", full_name="Admin")
    )


def signed_in(user):
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def problems(browser, addresses):
    """Ask each address for odd things under each name it reads; yield what went wrong."""
    for address in addresses:
        names = names_on(browser.get(address).content.decode(errors="replace"))
        for name, kind in sorted(names.items()):
            for odd in (TEXT, "\0") if kind == "input" else (HUGE_NUMBER,):
                yield from _problem(browser.get(address, {name: odd}), name)
        everything = "&".join(f"{name}={BROKEN}" for name in names.keys() | READ_ANYWHERE)
        yield from _problem(browser.get(f"{address}?{everything}"), "all at once")


def names_on(html):
    """Return name → kind of field of what a page's forms and links put into its address."""
    forms = [each for each in FORM.findall(html) if 'method="post"' not in each.lower()]
    linked = "&".join(map(unescape, LINK.findall(html))).split("&")
    return {each.partition("=")[0]: "link" for each in linked if each} | {
        name: kind for kind, name in FIELD.findall("".join(forms))
    }


def _problem(answer, name):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.status_code not in ANSWERED or b"<script>alert" in body:
        yield answer.wsgi_request.path, name, answer.status_code


def test_pages_of_the_public_site(office):
    home = SectionPage.objects.first().get_parent()
    pages = [home.add_child(instance=kind(title=kind.__name__)) for kind in PUBLIC_KINDS]
    others = ["search", "account_login", "sign_in_help", "office_colors", "news_feed"]
    others += ["key_dates_calendar", "events_calendar", "portal_approvals"]
    addresses = [*(page.url for page in pages), *map(reverse, others)]

    assert list(problems(Client(raise_request_exception=False), addresses)) == []


def of_the_portal():
    """The names of the portal's addresses that name nothing."""
    return {name for key, name, parameters in ours() if key.startswith("portal_") if not parameters}


def of_departments():
    return {name for name in of_the_portal() if name.startswith("portal_department")}


def test_pages_of_the_portal(owner):
    addresses = map(reverse, sorted(of_the_portal() - of_departments()))

    assert list(problems(signed_in(owner.record.user), addresses)) == []


def test_pages_of_a_department(owner):
    user = make_user("grace@school.example")
    give_departments(user, ["Biology"], by=None, reason="Test")

    assert list(problems(signed_in(user), map(reverse, sorted(of_departments())))) == []


def test_lists_of_the_admin(addresses, administrator):
    lists = {reverse(name) for _key, name, parameters in ours() if name and not parameters}
    asked = [
        address
        for key, address in addresses
        if address.startswith("/admin/")
        and key not in POSTED_TO
        and (address in lists or key in OF_ONE_THING)
        and not address.endswith(("/results/", "/add/", "/new/"))
    ]

    assert list(problems(administrator, asked)) == []


@pytest.mark.parametrize(
    "odd", ["\"'><script>alert(1)</script>", "%00", "%FF%ED%A0%80", "y" * 5000]
)
def test_addresses_that_lead_nowhere(owner, administrator, odd):
    """The pages that say so come back without markup of the address."""
    student = signed_in(owner.record.user)
    answers = [
        browser.get(f"{way}{odd}/")
        for browser, ways in {
            Client(raise_request_exception=False): WAYS_OF_STRANGERS,
            student: ["/portal/requests/", "/portal/requests/new/", "/portal/documents/"],
            administrator: ["/admin/", "/admin/desk/", "/admin/desk/view/", "/admin/students/"],
        }.items()
        for way in ways
    ]

    assert {answer.status_code for answer in answers} <= {400, 404}
    assert [answer for answer in answers if "<script>alert" in answer.text] == []

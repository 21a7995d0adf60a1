"""The reports for editors: guidance to check again, and links that lead nowhere."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry, get_page_models
from wagtail.snippets.models import get_snippet_models

from isso.home.models import KeyDate
from isso.pages.models import GuidancePage
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff, make_user

REPORTS = [
    "/admin/reports/check-again/",
    "/admin/reports/check-again/results/",
    "/admin/reports/broken-links/",
    "/admin/reports/outside-links/",
    "/admin/reports/aging-pages/",
]


@pytest.fixture
def today():
    with time_machine.travel(dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC), tick=False):
        yield dt.date(2026, 11, 24)


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def person(home):
    return make_staff(Role.EDITOR)


@pytest.fixture
def editor(person):
    return sign_in(person)


@pytest.fixture
def scholars_editor(section, guidance):
    """The browser of an editor of one section, in which one page is overdue."""
    guidance("Arrival", section("For scholars", slug="scholars"), **dates(-5))
    call_command("setup_office", verbosity=0)
    user = make_user("scholars@staff.example", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor: For scholars"))
    return sign_in(user)


def dates(days, **fields):
    """Say when it is due, in days from November 24, 2026; checked half a year before."""
    due = dt.date(2026, 11, 24) + dt.timedelta(days=days)
    return {"review_by": due, "reviewed_on": due - dt.timedelta(days=180)} | fields


def rows(answer):
    return [row.title for row in answer.context["object_list"]]


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR, Role.STUDENT, Role.HR])
@pytest.mark.parametrize("address", REPORTS)
def test_who_edits_no_page_opens_no_report(home, role, address):
    answer = sign_in(make_staff(role)).get(address)

    assert (answer.status_code, answer.url.partition("?")[0]) in [
        (302, "/admin/"),
        (302, "/accounts/login/"),
    ]


@pytest.mark.parametrize("address", REPORTS)
def test_an_editor_opens_every_report_and_finds_it_in_the_menu(editor, address):
    assert editor.get(address).status_code == 200
    if not address.endswith("results/"):
        assert address in editor.get("/admin/").text


def test_what_is_due_is_listed_the_longest_overdue_first(editor, guidance, today):
    for title, days in [("Next year", 300), ("Long ago", -90), ("Tomorrow", 1), ("Yesterday", -1)]:
        guidance(title, **dates(days))
    guidance("A draft", live=False, **dates(-400))

    everything = editor.get("/admin/reports/check-again/")

    assert [(page.title, page.state) for page in everything.context["object_list"]] == [
        ("Long ago", "Overdue"),
        ("Yesterday", "Overdue"),
        ("Tomorrow", ""),
        ("Next year", ""),
    ]
    assert rows(editor.get("/admin/reports/check-again/?due=overdue")) == ["Long ago", "Yesterday"]
    assert rows(editor.get("/admin/reports/check-again/?due=soon")) == ["Tomorrow"]


def test_an_owner_finds_his_own(editor, person, guidance, today):
    guidance("Mine", review_owner=person, **dates(3))
    guidance("Of nobody", **dates(2))

    answer = editor.get(f"/admin/reports/check-again/?owner={person.pk}")

    assert [(page.title, page.guidance_owner) for page in answer.context["object_list"]] == [
        ("Mine", "Office editor")
    ]


def test_an_editor_of_a_section_sees_that_section_alone(scholars_editor, guidance, today):
    travel = guidance("Travel", **dates(-9))

    assert rows(scholars_editor.get("/admin/reports/check-again/")) == ["Arrival"]
    scholars_editor.post(f"/admin/reports/check-again/{travel.pk}/")
    travel.refresh_from_db()
    assert travel.reviewed_on != today


def test_checked_today_it_comes_up_again_after_the_same_span(editor, guidance, today):
    travel = guidance("Travel", body=[], **dates(-9))

    answer = editor.post(f"/admin/reports/check-again/{travel.pk}/", follow=True)

    travel = GuidancePage.objects.get()
    assert (travel.reviewed_on, travel.review_by) == (today, today + dt.timedelta(days=180))
    assert (travel.live, travel.has_unpublished_changes) == (True, False)
    assert [str(each).strip() for each in answer.context["messages"]] == [
        "“Travel” is checked. It comes up again on May 23, 2027."
    ]
    log = PageLogEntry.objects.filter(page=travel.pk).exclude(action="wagtail.create")
    assert sorted(log.values_list("action", flat=True)) == ["pages.checked", "wagtail.publish"]


def test_unfinished_words_are_not_published_by_the_way(editor, person, guidance, today):
    travel = guidance("Travel", **dates(-9))
    travel.in_short = "Half a sen"
    travel.save_revision(user=person)

    answer = editor.post(f"/admin/reports/check-again/{travel.pk}/", follow=True)

    assert [str(each).strip() for each in answer.context["messages"]] == [
        "“Travel” has changes that are not published. Publish them first."
    ]
    assert GuidancePage.objects.get().in_short == "Ask first."


def test_what_is_no_guidance_cannot_be_checked(editor, section):
    assert editor.post(f"/admin/reports/check-again/{section('A').pk}/").status_code == 404
    assert editor.get(f"/admin/reports/check-again/{section('B').pk}/").status_code == 405


def test_no_cell_of_the_export_is_a_formula(editor, guidance, today):
    guidance('=HYPERLINK("//x")', slug="x", maintained_by="+1", **dates(-1))

    answer = editor.get("/admin/reports/check-again/?export=csv")

    text = b"".join(answer.streaming_content).decode()
    assert list(csv.reader(io.StringIO(text)))[1] == [
        '\'=HYPERLINK("//x")',
        "'+1",
        "",
        "2026-05-27",
        "2026-11-23",
    ]


def paragraph(html):
    return [("paragraph", html)]


@pytest.fixture
def targets(section, home):
    """A page that is there, one that is not published, one that was moved."""
    Redirect.objects.create(old_path="/old", redirect_link="/here/")
    return {"here": section("Here"), "draft": section("Draft", live=False)}


ANSWERS = {
    "/here/": "",
    "/here": "",
    "/here/?audience=f1#top": "",
    "/": "",
    "/old/": "",
    "/search/?query=opt": "",
    "/portal/requests/": "",
    "/calendar/hours.ics": "",
    "/draft/": "No page has this address.",
    "/nowhere/": "No page has this address.",
    "//elsewhere.example/": "Write the whole address, beginning with https://.",
    "https://sevis.example.gov/": "",
    "http:///": "The address names no site.",
    "mailto:isso@demo.example": "",
    "#top": "",
}


def test_what_a_typed_address_leads_to(guidance, targets, editor):
    guidance("Links", body=paragraph("".join(f'<a href="{each}">x</a>' for each in ANSWERS)))

    found = editor.get("/admin/reports/broken-links/").context["object_list"]

    assert {link.target: link.problem for link in found} == {
        address: problem for address, problem in ANSWERS.items() if problem
    }


def test_broken_links_of_every_form_are_found(guidance, targets, editor):
    draft, gone = targets["draft"].pk, 987654
    guidance(
        "Travel",
        body=[
            *paragraph(f'<p><a linktype="page" id="{draft}">a</a></p>'),
            *paragraph(f'<p><a linktype="page" id="{gone}">b</a></p>'),
            *paragraph('<p><a linktype="document" id="5">c</a></p>'),
            *paragraph("<p><a>d</a></p>"),
            ("related", {"title": "", "pages": [targets["draft"], targets["here"]]}),
        ],
    )
    KeyDate.objects.create(title="Fall", start="2026-09-01", link="/nowhere/")
    editor_sees = editor.get("/admin/reports/broken-links/").context["object_list"]

    assert [(link.title, link.where, link.target, link.problem) for link in editor_sees] == [
        ("Travel", "Text", "Draft", "The page is not published."),
        ("Travel", "Text", "a page", "The page was deleted."),
        ("Travel", "Text", "a document", "The document was deleted."),
        ("Travel", "Text", "", "The link leads nowhere."),
        ("Travel", "Related pages", "Draft", "The page is not published."),
        ("Fall (2026-09-01)", "link", "/nowhere/", "No page has this address."),
    ]
    assert [editor.get(link.edit_url).status_code for link in editor_sees] == [200] * 6


def test_links_to_other_sites_are_listed_to_be_opened(guidance, editor):
    guidance("Travel", body=paragraph('<a href="https://travel.example.gov/">x</a>'))

    found = editor.get("/admin/reports/outside-links/").context["object_list"]

    assert [(link.title, link.target) for link in found] == [
        ("Travel", "https://travel.example.gov/")
    ]
    assert rows(editor.get("/admin/reports/broken-links/")) == []


def test_links_elsewhere_are_not_shown_to_the_editor_of_a_section(scholars_editor, guidance):
    guidance("Travel", body=paragraph('<a href="/nowhere/">x</a>'))
    KeyDate.objects.create(title="Fall", start="2026-09-01", link="/nowhere/")

    assert rows(scholars_editor.get("/admin/reports/broken-links/")) == []


KINDS = [*get_page_models(), *get_snippet_models()]


@pytest.mark.parametrize(
    ("address", "queries"),
    # The second one reads every kind of page and snippet once.
    [("/admin/reports/check-again/", 12), ("/admin/reports/broken-links/", 11 + len(KINDS))],
)
@pytest.mark.parametrize("pages", [1, 30])
def test_a_report_costs_the_same_for_one_page_and_for_thirty(
    editor, guidance, django_assert_num_queries, address, queries, pages
):
    for number in range(pages):
        guidance(f"Page {number}", body=paragraph('<a href="/nowhere/">x</a>'))
    editor.get(address)

    with django_assert_num_queries(queries):
        editor.get(address)

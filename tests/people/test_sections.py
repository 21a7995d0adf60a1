"""An editor of one section writes there and finds closed doors everywhere else."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from isso.pages.models import SectionPage
from isso.requests.people.roles import Role, may_enter_admin, may_read_cases
from isso.requests.people.sections import section_groups, setup_section_editors
from isso.tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def scholars(home):
    """Two sections with a page in each; this is the first one."""
    sections = [
        home.add_child(instance=SectionPage(title=title, slug=slug))
        for title, slug in [("For scholars", "scholars"), ("For students", "students")]
    ]
    for section in sections:
        section.add_child(instance=SectionPage(title=f"Page {section.title}", slug="page"))
    call_command("setup_office", verbosity=0)
    return SectionPage.objects.get(slug="scholars")


@pytest.fixture
def elsewhere(scholars):
    return SectionPage.objects.get(url_path__endswith="/students/page/")


@pytest.fixture
def person(scholars):
    user = make_user("scholars@staff.example", "Sam Section", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor: For scholars"))
    return user


@pytest.fixture
def editor(person):
    client = Client()
    client.force_login(person)
    return client


def page_data(**fields):
    defaults = {
        "title": "Arrival",
        "slug": "arrival",
        "lede": "",
        "body": streamfield([("paragraph", rich_text("<p>Come in.</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "show_in_menus": "on",
    }
    return nested_form_data(defaults | fields)


def test_each_section_has_a_group_and_setting_up_again_changes_nothing(scholars):
    def everything():
        return (
            sorted(section_groups().values_list("name", "permissions__codename")),
            GroupPagePermission.objects.count(),
            GroupCollectionPermission.objects.count(),
        )

    once = everything()
    setup_section_editors()

    assert everything() == once
    assert once[0] == [
        ("Editor: For scholars", "access_admin"),
        ("Editor: For students", "access_admin"),
    ]


def test_a_renamed_section_keeps_its_people(scholars, person):
    scholars.title = "Scholars and researchers"
    scholars.save()

    setup_section_editors()

    assert [group.name for group in person.groups.all()] == ["Editor: Scholars and researchers"]


def test_the_group_of_a_deleted_section_goes_and_a_new_section_has_one(scholars, home):
    office = Client()
    office.force_login(make_staff(Role.EDITOR))

    page = SectionPage.objects.get(url_path__endswith="/scholars/page/")
    office.post(f"/admin/pages/{page.pk}/delete/")
    office.post(f"/admin/pages/{scholars.pk}/delete/")
    office.post(
        f"/admin/pages/add/pages/sectionpage/{home.pk}/",
        page_data(title="Families", slug="families") | {"action-publish": "1"},
    )

    assert sorted(section_groups().values_list("name", flat=True)) == [
        "Editor: Families",
        "Editor: For students",
    ]


def test_two_sections_of_one_name_have_two_groups(scholars, home):
    home.add_child(instance=SectionPage(title="For scholars", slug="more"))

    setup_section_editors()

    assert section_groups().count() == 3


def test_such_an_editor_is_staff_and_no_more(person):
    assert (may_enter_admin(person), may_read_cases(person)) == (True, False)
    person.is_active = False
    assert not may_enter_admin(person)


def test_in_the_section_pages_are_written_and_changed_but_not_published(editor, scholars):
    editor.post(
        f"/admin/pages/add/pages/sectionpage/{scholars.pk}/",
        page_data() | {"action-publish": "1"},
    )
    arrival = SectionPage.objects.get(slug="arrival")
    editor.post(f"/admin/pages/{arrival.pk}/edit/", page_data(title="Arriving"))

    arrival.refresh_from_db()
    assert (arrival.live, arrival.get_latest_revision_as_object().title) == (False, "Arriving")


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/{page}/edit/",
        "/admin/pages/{page}/copy/",
        "/admin/pages/{page}/move/",
        "/admin/pages/{page}/delete/",
        "/admin/pages/{page}/unpublish/",
        "/admin/pages/{page}/history/",
        "/admin/pages/add/pages/sectionpage/{page}/",
        "/admin/pages/add/pages/sectionpage/{home}/",
        "/admin/pages/{home}/edit/",
        "/admin/pages/workflow/status/{page}/",
        "/admin/snippets/home/alert/",
        "/admin/snippets/home/keydate/add/",
        "/admin/snippets/home/hoursexception/",
        "/admin/snippets/requests/reminder/",
        "/admin/snippets/pages/formentry/",
        "/admin/settings/home/officesettings/",
        "/admin/redirects/",
        "/admin/searchpicks/",
        "/admin/users/",
        "/admin/groups/",
        "/admin/sites/",
        "/admin/workflows/list/",
        "/admin/records/studentrecord/",
    ],
)
def test_elsewhere_every_door_is_shut(editor, elsewhere, home, address):
    url = address.format(page=elsewhere.pk, home=home.pk)

    for answer in (editor.get(url), editor.post(url, page_data() | {"action-publish": "1"})):
        assert answer.status_code in (302, 403, 404)
        assert answer.get("Location", "/admin/") == "/admin/"

    elsewhere.refresh_from_db()
    assert (elsewhere.title, elsewhere.live, elsewhere.get_children().count()) == (
        "Page For students",
        True,
        0,
    )


def test_the_list_and_the_search_of_pages_show_the_section_alone(editor, scholars):
    listing = editor.get("/admin/pages/", follow=True).text
    found = editor.get("/admin/pages/search/results/?q=Page").text

    assert "Page For scholars" in found
    assert "Page For students" not in found + listing


def test_pages_are_not_moved_out_of_the_section_nor_many_at_once(editor, scholars, elsewhere):
    mine = SectionPage.objects.get(url_path__endswith="/scholars/page/")

    editor.post(f"/admin/pages/{mine.pk}/move/{elsewhere.pk}/confirm/")
    for action in ("delete", "move", "unpublish", "publish"):
        editor.post(
            f"/admin/bulk/wagtailcore/page/{action}/?id={elsewhere.pk}&next=/admin/",
            {"chooser": elsewhere.get_parent().pk, "include_descendants": "on"},
        )

    mine.refresh_from_db()
    assert mine.get_parent().pk == scholars.pk
    assert Page.objects.filter(pk=elsewhere.pk, live=True).exists()

"""What each role may do in the admin, and that running the set-up again changes nothing."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from isso.requests.people.roles import Role, may_enter_admin, may_read_cases, setup_roles
from isso.tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


def permissions(role):
    setup_roles()
    return {
        f"{app}.{codename}"
        for app, codename in Permission.objects.filter(group__name=role).values_list(
            "content_type__app_label", "codename"
        )
    }


def test_setting_up_twice_is_setting_up_once(capsys):
    def everything():
        return (
            set(Group.objects.values_list("name", "permissions")),
            GroupPagePermission.objects.count(),
            GroupCollectionPermission.objects.count(),
        )

    call_command("setup_office")
    once = everything()
    call_command("setup_office")

    assert everything() == once
    assert set(Role.values) <= set(Group.objects.values_list("name", flat=True))


def test_setting_up_takes_back_what_was_given_by_hand():
    setup_roles()
    Group.objects.get(name="editor").permissions.add(
        Permission.objects.get(codename="view_studentrecord")
    )

    assert "records.view_studentrecord" not in permissions("editor")


def test_an_editor_holds_nothing_of_the_portal_but_reminders():
    portal = {
        name
        for name in permissions("editor")
        if name.split(".")[0] in {"records", "notices", "people", "requests"}
    }

    assert {name.split("_", 1)[1] for name in portal} == {"reminder"}


@pytest.mark.parametrize("role", ["advisor", "supervisor"])
def test_who_works_on_cases_edits_no_page_and_no_picture(role):
    assert not GroupPagePermission.objects.filter(group__name=role).exists()
    assert not GroupCollectionPermission.objects.filter(group__name=role).exists()
    assert {name.split(".")[0] for name in permissions(role)} <= {
        "wagtailadmin",
        "records",
        "notices",
        "requests",
    }


def test_nobody_may_write_records_or_mails_by_hand():
    written = {
        name
        for role in Role.values
        for name in permissions(role)
        if name.startswith(("records.", "notices.notice")) and ".view_" not in name
    }

    # An import is not a record: it is a file that is compared, read and then confirmed.
    assert written == {"records.add_importrun"}


@pytest.mark.parametrize("role", ["student", "scholar", "department", "compliance", "hr"])
def test_people_outside_the_office_hold_no_admin_permission(role):
    assert permissions(role) == set()


@pytest.mark.parametrize(
    ("role", "admin", "cases"),
    [
        (Role.ADVISOR, True, True),
        (Role.SUPERVISOR, True, True),
        (Role.EDITOR, True, False),
        (Role.STUDENT, False, False),
        (Role.HR, False, False),
    ],
)
def test_doors(role, admin, cases):
    user = make_staff(role)

    assert (may_enter_admin(user), may_read_cases(user)) == (admin, cases)
    user.is_active = False
    assert (may_enter_admin(user), may_read_cases(user)) == (False, False)


def test_one_account_per_address_whatever_its_capitals():
    make_user("Sofia@Demo.Example")

    assert [user.email for user in type(make_user("b@demo.example")).objects.all()] == [
        "sofia@demo.example",
        "b@demo.example",
    ]


PAGES = ["/admin/pages/1/", "/admin/images/", "/admin/documents/", "/admin/snippets/home/alert/"]
CASES = [
    "/admin/records/studentrecord/",
    "/admin/records/recordchange/",
    "/admin/notices/notice/",
]


@pytest.mark.parametrize(
    ("role", "opened"),
    [(Role.EDITOR, PAGES), (Role.ADVISOR, CASES), (Role.SUPERVISOR, CASES), (Role.STUDENT, [])],
)
def test_typing_an_address_opens_only_ones_own_half(client, role, opened):
    client.force_login(make_staff(role))

    assert [
        address for address in PAGES + CASES if client.get(address).status_code == 200
    ] == opened

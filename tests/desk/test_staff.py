"""The staff pages: the list, a new person, one person's account, and who holds which role."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isso.requests.people.account_changes import change_account
from isso.requests.people.models import AccountAct, User
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog
from isso.tests import factories

LIST = "/admin/staff/"
ROLES = f"{LIST}roles/"


@pytest.fixture
def admin(office):
    """An administrator."""
    return User.objects.create_superuser("root@staff.example", full_name="Root Admin")


@pytest.fixture
def root(admin, sign_in):
    """The administrator's browser."""
    return sign_in(admin)


def give(person, role, last_day, by):
    change_account(
        AccountAct.GIVE_ROLE, person, by=by, reason="Cover", role=role, last_day=last_day
    )


def listed(client, query=""):
    """Return address → roles with last days, as the list shows them."""
    return {
        person.email: [(holding.role, holding.last_day) for holding in held]
        for person, held in client.get(LIST + query).context["rows"]
    }


FILTERED = {
    "": {"advisor", "editor", "supervisor", "root"},
    "?shown=closed": {"closed"},
    "?shown=all": {"advisor", "editor", "supervisor", "root", "closed"},
    "?shown=all&role=hr": {"closed"},
    "?role=administrator": {"root"},
    "?role=nonsense&shown=nonsense&page=nonsense": {"advisor", "editor", "supervisor", "root"},
    "?q=OFFICE+ADV": {"advisor"},
    "?q=root@": {"root"},
    "?q=%00": {"advisor", "editor", "supervisor", "root"},
    "?q=amara": set(),
    "?shown=never": {"advisor", "editor"},
    "?shown=unprotected": {"advisor", "editor", "supervisor", "root"},
}


def test_the_list_names_staff_and_partners_and_no_student(admin, root, staff, sign_in):
    factories.make_student("amara@school.example")
    factories.make_staff(Role.HR, email="closed@staff.example")
    User.objects.filter(email="closed@staff.example").update(is_active=False)
    give(staff[Role.EDITOR], "advisor", date(2026, 12, 18), admin)
    sign_in(staff[Role.SUPERVISOR])

    assert listed(root)["editor@staff.example"] == [
        ("advisor", date(2026, 12, 18)),
        ("editor", None),
    ]
    found = {
        query: {email.partition("@")[0] for email in listed(root, query)} for query in FILTERED
    }
    assert found == FILTERED


@pytest.mark.parametrize("address", [LIST, ROLES])
@pytest.mark.parametrize("number", [1, 30])
def test_lists_cost_the_same_queries_for_1_and_30_people(admin, root, address, number):
    for each in range(number):
        person = factories.make_staff(Role.HR, email=f"hr{each}@staff.example")
        give(person, "hr", date(2026, 12, 18), admin)
    root.get(address)

    with CaptureQueriesContext(connection) as queries:
        page = root.get(address).context["page_obj"]

    assert page.paginator.count == number + 1
    assert len(queries) == QUERIES[address]


QUERIES = {LIST: 11, ROLES: 10}


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.EDITOR])
def test_nobody_else_opens_them_and_trying_is_noted(staff, sign_in, role):
    person = staff[Role.SUPERVISOR]
    browser = sign_in(staff[role])
    addresses = (LIST, ROLES, f"{ROLES}?export=csv", f"{LIST}add/", f"{LIST}{person.pk}/")
    for address in addresses:
        assert browser.get(address)["Location"] == "/admin/"
    browser.post(f"{LIST}{person.pk}/close/", {"close-reason": "Because"})

    assert User.objects.get(pk=person.pk).is_active
    refused = AccessLog.objects.filter(user=staff[role], allowed=False)
    assert refused.count() == len(addresses) + 1


def test_who_reads_about_whom_is_noted(staff, supervisor):
    person = staff[Role.ADVISOR]
    for address in (LIST, f"{LIST}{person.pk}/", f"{ROLES}?export=csv"):
        supervisor.get(address)

    assert list(AccessLog.objects.order_by("pk").values_list("what", "object_id", "allowed")) == [
        ("staff", "", True),
        ("account", str(person.pk), True),
        ("roles of staff", "", True),
        ("roles of staff exported", "", True),
    ]


# One person.


def test_a_student_has_no_page_here(supervisor):
    record = factories.make_student()

    assert supervisor.get(f"{LIST}{record.user.pk}/").status_code == 404
    assert supervisor.post(f"{LIST}{record.user.pk}/close/").status_code == 404


NEW = {"email": "hana@school.example", "full_name": "Hana", "roles": ["editor", "hr"]}


def test_from_the_form_to_the_mail_and_back_to_a_closed_account(supervisor, staff):
    answer = supervisor.post(f"{LIST}add/", NEW | {"last_day": "2026-12-18"})
    person = User.objects.get(email="hana@school.example")
    page = f"{LIST}{person.pk}/"
    assert answer["Location"] == page

    supervisor.post(f"{page}take/", {"take-role": "hr", "take-reason": "A mistake"})
    supervisor.post(f"{page}invite/", {"invite-seen": "1"})
    supervisor.post(f"{page}close/", {"close-reason": "Did not come"})

    shown = supervisor.get(page).context
    assert [(each.get_act_display(), role, each.reason) for each, role in shown["history"]] == [
        ("Account closed", "", "Did not come"),
        ("Invitation sent", "", ""),
        ("Role taken", "Human Resources officer", "A mistake"),
        ("Invitation sent", "", ""),
        ("Role given", "Human Resources officer", "New account"),
        ("Role given", "Editor", "New account"),
    ]
    assert [form.act for form in shown["forms"]] == ["give", "take", "sessions", "reopen"]
    assert [(each.role, each.last_day) for each in shown["holdings"]] == [
        ("editor", date(2026, 12, 18))
    ]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"roles": []}, {"roles": ["Choose at least one role."]}),
        ({"last_day": "soon"}, {"last_day": ["Enter a real date, such as 2027-02-14."]}),
        (
            {"last_day": "2026-10-04"},
            {"last_day": ["Enter today or a later day as the last day."]},
        ),
        (
            {"email": "hana"},
            {"email": ["“hana” is no e-mail address. Enter one such as name@example.edu."]},
        ),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(supervisor, typed, errors):
    answer = supervisor.post(f"{LIST}add/", NEW | typed)

    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (422, errors)
    assert form["full_name"].value() == "Hana"
    assert not User.objects.filter(full_name="Hana").exists()


def test_a_mistake_on_the_page_keeps_what_was_typed(supervisor, staff):
    person = staff[Role.ADVISOR]
    sent = {"give-role": "editor", "give-last_day": "2026-10-01", "give-reason": "Web team"}
    answer = supervisor.post(f"{LIST}{person.pk}/give/", sent)

    form = answer.context["forms"][0]
    assert answer.status_code == 422
    assert form.errors == {"last_day": ["Enter today or a later day as the last day."]}
    assert form["reason"].value() == "Web team"
    assert not person.account_changes.exists()


@pytest.mark.parametrize("action", ["ended", "nonsense"])
def test_there_is_no_other_act(supervisor, staff, action):
    assert supervisor.post(f"{LIST}{staff[Role.ADVISOR].pk}/{action}/").status_code == 404


def test_supervisors_are_shown_and_not_changed_by_supervisors(supervisor, staff, root, admin):
    for person, sentence in (
        (staff[Role.SUPERVISOR], "Nobody changes the own account here. Ask a colleague who may."),
        (admin, "Only an administrator changes the account of a supervisor or administrator."),
    ):
        shown = supervisor.get(f"{LIST}{person.pk}/").context
        assert (shown["against"], shown["forms"]) == (sentence, [])
        supervisor.post(f"{LIST}{person.pk}/close/", {"close-reason": "Because"})
    shown = root.get(f"{LIST}{staff[Role.SUPERVISOR].pk}/").context

    assert User.objects.filter(is_active=False).count() == 0
    assert [form.act for form in shown["forms"]] == ["give", "take", "invite", "sessions", "close"]


def test_the_page_of_one_person_stays_within_its_queries(supervisor, staff):
    page = f"{LIST}{staff[Role.ADVISOR].pk}/"
    supervisor.get(page)

    with CaptureQueriesContext(connection) as queries:
        supervisor.get(page)

    assert len(queries) <= 20


# Who holds which role, until when.


def rows(answer):
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_what_ends_soon_comes_first_and_closed_accounts_are_left_out(admin, root, staff):
    give(staff[Role.EDITOR], "editor", date(2026, 11, 4), admin)
    give(staff[Role.ADVISOR], "hr", date(2026, 10, 5), admin)
    give(staff[Role.SUPERVISOR], "hr", date(2026, 11, 5), admin)
    closed = factories.make_staff(Role.HR)
    User.objects.filter(pk=closed.pk).update(is_active=False)

    shown = root.get(ROLES).context["page_obj"]

    assert [(each.person.email.partition("@")[0], each.role, each.ends_soon) for each in shown] == [
        ("advisor", "hr", True),
        ("editor", "editor", True),
        ("root", "administrator", False),
        ("supervisor", "hr", False),
        ("advisor", "advisor", False),
        ("supervisor", "supervisor", False),
    ]


def test_a_role_that_has_run_out_is_none_before_the_worker_runs(admin, root, staff, monday):
    give(staff[Role.EDITOR], "hr", date(2026, 10, 5), admin)
    monday.shift(24 * 3600)
    root.force_login(admin)

    assert listed(root)["editor@staff.example"] == [("editor", None)]


def test_the_file_holds_no_formula(admin, root, staff):
    User.objects.filter(pk=staff[Role.EDITOR].pk).update(full_name="=cmd()")
    give(staff[Role.EDITOR], "editor", date(2026, 10, 9), admin)

    lines = rows(root.get(f"{ROLES}?export=csv"))
    book = b"".join(root.get(f"{ROLES}?export=xlsx").streaming_content)

    assert lines[:2] == [
        ["Name", "E-mail", "Role", "Last day", "Given", "By", "Reason"],
        [
            "'=cmd()",
            "editor@staff.example",
            "Editor",
            "2026-10-09",
            "2026-10-05 10:00",
            "Root Admin",
            "Cover",
        ],
    ]
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row>") == len(lines)


# Wagtail's own pages.


@pytest.mark.parametrize(
    "address",
    [
        "/admin/users/",
        "/admin/users/new/",
        "/admin/users/edit/{}/",
        "/admin/users/delete/{}/",
        "/admin/groups/",
        "/admin/groups/new/",
        "/admin/groups/1/",
    ],
)
def test_wagtails_users_and_groups_are_gone_for_everybody(root, staff, address):
    assert root.get(address.format(staff[Role.EDITOR].pk)).status_code == 404
    assert root.post(address.format(staff[Role.EDITOR].pk)).status_code == 404


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_wagtails_bulk_actions_change_nobody(root, staff, action):
    person = staff[Role.EDITOR]
    group = person.groups.get()
    address = f"/admin/bulk/people/user/{action}/?id={person.pk}"
    for answer in (root.get(address), root.post(address, {"role": group.pk, "mark_as_active": ""})):
        assert answer.status_code == 404

    kept = User.objects.get(pk=person.pk)
    assert (kept.is_active, kept.roles) == (True, {"editor"})


def test_the_own_account_stays(editor):
    assert editor.get("/admin/account/").status_code == 200

"""Who gets into the desk: every role at every address, and what an editor finds of a student."""

import pytest

from isso.requests.models import ApproverDirectoryEntry, Caseload, Reminder, RequestPolicy
from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog, ImportRun
from isso.tests import factories

SECRET = "Okoye"


@pytest.fixture
def case(staff):
    """A CPT request under review."""
    return factories.make_request(None, "cpt", "in_review", staff[Role.ADVISOR])


@pytest.fixture
def things(case, staff):
    """Primary keys for every address of the desk."""
    reminder = Reminder.objects.create(title="Hello", text="Read this.")
    policy = RequestPolicy.objects.create(
        type_key="cpt", target_days=7, citation="Office practice", review_by="2027-01-31"
    )
    caseload = Caseload.objects.create(
        advisor=staff[Role.ADVISOR], letters_from="A", letters_to="K"
    )
    entry = ApproverDirectoryEntry.objects.create(name="Dana Wu", email="wu@demo.example")
    return {
        "case": case.pk,
        "approval": case.approvals.get().pk,
        "reminder": reminder.pk,
        "policy": policy.pk,
        "caseload": caseload.pk,
        "entry": entry.pk,
        "run": ImportRun.objects.create(file_name="students.csv", stage="checked").pk,
    }


# What a GET answers: 200 shown, 302 to somewhere without data, 404, 405 (POST only).
CASES = {"advisor": 200, "supervisor": 200, "admin": 200, "editor": 302, "student": 302, None: 302}
POST_ONLY = CASES | {"advisor": 405, "supervisor": 405, "admin": 405}
BACK_TO_CASE = CASES | {"advisor": 302, "supervisor": 302, "admin": 302}
SUPERVISORS = CASES | {"advisor": 302}
EDITORS = {"editor": 200, "admin": 200} | dict.fromkeys(
    ["advisor", "supervisor", "student", None], 302
)
NOBODY = dict.fromkeys(["advisor", "supervisor", "admin", "editor", "student"], 404) | {None: 302}

ADDRESSES = {
    "/admin/desk/": CASES,
    "/admin/desk/view/late/": CASES,
    "/admin/desk/view/late/?export=csv": CASES,
    "/admin/desk/view/late/?export=xlsx": CASES,
    "/admin/desk/view/nonsense/": CASES
    | dict.fromkeys(["advisor", "supervisor", "admin", "editor", "student"], 404)
    | {"student": 302},
    "/admin/desk/{case}/": CASES,
    "/admin/desk/{case}/assign/": CASES,
    "/admin/desk/{case}/do/approve/": BACK_TO_CASE
    | {"advisor": 200, "supervisor": 200, "admin": 200},
    "/admin/desk/{case}/do/complete/": BACK_TO_CASE,
    "/admin/desk/{case}/note/": BACK_TO_CASE,
    "/admin/desk/{case}/looking/": POST_ONLY,
    "/admin/desk/{case}/message/": BACK_TO_CASE,
    "/admin/desk/{case}/release/": BACK_TO_CASE,
    "/admin/desk/{case}/confirm/{approval}/": POST_ONLY,
    "/admin/desk/inbox/": CASES,
    "/admin/desk/intake/": CASES,
    "/admin/desk/sevis/": CASES,
    "/admin/desk/sevis/{case}/record/": BACK_TO_CASE,
    "/admin/desk/imports/": SUPERVISORS,
    "/admin/desk/imports/{run}/": SUPERVISORS,
    "/admin/desk/imports/{run}/report.csv": SUPERVISORS,
    "/admin/desk/imports/{run}/start/": SUPERVISORS | {"supervisor": 405, "admin": 405},
    "/admin/desk-caseloads/": SUPERVISORS,
    "/admin/desk-caseloads/new/": SUPERVISORS,
    "/admin/desk-caseloads/edit/{caseload}/": SUPERVISORS,
    "/admin/desk-caseloads/delete/{caseload}/": SUPERVISORS,
    "/admin/desk-directory/": CASES,
    "/admin/desk-directory/new/": CASES,
    "/admin/desk-directory/edit/{entry}/": CASES,
    "/admin/desk-directory/delete/{entry}/": SUPERVISORS,
    "/admin/snippets/requests/requestpolicy/": SUPERVISORS,
    "/admin/snippets/requests/requestpolicy/add/": SUPERVISORS,
    "/admin/snippets/requests/requestpolicy/edit/{policy}/": SUPERVISORS,
    "/admin/snippets/requests/reminder/": EDITORS,
    "/admin/snippets/requests/reminder/add/": EDITORS,
    "/admin/snippets/requests/reminder/edit/{reminder}/": EDITORS,
    "/admin/snippets/requests/reminder/test/{reminder}/": EDITORS,
    # What Wagtail would bring for a model and a desk must not have.
    **{
        f"/admin/desk/{address}": NOBODY | {"student": 302}
        for address in (
            "new/",
            "edit/{case}/",
            "delete/{case}/",
            "copy/{case}/",
            "history/{case}/",
            "history-results/{case}/",
            "usage/{case}/",
            "inspect/{case}/",
            "reorder/{case}/",
        )
    },
}


@pytest.fixture
def people(staff, case, sign_in):
    """A browser for everybody: the office, the student and nobody."""
    admin = User.objects.create_superuser("admin@staff.example", "demo", full_name="Admin")
    return {
        None: sign_in(),
        "student": sign_in(case.student.user),
        "admin": sign_in(admin),
        **{str(role): sign_in(user) for role, user in staff.items()},
    }


def test_each_role_gets_what_the_table_says(things, people):
    answers = {
        address: {who: client.get(address.format(**things)) for who, client in people.items()}
        for address in ADDRESSES
    }

    assert {
        address: {who: answer.status_code for who, answer in by_role.items()}
        for address, by_role in answers.items()
    } == ADDRESSES
    for by_role in answers.values():
        for who in ("editor", "student", None):
            assert SECRET not in by_role[who].content.decode()


def test_a_wrong_role_posts_and_nothing_happens(case, people):
    before = (case.state, case.version, case.assignee_id, case.history.count())
    sent = {"version": case.version, "note": "No.", "note-text": "x", "message-text": "x"}

    for who in ("editor", "student", None):
        for action in ("note", "message", "release", "assign", "do/approve", "do/deny"):
            answer = people[who].post(f"/admin/desk/{case.pk}/{action}/", sent)
            assert answer.status_code == 302
            assert answer.url.partition("?")[0] in ("/admin/", "/accounts/login/")

    case.refresh_from_db()
    assert (case.state, case.version, case.assignee_id, case.history.count()) == before
    assert (case.case_notes.count(), case.messages.count()) == (0, 0)


def test_every_reading_and_every_refused_attempt_is_written_down(case, staff, advisor, editor):
    AccessLog.objects.all().delete()

    advisor.get(f"/admin/desk/{case.pk}/")
    editor.get(f"/admin/desk/{case.pk}/")

    assert list(
        AccessLog.objects.order_by("pk").values_list("user", "what", "object_id", "allowed")
    ) == [
        (staff[Role.ADVISOR].pk, "case", case.reference, True),
        (staff[Role.EDITOR].pk, "case", str(case.pk), False),
    ]


def test_a_draft_is_nobodys_but_the_students(office, staff, advisor):
    draft = factories.make_draft(factories.make_student(), fill=False)

    for address in ("", "assign/", "do/approve/"):
        assert advisor.get(f"/admin/desk/{draft.pk}/{address}").status_code == 404
    assert draft.reference not in advisor.get("/admin/desk/view/all/").content.decode()


def test_nobody_of_the_office_decides_on_a_request_of_ones_own(staff, sign_in):
    own = factories.make_student("double@staff.example")
    own.user.groups.set(staff[Role.ADVISOR].groups.all())
    own_request = factories.make_request(own, "reprint", "submitted")
    client = sign_in(User.objects.get(pk=own.user.pk))

    # One reads one's own request as a student does, without what colleagues note about it.
    assert client.get(f"/admin/desk/{own_request.pk}/").status_code == 404
    assert list(client.get("/admin/desk/view/all/").context["rows"]) == []
    assert client.get(f"/admin/desk/{own_request.pk}/do/start_review/").status_code == 404
    answer = client.post(
        f"/admin/desk/{own_request.pk}/do/start_review/", {"version": own_request.version}
    )
    own_request.refresh_from_db()
    assert (answer.status_code, own_request.state) == (404, "submitted")


IN_THE_EDITORS_REACH = (
    "/admin/",
    "/admin/pages/",
    "/admin/pages/search/?q=Okoye",
    "/admin/api/main/pages/?search=Okoye",
    "/admin/reports/site-history/",
    "/admin/reports/site-history/results/",
    "/admin/snippets/",
    "/admin/documents/?q=Okoye",
    "/admin/images/?q=Okoye",
    "/admin/documents/chooser/?q=Okoye",
    "/admin/choose-page/search/?q=Okoye",
    "/admin/snippets/requests/reminder/?q=Okoye",
    "/admin/reports/workflow/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/records/studentrecord/",
    "/admin/records/recordchange/",
    "/admin/desk/readings/",
    "/admin/notices/notice/",
    "/admin/snippets/notices/mailwording/",
)


def test_an_editor_finds_no_student_anywhere_in_the_admin(case, editor):
    for address in IN_THE_EDITORS_REACH:
        answer = editor.get(address)
        words = answer.content.decode()

        assert answer.status_code in (200, 302, 404)
        for secret in ("Amara", case.reference, case.student.email, case.student.sevis_id):
            assert secret not in words

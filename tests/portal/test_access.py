"""Every address of the portal against everybody whom it does not concern."""

import uuid

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver, reverse

from isso.requests.models import Document, StudentRequest
from isso.requests.people.roles import Role, setup_roles
from isso.requests.records.models import AccessLog
from isso.tests import factories

# Name → (method, arguments) of every address; the approver's have a rule and tests of their own.
ADDRESSES = {
    "portal_welcome": ("get", ()),
    "portal_own_dates": ("get", ()),
    "portal_profile": ("get", ()),
    "portal_travel": ("get", ()),
    "portal_changes": ("get", ()),
    "portal_copy": ("get", ()),
    "portal_requests": ("get", ()),
    "portal_start": ("get", ("cpt",)),
    "portal_why": ("get", ()),
    "portal_request": ("get", ("reference",)),
    "portal_page": ("get", ("reference", "reason")),
    "portal_autosave": ("get", ("reference", "reason")),
    "portal_check": ("get", ("reference",)),
    "portal_upload": ("post", ("reference", "files")),
    "portal_remove_upload": ("post", ("reference", "document")),
    "portal_action": ("post", ("reference", "discard")),
    "portal_move_to_new_form": ("post", ("reference",)),
    "portal_message": ("post", ("reference",)),
    "portal_ask_when": ("post", ("reference",)),
    "portal_messages": ("get", ()),
    "portal_mail_choice": ("get", ()),
    "portal_document": ("get", ("document",)),
    "portal_send_document": ("get", ()),
}
OF_ONE_REQUEST = [name for name, (_m, args) in ADDRESSES.items() if "reference" in args]
TABS = [
    *("portal_welcome", "portal_profile", "portal_travel", "portal_requests", "portal_start"),
    "portal_changes",
    "portal_copy",
    "portal_messages",
    "portal_own_dates",
    "portal_why",
]


@pytest.fixture
def draft(student):
    """A complete draft of the student."""
    return factories.make_draft(student)


def ask(client, name, draft, method=None, reference=None, document=None):
    """Open one address with the parts of this draft, or of what does not exist."""
    declared, parts = ADDRESSES[name]
    known = {
        "reference": reference or draft.reference,
        "document": document or Document.objects.first().pk,
    }
    address = reverse(name, args=[known.get(part, part) for part in parts])
    return getattr(client, method or declared)(address)


def test_every_address_has_its_line_in_the_table():
    portal = next(each for each in get_resolver().url_patterns if str(each.pattern) == "portal/")
    names = {each.name for each in portal.url_patterns}

    # Departments, approvals, reminders, letters and the copy itself have tables of their own.
    elsewhere = (
        *(
            "portal_department",
            "portal_approval",
            "portal_office_approval",
            "portal_put_away",
            "portal_letter",
        ),
        *("letter_check", "portal_copy_file"),
    )
    assert {name for name in names if not name.startswith(elsewhere)} == set(ADDRESSES)


# A script asks for autosave and is told 401 (tests/portal/test_autosave.py).
@pytest.mark.parametrize("name", sorted(ADDRESSES.keys() - {"portal_autosave"}))
def test_who_is_not_signed_in_goes_to_sign_in_and_back(client, draft, name):
    answer = ask(client, name, draft)

    assert answer.status_code == 302
    way, _query, back = answer.url.partition("?next=")
    assert way == "/accounts/login/"
    method = ADDRESSES[name][0]
    # What was posted is gone after signing in, so the way back leads to its request.
    assert back == (
        answer.wsgi_request.path if method == "get" else f"/portal/requests/{draft.reference}/"
    )


@pytest.mark.parametrize("name", OF_ONE_REQUEST)
@pytest.mark.parametrize("who", ["neighbor", "stranger", Role.EDITOR, Role.ADVISOR])
def test_nobody_else_gets_a_request_and_the_attempt_is_noted(client, draft, name, who):
    user = _somebody(who)
    client.force_login(user)
    before = StudentRequest.objects.values().get()

    answer = ask(client, name, draft)
    unknown = ask(client, name, draft, reference="2222-2222")

    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert draft.reference not in answer.content.decode()
    assert StudentRequest.objects.values().get() == before
    assert list(
        AccessLog.objects.order_by("pk").values_list("user", "what", "object_id", "allowed")
    ) == [
        (user.pk, "request", draft.reference, False),
        (user.pk, "request", "2222-2222", False),
    ]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("who", ["neighbor", "stranger", Role.EDITOR, Role.ADVISOR])
def test_nobody_else_gets_a_file_of_a_draft(client, draft, who, method):
    user = _somebody(who)
    client.force_login(user)
    document, nothing = Document.objects.first().pk, uuid.uuid4()

    answer = ask(client, "portal_document", draft, method)
    unknown = ask(client, "portal_document", draft, method, document=nothing)

    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert set(AccessLog.objects.values_list("user", "what", "object_id", "allowed")) == {
        (user.pk, "document", str(document), False),
        (user.pk, "document", str(nothing), False),
    }


def _somebody(who):
    if who == "neighbor":
        return factories.make_student("neighbor@school.example").user
    if who == "stranger":
        return factories.make_user("stranger@school.example")
    return factories.make_staff(who)


@pytest.mark.parametrize("name", TABS)
@pytest.mark.parametrize(
    ("who", "way_out"),
    [(Role.EDITOR, "/admin/"), (Role.ADVISOR, "/admin/"), ("stranger", "/contact/")],
)
def test_people_without_a_record_are_told_where_their_place_is(client, draft, name, who, way_out):
    client.force_login(_somebody(who))

    answer = ask(client, name, draft)

    assert answer.status_code == 403
    assert f'class="button" href="{way_out}"' in answer.content.decode()
    assert "Okoye" not in answer.content.decode()


def test_a_department_s_person_is_told_where_the_own_page_is(client, db):
    client.force_login(factories.make_staff(Role.DEPARTMENT))

    answer = client.get("/portal/requests/")

    assert answer.status_code == 403
    assert 'class="button" href="/portal/department/"' in answer.content.decode()


@pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.HR])
def test_who_decides_for_another_office_is_told_where_its_list_is(client, role, db):
    client.force_login(factories.make_staff(role))

    answer = client.get("/portal/")

    assert answer.status_code == 403
    page = answer.content.decode()
    assert 'class="button" href="/portal/approvals/"' in page
    assert "we look for your record" not in page


# Whoever is here has no steps before the arrival (tests/portal/test_before_arrival.py).
@pytest.mark.parametrize(
    "name",
    [name for name, (how, _p) in ADDRESSES.items() if how == "get" and name != "portal_own_dates"],
)
def test_no_page_is_kept_by_anybody(client, draft, name):
    client.force_login(draft.student.user)

    answer = ask(client, name, draft)
    b"".join(answer)

    assert answer.status_code == 200
    kept = {part.strip() for part in answer["Cache-Control"].split(",")}
    assert {"private", "no-store"} <= kept


@pytest.mark.parametrize(
    ("name", "method"),
    [(name, "post") for name in ["portal_start", "portal_page", "portal_check"]]
    + [(name, how) for name, (how, _parts) in ADDRESSES.items() if how == "post"],
)
def test_nothing_is_done_for_a_post_from_elsewhere(draft, name, method):
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.force_login(draft.student.user)
    before = StudentRequest.objects.values().get()

    assert ask(elsewhere, name, draft, method).status_code == 403
    assert StudentRequest.objects.values().get() == before


def test_a_student_who_works_at_the_desk_sees_his_own_draft(client, draft):
    setup_roles()
    draft.student.user.groups.add(Group.objects.get(name=Role.ADVISOR))
    client.force_login(draft.student.user)

    assert ask(client, "portal_request", draft).status_code == 200


def test_an_advisor_opens_a_file_that_was_sent_and_it_is_noted(client, student):
    made = factories.make_request(student, state="submitted")
    advisor = factories.make_staff()
    client.force_login(advisor)

    answer = ask(client, "portal_document", made)
    b"".join(answer)

    assert answer.status_code == 200
    assert AccessLog.objects.values_list("user", "allowed").get() == (advisor.pk, True)


def test_a_file_leaves_as_a_download_that_runs_nothing(portal, draft):
    document = Document.objects.get(slot="passport")
    Document.objects.filter(pk=document.pk).update(original_name="paß “scan”.pdf")

    answer = portal.get(document.get_absolute_url())

    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''pa%C3%9F%20%E2%80%9Cscan%E2%80%9D.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_discarded_draft_is_gone_for_its_student_too(portal, draft):
    portal.post(reverse("portal_action", args=[draft.reference, "discard"]), {"confirmed": "1"})

    assert ask(portal, "portal_request", draft).status_code == 404

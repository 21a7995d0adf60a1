"""Who sees a department's request: its people, the office, each other office at its own step."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.approvals import check_approver
from isso.requests.conversation import send_message
from isso.requests.copy_making.asked import requests_part
from isso.requests.models import ApproverDirectoryEntry, Document, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.departments import end_membership, give_departments
from isso.requests.people.models import User
from isso.requests.people.role_terms import take_role
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed, perform
from isso.requests.queues import own_requests
from isso.requests.records.files import checked_upload
from isso.requests.records.models import AccessLog
from isso.requests.releasing import release_document
from isso.requests.views.documents import documents_of
from isso.tests import factories
from isso.tests.approver.links import address
from isso.tests.departments.conftest import again, agree, browser, in_review, proposal, sent


@pytest.fixture
def made(people):
    """A request of Biology that waits for Research Compliance, with two files and a message."""
    draft = proposal(people.grace)
    actor = Actor.for_student(people.grace)
    for slot in draft.type.slots:
        drafting.attach(draft, slot, factories.pdf_file(f"{slot.name}.pdf"), actor)
    made = sent(StudentRequest.objects.get(pk=draft.pk), people.grace)
    send_message(made, "When will it be done?", Actor.for_student(people.grace))
    return made


@pytest.fixture
def scholar(people, made):
    """The scholar, invited after the approval and signed in once."""
    in_review(made, people.advisor)
    perform(made, "approve", Actor.for_user(people.advisor))
    made.refresh_from_db()
    return User.objects.get(email="sana@lab.example")


def status(client, page):
    """What an address answers; a file is read to its end."""
    answer = client.get(page)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def addresses(made):
    """The addresses of the request and its files in the portal."""
    own = made.get_absolute_url()
    files = [f"/portal/documents/{each.pk}/" for each in made.documents.all()]
    return [own, f"{own}check/", f"{own}edit/project/", *files]


def statuses(user, made):
    """What each address answers to somebody; a locked page sends back to the request."""
    client = browser(again(user))
    return [status(client, each) for each in addresses(made)]


OWN = [200, 302, 302, 200, 200]
NOTHING = [404] * 5


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("grace", OWN),
        ("ben", OWN),
        ("rosa", NOTHING),
        ("compliance", NOTHING),
        ("hr", NOTHING),
        # The office reads it at the desk.
        ("advisor", [404, 404, 404, 200, 200]),
    ],
)
def test_who_opens_it_in_the_portal(people, made, who, expected):
    assert statuses(getattr(people, who), made) == expected


def test_its_scholar_never_sees_it(people, made, scholar):
    assert statuses(scholar, made) == NOTHING
    assert [each.type_key for each in own_requests(made.student)] == ["own_half"]
    record = scholar.record
    assert documents_of(record).uploads == documents_of(record).released == []
    [entry] = requests_part(record).entries
    assert entry.title.startswith("Your own half")
    assert list(Document.objects.visible_to(scholar)) == []
    mails = Notice.objects.filter(recipient=scholar.email).values_list("key", flat=True)
    assert list(mails) == ["welcome_invitation"]
    page = browser(again(scholar)).get("/portal/requests/").content.decode()
    assert "Sponsorship" not in page


def test_the_department_never_sees_what_is_its_scholars(people, made, scholar):
    half = made.followers.get()
    passport = Document.objects.keep(
        checked_upload(factories.pdf_file("passport.pdf")),
        student=made.student,
        student_request=half,
        origin=Document.Origin.STUDENT,
        slot="passport",
        title="Passport",
    )
    ds2019 = release_document(
        made,
        factories.pdf_file("ds2019.pdf"),
        "DS-2019",
        Actor.for_user(people.advisor),
        kind="ds2019",
    )

    client = browser(again(people.grace))
    assert client.get(half.get_absolute_url()).status_code == 404
    assert [status(client, f"/portal/documents/{each.pk}/") for each in (passport, ds2019)] == [
        404,
        404,
    ]
    assert status(browser(again(scholar)), f"/portal/documents/{ds2019.pk}/") == 200
    released = Notice.objects.filter(key="document_released")
    assert list(released.values_list("recipient", flat=True)) == ["sana@lab.example"]


# How somebody loses a department.
LOSSES = {
    "the membership": lambda user: end_membership(user.departments.get(), by=user),
    "the role": lambda user: take_role(
        user, Group.objects.get(name=Role.DEPARTMENT), by=None, reason="Left"
    ),
    "the account": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)
def test_who_leaves_in_the_middle_goes_no_further_and_nothing_is_lost(people, lose):
    draft = proposal(people.grace)
    page = draft.type.pages[0]
    lose(people.grace)
    gone = again(people.grace)
    with pytest.raises(NotAllowed):
        drafting.save_page(draft, page, {"project": "Other"}, Actor.for_student(gone))
    assert list(StudentRequest.objects.own(gone)) == []

    kept = StudentRequest.objects.own(again(people.ben)).get()
    assert (kept.pk, kept.answers["project"]) == (draft.pk, "Enzymes")
    assert sent(kept, people.ben).state == "approver_review"


def test_the_office_sees_it_once_sent_and_decides_on_what_it_entered(people):
    draft = proposal(people.advisor)
    other = factories.make_staff(Role.SUPERVISOR)
    visible = StudentRequest.objects.visible_to
    assert list(visible(other)) == list(visible(people.advisor)) == []

    made = in_review(sent(draft, people.advisor), people.advisor)
    assert list(StudentRequest.objects.visible_to(other)) == [made]
    made = perform(made, "approve", Actor.for_user(people.advisor))
    assert made.state == "approved"


def test_an_advisor_of_that_department_reads_it_as_its_member_alone(people, made):
    give_departments(people.advisor, ["Biology"], by=None, reason="Test")
    advisor = again(people.advisor)
    assert list(StudentRequest.objects.visible_to(advisor)) == []
    assert list(StudentRequest.objects.own(advisor)) == [made]
    assert browser(advisor).get(f"/admin/desk/cases/{made.pk}/").status_code == 404


def test_an_office_sees_by_account_what_waits_for_it_and_nothing_else(people, made):
    def rows(user):
        answer = browser(again(user)).get("/portal/approvals/")
        return [row["reference"] for row in answer.context.get("rows") or ()]

    def page(user, approval):
        return browser(again(user)).get(f"/portal/approvals/office/{approval.pk}/").status_code

    vetting = made.current_approval
    assert (rows(people.compliance), rows(people.hr)) == ([made.reference], [])
    assert [page(each, vetting) for each in (people.compliance, people.hr, people.grace)] == [
        200,
        404,
        404,
    ]
    made = agree(made, result="clear")
    hiring = made.current_approval
    assert (rows(people.compliance), rows(people.hr)) == ([], [made.reference])
    assert [page(people.compliance, each) for each in (vetting, hiring)] == [404, 404]
    assert page(people.hr, hiring) == 200
    take_role(people.hr, Group.objects.get(name=Role.HR), by=None, reason="Left")
    assert (rows(people.hr), page(people.hr, hiring)) == ([], 404)


def test_each_step_shows_its_own_answers_and_files(people, made):
    cv, offer = (made.documents.get(slot=slot) for slot in ("cv", "offer"))

    def seen(user):
        approval = StudentRequest.objects.get(pk=made.pk).current_approval
        by_account = f"/portal/approvals/office/{approval.pk}/"
        found = []
        for client, page in ((browser(again(user)), by_account), (Client(), address(approval))):
            html = client.get(page).content.decode()
            files = [status(client, f"{page}documents/{each.pk}/") for each in (cv, offer)]
            found.append(("Enzymes" in html, "Secret pay" in html, *files))
        assert "Forward" not in html
        return found

    assert seen(people.compliance) == [(True, False, 200, 404)] * 2
    agree(made, result="clear")
    assert seen(people.hr) == [(False, True, 404, 200)] * 2
    assert set(
        AccessLog.objects.filter(user=people.hr, what="approval").values_list("record", flat=True)
    ) == {made.student_id}


def test_a_colleague_decides_by_account_and_the_history_says_who(people, made):
    page = f"/portal/approvals/office/{made.current_approval_id}/"
    client = browser(again(people.compliance))
    typed = {
        "decision": "endorse",
        "result": "clear",
        "comment": "",
        "decided_name": "Office compliance",
        "decided_title": "Officer",
        "step": "confirm",
    }
    assert client.post(page, typed | {"result": ""}).status_code == 422
    assert client.post(page, typed | {"decision": "not_me"}).status_code == 422
    assert client.post(page, typed).status_code == 200

    made.refresh_from_db()
    entry = made.history.last()
    assert (entry.action, entry.actor_user, made.office_asked) == (
        "endorse",
        people.compliance,
        "hr",
    )
    # The page of a colleague who opened it before is there no more.
    assert client.post(page, typed).status_code == 404


def test_who_is_concerned_does_not_decide_for_an_office(people, made):
    give_departments(people.compliance, ["Biology"], by=None, reason="Test")
    officer = browser(again(people.compliance))
    assert officer.get("/portal/approvals/").context["rows"] == []
    assert officer.get(f"/portal/approvals/office/{made.current_approval_id}/").status_code == 404


def test_messages_go_to_the_department_and_to_nobody_else(people, made):
    send_message(made, "Next week.", Actor.for_user(people.advisor))
    to = Notice.objects.filter(key="message_from_office").values_list("recipient", flat=True)
    assert list(to) == ["grace@school.example"]
    for user in (people.rosa, people.compliance):
        with pytest.raises(NotAllowed):
            send_message(made, "Hello", Actor.for_student(again(user)))


def test_people_do_not_ask_for_what_departments_ask(people):
    student = factories.make_student()
    with pytest.raises(NotAllowed):
        drafting.start(student, "sponsorship", Actor.for_student(student.user), start_key="x")
    client = browser(student.user)
    assert client.get("/portal/requests/new/sponsorship/").status_code == 404
    assert client.post("/portal/requests/new/sponsorship/").status_code == 404
    assert "Sponsorship" not in client.get("/portal/requests/").content.decode()
    with pytest.raises(NotAllowed):
        drafting.start(
            student, "reprint", Actor.for_student(people.grace), start_key="x", department="Biology"
        )


def test_a_mailbox_of_an_office_is_nobodys_advisor(people):
    student = factories.make_student()
    with pytest.raises(ValidationError):
        check_approver("X", "vetting@demo.example", student, listed_only=True)
    assert list(ApproverDirectoryEntry.objects.for_department("Biology")) == []

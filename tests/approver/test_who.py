"""Who may be asked for an approval, and whom the office confirms first."""

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from isso.requests.actor import Actor
from isso.requests.approvals import check_approver, confirm_approver
from isso.requests.models import ApproverDirectoryEntry, Caseload, HistoryEntry
from isso.requests.perform import perform
from isso.tests import factories
from isso.tests.approver.links import decide

OWN = "This is your own address. Enter your advisor’s."
STUDENT = "This is a student’s address. Enter your advisor’s."
FOREIGN = "Enter a university address (demo.example)."
BROKEN = "Enter an address such as name@example.edu."

ADDRESSES = [
    ("rivera@demo.example", ""),
    ("  Rivera@DEMO.Example ", ""),
    ("me@demo.example", OWN),
    ("ME@Demo.Example", OWN),
    ("second@demo.example", OWN),
    ("Private@demo.example", OWN),
    ("neighbor@demo.example", STUDENT),
    ("Neighbor@demo.example", STUDENT),
    ("applicant@demo.example", STUDENT),
    ("at-home@demo.example", STUDENT),
    ("rivera@dem0.example", FOREIGN),
    ("rivera@demo.example.evil.example", FOREIGN),
    ("rivera@sub.demo.example", FOREIGN),
    ("rivera@gmail.com", FOREIGN),
    ("known@hospital.example", ""),
    ("Known@Hospital.example", ""),
    ("gone@hospital.example", FOREIGN),
    ("rivera", BROKEN),
    ("rivera@demo.example\nbcc: x@demo.example", BROKEN),
    ("", BROKEN),
    (f"{'r' * 241}@demo.example", ""),
    (f"{'r' * 242}@demo.example", BROKEN),
]


@pytest.fixture
def student(db):
    """A student with three addresses, a neighbor, an applicant without account, a directory."""
    factories.make_student("neighbor@demo.example", personal_email="At-Home@demo.example")
    applicant = factories.make_student("applicant@demo.example")
    applicant.user = None
    applicant.save()
    for email, active in (("known@hospital.example", True), ("gone@hospital.example", False)):
        ApproverDirectoryEntry.objects.create(name="Dr. X", email=email, is_active=active)
    record = factories.make_student("me@demo.example")
    record.email, record.personal_email = "second@demo.example", "private@demo.example"
    record.save()
    return record


@pytest.mark.parametrize(("email", "sentence"), ADDRESSES)
@override_settings(APPROVER_EMAIL_DOMAINS=["demo.example"])
def test_who_may_be_named(student, email, sentence):
    try:
        check_approver("Paula Rivera", email, student)
        said = ""
    except ValidationError as error:
        said = error.message_dict["approver_email"][0]

    assert said == sentence


def test_a_name_is_needed(student):
    with pytest.raises(ValidationError) as refusal:
        check_approver("  ", "rivera@demo.example", student)

    assert refusal.value.message_dict == {"approver_name": ["Enter the name of your advisor."]}


def approve(waiting, advisor):
    """Let an advisor review and approve what the approver has decided."""
    perform(waiting, "start_review", advisor)
    return perform(waiting, "approve", advisor, note="All is well.")


def test_a_known_approver_needs_no_confirmation(client, waiting, link):
    ApproverDirectoryEntry.objects.create(name="Paula Rivera", email="Rivera@demo.example")
    decide(client, link)

    assert approve(waiting, Actor.for_user(factories.make_staff())).state == "approved"


def test_an_unknown_approver_is_confirmed_by_the_office_first(client, waiting, link):
    advisor = Actor.for_user(factories.make_staff())
    decide(client, link)

    with pytest.raises(ValidationError) as refusal:
        approve(waiting, advisor)

    assert refusal.value.messages == [
        "Confirm first that the person who approved is entitled to do so."
    ]
    waiting.refresh_from_db()
    approval = waiting.approvals.get()
    with pytest.raises(PermissionError):
        confirm_approver(approval, Actor.for_user(waiting.student.user))
    confirm_approver(approval, advisor)
    assert perform(waiting, "approve", advisor).state == "approved"
    entry = HistoryEntry.objects.get(action="confirm_approver")
    assert entry.note == "Paula Rivera <rivera@demo.example>"


def test_a_request_without_an_advisor_of_its_letter_waits_unassigned(client, waiting, link):
    advisor = factories.make_staff()
    Caseload.objects.create(advisor=advisor, letters_from="P", letters_to="Z")
    decide(client, link)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.assignee) == ("submitted", None)

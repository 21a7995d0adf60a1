"""Forward to a colleague: the question changes hands, and everybody concerned knows."""

import pytest
from django.core.exceptions import ValidationError

from isso.requests.actor import Actor
from isso.requests.models import Approval, ApproverDirectoryEntry, HistoryEntry, RequestPolicy
from isso.requests.notices.models import Notice
from isso.requests.perform import perform
from isso.tests import factories
from isso.tests.approver.links import address, decide

HALE = {"approver_name": "Tom Hale", "approver_email": "hale@demo.example"}


@pytest.fixture(autouse=True)
def _domain(settings):
    settings.APPROVER_EMAIL_DOMAINS = ["demo.example"]


def test_the_colleague_gets_the_mail_the_old_link_dies_and_the_student_is_told(
    client, waiting, link
):
    answer = client.post(f"{link}forward/", HALE)

    waiting.refresh_from_db()
    new, entry = waiting.current_approval, HistoryEntry.objects.get(action="forward")
    told = Notice.objects.get(key="approver_forwarded")
    assert "Tom Hale has the request now" in answer.content.decode()
    assert (new.email, new.step, new.revision, new.forwarded_by) == (
        "hale@demo.example",
        0,
        1,
        "Paula Rivera <rivera@demo.example>",
    )
    assert Approval.objects.get(email="rivera@demo.example").outcome == "replaced"
    assert client.get(link).status_code == 410
    assert client.get(address(new)).status_code == 200
    assert Notice.objects.filter(key="approver_request", recipient=new.email).count() == 1
    assert told.recipient == "student@school.example"
    assert (
        "Paula Rivera has handed your request “Curricular Practical Training (CPT)” to a "
        "colleague. Tom Hale has it now" in told.redacted().text
    )
    assert (entry.actor_label, entry.note, entry.note_is_shown) == (
        "Paula Rivera",
        "Tom Hale",
        True,
    )


def test_the_student_sees_who_has_it_now(client, waiting, link):
    client.post(f"{link}forward/", HALE)
    client.force_login(waiting.student.user)

    html = client.get(waiting.get_absolute_url()).content.decode()
    assert "Tom Hale got the request on October 5" in html
    assert "Handed to a colleague" in html


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        (
            {"approver_email": "rivera@demo.example"},
            "approver_email",
            "This is your own address. Enter your colleague’s.",
        ),
        (
            {"approver_email": "student@school.example"},
            "approver_email",
            "This is the student’s own address. Enter your colleague’s.",
        ),
        (
            {"approver_email": "x@gmail.com"},
            "approver_email",
            "Enter a university address (demo.example).",
        ),
        ({"approver_name": ""}, "approver_name", "Fill in: Name of your colleague"),
    ],
)
def test_a_wrong_person_is_refused_at_the_field_and_nothing_moves(
    client, link, changes, name, sentence
):
    answer = client.post(f"{link}forward/", HALE | changes)

    assert answer.status_code == 422
    assert answer.context["form"][name].error_lines == [sentence]
    assert Approval.objects.get().outcome == "waiting"


def test_it_changes_hands_three_times_at_most(client, waiting, link):
    for number in range(3):
        client.post(f"{link}forward/", HALE | {"approver_email": f"a{number}@demo.example"})
        waiting.refresh_from_db()
        link = address(waiting.current_approval)

    answer = client.post(f"{link}forward/", HALE)

    assert answer.status_code == 422
    assert "was forwarded 3 times already" in answer.content.decode()
    assert Approval.objects.count() == 4


def test_looking_forwards_nothing_and_a_student_cannot(client, waiting, link):
    assert client.get(f"{link}forward/").status_code == 200
    client.force_login(waiting.student.user)
    assert client.post(f"{link}forward/", HALE).status_code == 403
    assert Approval.objects.get().outcome == "waiting"


def test_who_got_it_by_forwarding_is_asked_again_after_a_return(client, waiting, link):
    client.post(f"{link}forward/", HALE)
    waiting.refresh_from_db()
    decide(
        client, address(waiting.current_approval), decision="return_to_student", comment="Course?"
    )
    waiting.refresh_from_db()
    waiting = perform(
        waiting,
        "resubmit",
        Actor.for_user(waiting.student.user),
        attestations=factories.everything_attested(waiting),
    )

    assert waiting.current_approval.email == "hale@demo.example"


def test_with_the_directory_only_its_people_can_be_chosen(client, waiting, link):
    RequestPolicy.objects.create(
        type_key="cpt",
        target_days=7,
        approvers="directory",
        citation="Office",
        review_by="2027-01-01",
        live=True,
    )
    entry = ApproverDirectoryEntry.objects.create(name="Dean Park", email="park@hospital.example")

    page = client.get(f"{link}forward/")
    assert "park@hospital.example" not in page.content.decode()
    refused = client.post(f"{link}forward/", HALE)
    assert refused.context["form"]["approver_email"].error_lines == [
        "Choose a person from the list."
    ]
    client.post(f"{link}forward/", {"approver_email": str(entry.pk)})
    waiting.refresh_from_db()
    assert (waiting.current_approval.name, waiting.current_approval.is_in_directory) == (
        "Dean Park",
        True,
    )


def test_the_door_knows_the_limits_itself(waiting):
    with pytest.raises(ValidationError):
        perform(
            waiting,
            "forward",
            Actor.for_approval(waiting.current_approval),
            name="Me",
            email="rivera@demo.example",
        )

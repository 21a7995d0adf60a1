"""Who may be named: by policy anybody of the school, or only people of the directory."""

import pytest
from django.http import QueryDict

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.answers import situation_of
from isso.requests.models import Approval, ApproverDirectoryEntry, RequestPolicy, StudentRequest
from isso.requests.perform import perform
from isso.requests.preconditions import problems_of
from isso.requests.registry import folder_types
from isso.requests.type_forms.approver import ApproverForm
from isso.tests import factories

CHOOSE = "Choose a person from the list."


def ask_directory(type_key="cpt"):
    """Let the office accept only people of the directory."""
    return RequestPolicy.objects.create(
        type_key=type_key,
        target_days=7,
        approvers="directory",
        citation="Office",
        review_by="2027-01-01",
        live=True,
    )


@pytest.fixture
def directory(office):
    """Two people of the student's department, one of the school, three who are not offered."""
    ask_directory()
    people = {
        "Ada Diaz": "Data Science",
        "Ben Frei": "data science",
        "Dean Park": "",
        "Eva Wolf": "Biology",
    }
    for name, department in people.items():
        email = f"{name.split()[0].lower()}@hospital.example"
        ApproverDirectoryEntry.objects.create(name=name, email=email, department=department)
    ApproverDirectoryEntry.objects.create(
        name="Gone Gray", email="gone@hospital.example", is_active=False
    )
    return {each.name: str(each.pk) for each in ApproverDirectoryEntry.objects.all()}


@pytest.fixture
def draft(directory):
    """A whole draft, but for the approver, who was typed before the policy changed."""
    return factories.make_draft(factories.make_student(department="Data Science"), "cpt")


def page_of(made):
    return f"/portal/requests/{made.reference}/edit/approver/"


def test_the_department_s_people_and_the_school_s_are_offered_without_their_addresses(
    client, draft
):
    client.force_login(draft.student.user)
    html = client.get(page_of(draft)).content.decode()

    found = [
        name for name in ("Ada Diaz", "Ben Frei", "Dean Park", "Eva Wolf", "Gone") if name in html
    ]
    assert found == ["Ada Diaz", "Ben Frei", "Dean Park"]
    assert "hospital.example" not in html
    assert 'name="approver_name"' not in html


@pytest.mark.parametrize("typed", ["rivera@demo.example", "ada@hospital.example", "999999"])
def test_free_text_is_refused(client, draft, typed):
    client.force_login(draft.student.user)
    answer = client.post(page_of(draft), {"approver_email": typed, "approver_name": "X"})

    assert answer.context["form"]["approver_email"].error_lines == [CHOOSE]


def test_somebody_of_another_department_is_refused(client, draft, directory):
    client.force_login(draft.student.user)
    answer = client.post(page_of(draft), {"approver_email": directory["Eva Wolf"]})

    assert answer.context["form"]["approver_email"].error_lines == [CHOOSE]


def test_the_person_chosen_is_asked_by_name(client, draft, directory):
    client.force_login(draft.student.user)
    client.post(page_of(draft), {"approver_email": directory["Ada Diaz"]})
    draft = StudentRequest.objects.get()
    assert problems_of(draft) == []

    factories.send(draft)
    asked = Approval.objects.get()
    assert (asked.name, asked.email, asked.is_in_directory) == (
        "Ada Diaz",
        "ada@hospital.example",
        True,
    )


def test_what_was_typed_under_the_free_policy_has_to_be_chosen_again(draft):
    assert [(each.name, each.sentence) for each in problems_of(draft)] == [
        ("approver_email", CHOOSE)
    ]


def test_asking_another_person_offers_the_same_list(client, draft, directory):
    client.force_login(draft.student.user)
    client.post(page_of(draft), {"approver_email": directory["Ada Diaz"]})
    made = factories.send(StudentRequest.objects.get())
    address = f"{made.get_absolute_url()}do/replace_approver/"

    refused = client.post(
        address, {"confirmed": "1", "approver_name": "X", "approver_email": "x@demo.example"}
    )
    assert refused.context["form"]["approver_email"].error_lines == [CHOOSE]
    client.post(address, {"confirmed": "1", "approver_email": directory["Ben Frei"]})
    made.refresh_from_db()
    assert made.current_approval.name == "Ben Frei"


def test_an_empty_directory_says_what_to_do(client, office):
    ask_directory()
    draft = factories.make_draft(factories.make_student(), "cpt", fill=False)
    client.force_login(draft.student.user)

    assert "Nobody is listed for your department yet. Write to us, please." in (
        client.get(page_of(draft)).content.decode()
    )


def test_without_the_policy_names_are_typed_freely(office):
    draft = factories.make_draft(factories.make_student(), "cpt")

    assert situation_of(draft).approvers is None
    assert problems_of(draft) == []


@pytest.mark.parametrize(
    "key", [key for key, each in folder_types().items() if each.approval_steps]
)
def test_every_type_with_an_approver_uses_the_page_that_knows_the_directory(key):
    request_type = folder_types()[key]
    for step in request_type.approval_steps:
        if step.office:
            continue
        form = request_type.page_of(step.email_field).form
        assert issubclass(form, ApproverForm)
        assert (step.name_field, step.email_field) in form.people


def test_naming_many_people_in_a_short_time_has_to_wait(client, office):
    made = factories.make_request(type_key="cpt", state="approver_review")
    client.force_login(made.student.user)
    address = f"{made.get_absolute_url()}do/replace_approver/"
    for number in range(6):
        client.post(
            address,
            {
                "confirmed": "1",
                "approver_name": "Somebody",
                "approver_email": f"a{number}@demo.example",
            },
        )
    answer = client.post(
        address,
        {"confirmed": "1", "approver_name": "Somebody", "approver_email": "a7@demo.example"},
    )

    assert "You have named many people in a short time." in answer.content.decode()
    assert Approval.objects.last().email == "a5@demo.example"


def test_a_directory_that_comes_later_holds_no_resubmission_up(office):
    """The approver page is locked in a clarification, so the student names another one after."""
    made = factories.make_request(None, "cpt", "in_review", approver_email="gone@demo.example")
    ask_directory()
    made = perform(
        made,
        "ask_clarification",
        Actor.for_user(made.assignee),
        items=[{"name": "job_title", "sentence": "Write it as in the letter."}],
    )
    student = Actor.for_user(made.student.user)
    page = made.type.page_of("job_title")
    posted = QueryDict(mutable=True)
    posted.update({"job_title": "Junior analyst"})
    made, _form = drafting.save_page(made, page, posted, student)

    made = perform(made, "resubmit", student, attestations=factories.everything_attested(made))

    assert (made.state, made.approver_missing) == ("approver_review", True)
    ApproverDirectoryEntry.objects.create(name="Ada Diaz", email="ada@demo.example")
    made = perform(made, "replace_approver", student, name="Ada Diaz", email="ada@demo.example")
    assert (made.current_approval.email, made.approver_missing) == ("ada@demo.example", False)

"""Several approvals in a row, shown with a type of two steps that exists in this test alone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import Approval, ApproverDirectoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import perform
from isso.requests.registry import folder_types
from isso.requests.reminding import remind_approvers
from isso.tests import factories
from isso.tests.approver.links import address, decide
from isso.tests.approver.two_steps import ANSWERS, TwoSteps

CHAIR = {
    "agrees": "yes",
    "is_official": "yes",
    "decided_name": "Carl Stone",
    "decided_title": "Chair",
}


@pytest.fixture
def made(monday, db):
    """A request that waits for its first approver."""
    folder_types()["two_steps"] = TwoSteps()
    factories.make_office()
    draft = drafting.start(
        record := factories.make_student(), "two_steps", student(record), start_key="a"
    )
    for page in draft.type.pages[:2]:
        draft, form = drafting.save_page(draft, page, ANSWERS, student(record))
        assert form.is_valid(), form.errors
    yield factories.send(StudentRequest.objects.get(pk=draft.pk))
    del folder_types()["two_steps"]


def student(record):
    return Actor.for_user(record.user)


def where(made):
    """Return where it stands: status, step, and who is asked."""
    made.refresh_from_db()
    asked = made.current_approval
    return made.state, made.approval_step, asked.email if asked else None


def agree(client, made, **changes):
    """Let whoever is asked agree."""
    made.refresh_from_db()
    return decide(client, address(made.current_approval), **(CHAIR | changes))


def told(key, to="student@school.example"):
    """Return the text of the newest mail of a key to somebody."""
    return Notice.objects.filter(key=key, recipient=to).latest("created_at").redacted().text


def test_one_after_the_other_and_then_the_office(client, made):
    assert where(made) == ("approver_review", 0, "rivera@demo.example")
    agree(client, made, decided_name="Paula Rivera")
    assert where(made) == ("approver_review", 1, "stone@demo.example")
    agree(client, made)
    assert where(made) == ("submitted", 1, None)

    assert list(Approval.objects.values_list("step", "outcome", "answers")) == [
        (0, "endorsed", {"is_official": "yes"}),
        (1, "endorsed", {"is_official": "yes", "agrees": "yes"}),
    ]


def test_the_mail_names_who_decided_and_that_another_is_asked(client, made, monday):
    agree(client, made, decided_name="Paula Rivera")
    first = told("approver_done")
    assert "Paula Rivera has approved your request" in first
    assert "Another approval is needed" in first
    assert "Carl Stone" not in first
    assert "Carl Stone" in told("approver_request", "stone@demo.example")

    monday.shift(timedelta(hours=1))
    agree(client, made)
    second = told("approver_done")
    assert "Carl Stone has approved your request" in second
    assert "It is in our office's list now." in second


def test_the_desk_sees_which_step_of_how_many(client, made):
    client.force_login(factories.make_staff())
    agree(client.__class__(), made)

    case = client.get(reverse("desk_case", args=[made.pk])).content.decode()
    queue = client.get(reverse("desk_queue_view", args=["all"])).content.decode()
    assert "Approver Review, step 2 of 2" in case
    assert "Approver Review, step 2 of 2" in queue


def test_each_sees_what_he_relies_on_and_his_own_questions(client, made):
    first = client.get(address(made.current_approval)).content.decode()
    agree(client, made)
    made.refresh_from_db()
    second = client.get(address(made.current_approval)).content.decode()

    for html in (first, second):
        assert "Fieldwork" in html
        assert "Family" not in html
    assert ("Does the department agree?" in first, "Does the department agree?" in second) == (
        False,
        True,
    )


def test_a_return_from_the_second_step_goes_through_both_again(client, made):
    agree(client, made)
    agree(client, made, decision="return_to_student", comment="Why now?")
    assert where(made) == ("clarification", 1, None)
    assert set(made.unlocked) == {"reason", "approver_name", "approver_email"}

    page = made.type.page("reason")
    drafting.save_page(made, page, {"reason": "Fieldwork in May"}, student(made.student))
    perform(made, "resubmit", student(made.student), attestations=["0"])
    assert where(made) == ("approver_review", 0, "rivera@demo.example")
    agree(client, made)
    assert where(made) == ("approver_review", 1, "stone@demo.example")
    agree(client, made)
    assert where(made)[0] == "submitted"


def test_reminders_count_from_the_day_of_each_step(client, made, monday):
    monday.shift(timedelta(days=2))
    agree(client, made)
    monday.shift(timedelta(days=2))
    assert remind_approvers() == 0
    monday.shift(timedelta(days=3))
    assert remind_approvers() == 1

    assert list(
        Notice.objects.filter(key="approver_reminder").values_list("recipient", flat=True)
    ) == ["stone@demo.example"]


def test_another_person_is_asked_in_the_second_step(client, made):
    agree(client, made)
    made.refresh_from_db()
    old = address(made.current_approval)
    perform(
        made, "replace_approver", student(made.student), name="Tom Hale", email="hale@demo.example"
    )
    assert where(made) == ("approver_review", 1, "hale@demo.example")
    assert client.get(old).status_code == 410

    agree(client, made)
    assert where(made)[0] == "submitted"


def test_the_wrong_person_in_the_second_step_waits_for_another_name(client, made):
    agree(client, made)
    agree(client, made, decision="not_me")

    assert where(made) == ("approver_review", 1, None)
    assert made.approver_missing


def test_a_next_person_who_may_not_be_asked_any_more_costs_no_decision(client, made, settings):
    ApproverDirectoryEntry.objects.create(name="P", email="rivera@demo.example")
    settings.APPROVER_EMAIL_DOMAINS = ["other.example"]

    assert agree(client, made, decided_name="Paula Rivera").status_code == 200
    assert where(made) == ("approver_review", 1, None)
    assert made.approver_missing
    assert "the person you named for it cannot be asked" in told("approver_done")
    assert Approval.objects.get().outcome == "endorsed"

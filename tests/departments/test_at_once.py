"""Many at once around a department's request, with real threads on PostgreSQL."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import Approval, HistoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.models import Invitation, User
from isso.requests.people.role_terms import take_role
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed, NotPossible, perform
from isso.requests.proposals import propose
from isso.requests.records.models import StudentRecord
from isso.tests.core.threads import at_once
from isso.tests.departments.conftest import again, in_review, proposal, sent

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def tried(work):
    """Return what came of a piece of work, or that it was refused."""
    try:
        return work().state
    except (NotAllowed, NotPossible, ValidationError):
        return "refused"


def test_of_eight_colleagues_of_one_office_one_decides(people):
    made = sent(proposal(people.grace), people.grace)
    approval = made.current_approval

    def decide(number):
        actor = Actor.for_approval(approval, people.compliance)
        action = "refuse" if number % 2 else "endorse"
        return tried(lambda: perform(made, action, actor, note="So.", answers={"result": "x"}))

    outcomes = at_once(8, decide)

    assert outcomes.count("refused") == 7
    decided = HistoryEntry.objects.filter(action__in=("endorse", "refuse"))
    made.refresh_from_db()
    assert decided.count() == 1
    assert made.state == {"endorse": "approver_review", "refuse": "denied"}[decided.get().action]
    assert Approval.objects.filter(step=1).exclude(outcome="waiting").count() == 1
    assert Notice.objects.filter(key="approver_receipt").count() == 1


def test_of_eight_approvals_at_once_one_invites_and_starts_one_half(people):
    made = in_review(sent(proposal(people.grace), people.grace), people.advisor)
    actor = Actor.for_user(people.advisor)

    outcomes = at_once(8, lambda _number: tried(lambda: perform(made, "approve", actor)))

    assert sorted(outcomes) == ["approved"] + ["refused"] * 7
    assert StudentRequest.objects.filter(type_key="own_half", follows=made).count() == 1
    assert Invitation.objects.count() == User.objects.filter(email="sana@lab.example").count() == 1


def test_taking_back_and_sending_the_half_at_once_leave_no_half_without_an_approval(people):
    made = in_review(sent(proposal(people.grace), people.grace), people.advisor)
    advisor = Actor.for_user(people.advisor)
    made = perform(made, "approve", advisor)
    half = made.followers.get()
    scholar = Actor.for_student(User.objects.get(email="sana@lab.example"))
    drafting.save_page(half, half.type.pages[0], {"nickname": "Sana"}, scholar)

    def press(number):
        if number:
            return tried(lambda: perform(half, "submit", scholar))
        return tried(lambda: perform(made, "reopen", advisor, note="Wait."))

    outcomes = at_once(2, press)

    half.refresh_from_db()
    made.refresh_from_db()
    assert outcomes.count("refused") == 1
    assert (made.state, half.state) in {("approved", "submitted"), ("in_review", "draft")}


def test_a_member_who_is_removed_while_typing_loses_nothing_for_the_department(people):
    draft = proposal(people.grace)
    page = draft.type.pages[0]
    group = Group.objects.get(name=Role.DEPARTMENT)

    def press(number):
        if number == 0:
            return take_role(people.grace, group, by=None, reason="Left") or "taken"
        try:
            actor = Actor.for_student(again(people.grace))
            drafting.save_page(draft, page, {"project": f"Enzymes {number}"}, actor)
        except NotAllowed:
            return "refused"
        return f"Enzymes {number}"

    outcomes = at_once(6, press)

    kept = StudentRequest.objects.own(again(people.ben)).get().answers["project"]
    assert kept in {"Enzymes", *outcomes} - {"taken", "refused"}
    with pytest.raises(NotAllowed):
        drafting.save_page(draft, page, {"project": "x"}, Actor.for_student(again(people.grace)))


def test_eight_presses_propose_one_person(people):
    actor = Actor.for_student(people.grace)
    person = {"family_name": "Malik", "given_name": "Sana", "email": "sana@lab.example"}

    references = at_once(
        8,
        lambda _number: (
            propose(
                "sponsorship", actor, department="Biology", start_key="one", person=person
            ).reference
        ),
    )

    assert len(set(references)) == 1
    assert StudentRecord.objects.count() == StudentRequest.objects.count() == 1

"""A department's request on its way: optional steps, other offices, the scholar's half."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.approvals import make_token
from isso.requests.models import Approval, ApproverDirectoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.models import Invitation, User
from isso.requests.people.role_terms import take_role
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed, NotPossible, actions_for, perform
from isso.requests.queues import needs_a_name
from isso.requests.reminding import remind_approvers
from isso.requests.words import what_happens_now
from isso.tests import factories
from isso.tests.departments.conftest import again, agree, in_review, proposal, sent
from isso.tests.departments.sponsorship import ANSWERS, CHAIR


def waits_for(made):
    """Return where it stands, and who is asked at which address."""
    made.refresh_from_db()
    asked = made.current_approval
    return made.state, str(made.staff_label), asked and (asked.name, asked.email, asked.office)


def told(key):
    """Return who got a mail of this key, in the order of addresses."""
    return sorted(Notice.objects.filter(key=key).values_list("recipient", flat=True))


def approve(made, advisor):
    return perform(made, "approve", Actor.for_user(advisor))


def own_half(made, user, nickname="Sana"):
    """Fill in and send the scholar's half; return it."""
    draft = made.followers.get()
    actor = Actor.for_student(user)
    drafting.save_page(draft, draft.type.pages[0], {"nickname": nickname}, actor)
    return perform(draft, "submit", actor)


STEPS = {
    "without a chair": (
        ANSWERS,
        [
            ("Approver Review, step 1 of 2", "vetting@demo.example", "compliance"),
            ("Approver Review, step 2 of 2", "hiring@demo.example", "hr"),
        ],
    ),
    "with a chair": (
        ANSWERS | CHAIR | {"wants_chair": "yes"},
        [
            ("Approver Review, step 1 of 3", "stone@demo.example", ""),
            ("Approver Review, step 2 of 3", "vetting@demo.example", "compliance"),
            ("Approver Review, step 3 of 3", "hiring@demo.example", "hr"),
        ],
    ),
}


@pytest.mark.parametrize(("answers", "expected"), STEPS.values(), ids=STEPS)
def test_it_leads_over_the_steps_its_answers_ask_for(people, answers, expected):
    made = sent(proposal(people.grace, answers=answers), people.grace)
    seen = []
    while made.state == "approver_review":
        _state, label, (_name, email, office) = waits_for(made)
        seen.append((label, email, office))
        made = agree(made)

    assert seen == expected
    assert made.state == "submitted"


def test_the_whole_way_to_the_end(people):
    made = in_review(sent(proposal(people.grace), people.grace), people.advisor)
    assert made.student.stage == "proposed"

    made = approve(made, people.advisor)
    record = made.student
    record.refresh_from_db()
    scholar = User.objects.get(email="sana@lab.example")
    assert (made.state, record.stage, record.user, record.visa_class) == (
        "approved",
        "pre_arrival",
        scholar,
        "J-1",
    )
    assert record.subject_remark == "hiring: {'reference': 'CH-7'} vetting: {'result': 'clear'}"
    assert Invitation.objects.get().email == "sana@lab.example"
    half = made.followers.get()
    assert (half.type_key, half.state, half.department, half.student) == (
        "own_half",
        "draft",
        "",
        record,
    )
    assert "Now Sana Malik completes the own part" in what_happens_now(made)

    half = own_half(made, scholar)
    assert what_happens_now(made) == "Sana Malik has sent the own part. We are working on it."
    advisor = Actor.for_user(people.advisor)
    perform(perform(half, "start_review", advisor), "approve", advisor)
    made.refresh_from_db()
    record.refresh_from_db()
    assert (made.state, record.preferred_name) == ("completed", "Sana")
    assert made.history.last().actor_kind == "system"


def test_mails_of_the_owner_go_to_who_began_it_and_never_to_the_scholar(people):
    made = sent(proposal(people.grace), people.grace)
    agree(made, result="clear")

    assert told("request_submitted") == told("approver_done") == ["grace@school.example"]
    assert told("approver_request") == ["hiring@demo.example", "vetting@demo.example"]
    assert not Notice.objects.filter(recipient="sana@lab.example").exists()
    newest = Notice.objects.filter(key="approver_request").earliest("created_at").redacted()
    assert newest.subject.startswith(
        "Please approve: ISSO asks for approval: Sponsorship: Sana Malik"
    )
    assert "The department Biology asks for “Sponsorship: Sana Malik”." in newest.text


# Who is gone when a mail to the department leaves → who gets it.
READERS = {
    "nobody": ((), ["grace@school.example"]),
    "who began it": (("grace",), ["ben@school.example"]),
    "everybody": (("grace", "ben"), []),
}


@pytest.mark.parametrize(("gone", "expected"), READERS.values(), ids=READERS)
def test_mails_follow_the_department(people, gone, expected):
    made = sent(proposal(people.grace), people.grace)
    for name in gone:
        group = Group.objects.get(name=Role.DEPARTMENT)
        take_role(getattr(people, name), group, by=None, reason="Left")
    agree(made, result="clear")

    assert told("approver_done") == expected


def test_a_refused_vetting_ends_it_with_a_reason_for_the_department_alone(people):
    made = sent(proposal(people.grace), people.grace)
    approval = Actor.for_approval(made.current_approval, people.compliance)
    with pytest.raises(ValidationError):
        perform(made, "refuse", approval, note=" ")

    made = perform(made, "refuse", approval, note="The party is on a list.")
    assert (made.state, made.outcome_note) == ("denied", "The party is on a list.")
    assert Approval.objects.get().outcome == "refused"
    assert what_happens_now(made) == (
        "Research Compliance has not agreed. The reason: The party is on a list."
    )
    assert told("approver_refused") == ["grace@school.example"]
    mail = Notice.objects.get(key="approver_refused").redacted()
    assert "The reason: The party is on a list." in mail.text
    entry = made.history.last()
    assert (entry.actor_kind, entry.actor_user, entry.actor_label) == (
        "approval",
        people.compliance,
        "Office compliance",
    )
    assert User.objects.filter(email="sana@lab.example").count() == 0


def test_an_office_that_may_not_refuse_cannot_and_nobody_hands_it_on(people):
    made = sent(proposal(people.grace), people.grace)
    compliance = Actor.for_approval(made.current_approval)
    for action in ("not_me", "forward"):
        with pytest.raises(NotPossible):
            perform(made, action, compliance, name="X", email="x@demo.example")
    made = agree(made, result="clear")
    with pytest.raises(NotPossible):
        perform(made, "refuse", Actor.for_approval(made.current_approval), note="No.")

    assert waits_for(made)[0] == "approver_review"


def test_only_the_desk_chooses_another_address_for_an_office(people):
    made = sent(proposal(people.grace), people.grace)
    old = make_token(made.current_approval)
    with pytest.raises(NotAllowed):
        perform(
            made,
            "replace_approver",
            Actor.for_student(people.grace),
            name="X",
            email="x@demo.example",
        )
    perform(
        made,
        "replace_approver",
        Actor.for_user(people.advisor),
        name="Nia Cole",
        email="cole@demo.example",
    )

    assert waits_for(made)[2] == ("Nia Cole", "cole@demo.example", "compliance")
    assert make_token(made.current_approval) != old


def test_an_office_without_a_mailbox_is_asked_by_account_and_reminded(people, monday):
    ApproverDirectoryEntry.objects.all().delete()
    made = sent(proposal(people.grace), people.grace)

    assert waits_for(made)[2] == ("Research Compliance", "", "compliance")
    assert not made.approver_missing
    assert told("approver_request") == ["compliance@staff.example"]
    monday.shift(3 * 86_400)
    assert remind_approvers() == 1
    assert told("approver_reminder") == ["compliance@staff.example"]


def test_where_nobody_is_there_the_desk_sees_it_and_the_department_need_name_nobody(people):
    ApproverDirectoryEntry.objects.all().delete()
    people.compliance.groups.clear()
    made = sent(proposal(people.grace), people.grace)

    assert (made.approver_missing, needs_a_name(made)) == (True, False)
    assert told("approver_request") == []
    assert str(made.staff_label) == "Approver Review: nobody is asked"
    assert "Research Compliance has it since" in what_happens_now(made)


def test_an_obstacle_to_the_invitation_refuses_the_approval_and_nothing_is_done(people):
    made = in_review(sent(proposal(people.grace, email=""), people.grace), people.advisor)
    before = made.version
    with pytest.raises(ValidationError):
        approve(made, people.advisor)

    made.refresh_from_db()
    made.student.refresh_from_db()
    assert (made.state, made.version, made.student.stage) == ("in_review", before, "proposed")
    assert not made.followers.exists()
    assert not Invitation.objects.exists()


def test_taking_the_approval_back_waits_for_what_was_sent(people):
    made = approve(
        in_review(sent(proposal(people.grace), people.grace), people.advisor), people.advisor
    )
    advisor, scholar = Actor.for_user(people.advisor), User.objects.get(email="sana@lab.example")
    assert {name for name, _action in actions_for(made, advisor)} == {
        "record",
        "reopen",
        "withdraw",
    }
    made = perform(made, "reopen", advisor, note="A mistake.")
    with pytest.raises(ValidationError, match="We are looking at your department’s part"):
        own_half(made, scholar)
    made = approve(made, people.advisor)
    assert made.followers.count() == 1

    half = own_half(made, scholar)
    for action in ("reopen", "withdraw"):
        with pytest.raises(ValidationError, match="has sent the part that follows"):
            perform(made, action, advisor, note="Too late.")
    perform(half, "withdraw", Actor.for_student(scholar))
    made.refresh_from_db()
    assert (made.state, "has ended (withdrawn)" in what_happens_now(made)) == ("approved", True)
    perform(made, "reopen", advisor, note="Once more.")
    made = approve(StudentRequest.objects.get(pk=made.pk), people.advisor)
    assert made.followers.count() == 2


def test_a_second_press_proposes_nobody_twice(people):
    assert proposal(people.grace).pk == proposal(people.grace).pk
    assert proposal(people.grace, start_key="b").student != proposal(people.grace).student


def test_nobody_proposes_for_a_department_of_others(people):
    for user in (people.rosa, people.compliance):
        with pytest.raises(NotAllowed):
            proposal(user)
    assert proposal(people.advisor).department == "Biology"
    assert again(people.advisor).departments.count() == 0


def test_a_supervisor_passes_over_the_chair_and_never_over_an_office(people):
    answers = ANSWERS | CHAIR | {"wants_chair": "yes"}
    made = sent(proposal(people.grace, answers=answers), people.grace)
    supervisor = Actor.for_user(factories.make_staff(Role.SUPERVISOR))

    made = perform(made, "skip_approver", supervisor, note="The chair is away.")
    assert waits_for(made)[1:] == (
        "Approver Review, step 2 of 3",
        ("Research Compliance", "vetting@demo.example", "compliance"),
    )
    assert list(Approval.objects.values_list("step", "outcome")) == [(0, "ended"), (1, "waiting")]
    assert told("approver_request") == ["stone@demo.example", "vetting@demo.example"]
    with pytest.raises(NotPossible):
        perform(made, "skip_approver", supervisor, note="No time.")

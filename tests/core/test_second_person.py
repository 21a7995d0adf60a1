"""What nobody can undo is approved by two people, of the same thing."""

import pytest
from django.core.exceptions import ValidationError

from isso.requests.actor import Actor
from isso.requests.models import HistoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed, NotPossible, actions_for, perform
from isso.requests.registry import folder_types
from isso.tests import factories
from isso.tests.core.threads import at_once

FIRST, SECOND, SUPERVISOR = "first@staff.example", "other@staff.example", "boss@staff.example"


@pytest.fixture
def desk(office):
    """Two advisors and a supervisor."""
    return {
        FIRST: Actor.for_user(factories.make_staff(email=FIRST)),
        SECOND: Actor.for_user(factories.make_staff(email=SECOND)),
        SUPERVISOR: Actor.for_user(factories.make_staff(Role.SUPERVISOR, SUPERVISOR)),
    }


@pytest.fixture
def case(desk):
    """A transfer out under review."""
    first = User.objects.get(email=FIRST)
    return factories.make_request(None, "transfer_out", "in_review", first)


def names(student_request, actor):
    return [name for name, _action in actions_for(student_request, actor)]


def test_two_people_agree_to_transfers_and_ended_records_alone():
    assert sorted(key for key, each in folder_types().items() if each.second_person) == [
        "leave_withdrawal",
        "transfer_out",
    ]


def test_one_approves_and_another_one_confirms(case, desk):
    Notice.objects.all().delete()

    once = perform(case, "approve_first", desk[FIRST], note="Spoke with her.")
    told = set(Notice.objects.values_list("key", "recipient"))
    Notice.objects.all().delete()
    done = perform(once, "confirm_approval", desk[SECOND])

    assert (once.state, once.approved_first_by.email) == ("in_review", FIRST)
    assert str(once.staff_label) == "In Review: waiting for a second person"
    assert told == {("second_person_asked", SUPERVISOR)}
    assert (done.state, done.approved_first_by) == ("approved", None)
    assert list(Notice.objects.values_list("key", "recipient")) == [
        ("approved", case.student.user.email)
    ]
    assert list(
        case.history.filter(action__contains="appro").values_list("action", "actor_user__email")
    ) == [("approve_first", FIRST), ("confirm_approval", SECOND)]


def test_without_a_supervisor_the_other_advisors_are_asked(case, desk):
    User.objects.filter(email=SUPERVISOR).update(is_active=False)
    Notice.objects.all().delete()

    perform(case, "approve_first", desk[FIRST])

    assert list(Notice.objects.values_list("key", "recipient")) == [("second_person_asked", SECOND)]


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        (FIRST, "approve_first", ["send_back_approval"]),
        (SECOND, "approve_first", ["confirm_approval", "send_back_approval"]),
        (SUPERVISOR, "approve_first", ["confirm_approval", "send_back_approval"]),
    ],
)
def test_who_is_offered_what(who, before, after, case, desk):
    ours = {"approve", "approve_first", "confirm_approval", "send_back_approval"}

    offered = [name for name in names(case, desk[who]) if name in ours]
    once = perform(case, "approve_first", desk[FIRST])
    offered_then = [name for name in names(once, desk[who]) if name in ours]

    assert (offered, offered_then) == ([before], after)


def test_nobody_confirms_his_own_approval_or_decides_about_himself(case, desk):
    once = perform(case, "approve_first", desk[FIRST])
    subject = case.student.user
    subject.groups.set(User.objects.get(email=SECOND).groups.all())
    about_himself = Actor.for_user(User.objects.get(pk=subject.pk))

    for actor in (desk[FIRST], about_himself, Actor.for_student(subject), Actor.system()):
        with pytest.raises(NotAllowed):
            perform(once, "confirm_approval", actor)
    assert StudentRequest.objects.get().state == "in_review"


@pytest.mark.parametrize("action", ["approve", "confirm_approval"])
def test_there_is_no_way_past_the_first_person(action, case, desk):
    with pytest.raises(NotPossible):
        perform(case, action, desk[SECOND], note="I am sure.")


def test_what_one_person_may_decide_needs_no_second(desk):
    made = factories.make_request(None, "reprint", "in_review")

    with pytest.raises(NotPossible, match="One person"):
        perform(made, "approve_first", desk[FIRST])


def test_it_is_sent_back_with_a_reason_to_whoever_approved(case, desk):
    once = perform(case, "approve_first", desk[FIRST])
    Notice.objects.all().delete()

    with pytest.raises(ValidationError):
        perform(once, "send_back_approval", desk[SUPERVISOR], note=" ")
    back = perform(once, "send_back_approval", desk[SUPERVISOR], note="There is a hold.")

    assert (back.state, back.approved_first_by) == ("in_review", None)
    assert list(Notice.objects.values_list("key", "recipient")) == [("approval_sent_back", FIRST)]
    with pytest.raises(NotPossible, match="Nobody has approved it as it stands now"):
        perform(back, "confirm_approval", desk[SUPERVISOR])


def test_a_change_in_between_takes_the_first_approval_away(case, desk):
    once = perform(case, "approve_first", desk[FIRST])
    items = [{"name": "new_school", "sentence": "Which campus?"}]
    asked = perform(once, "ask_clarification", desk[SECOND], items=items)
    again = perform(asked, "recall", desk[SECOND])

    assert again.approved_first_by is None
    with pytest.raises(NotPossible):
        perform(again, "confirm_approval", desk[SUPERVISOR])
    assert perform(again, "approve_first", desk[SECOND]).approved_first_by.email == SECOND


def test_open_points_need_the_first_ones_reason_and_are_kept(case, desk):
    case.student.sevis_status = "terminated"
    case.student.save()

    with pytest.raises(ValidationError, match="Write why you approve all the same"):
        perform(case, "approve_first", desk[FIRST])
    once = perform(case, "approve_first", desk[FIRST], note="SEVP corrects it today.")

    overridden = case.history.get(action="approve_first").data["open_points"]
    assert [each.partition(":")[0] for each in overridden] == ["The student may ask for this today"]
    assert perform(once, "confirm_approval", desk[SECOND]).state == "approved"


def test_a_point_that_opens_in_between_is_not_confirmed_unseen(case, desk):
    once = perform(case, "approve_first", desk[FIRST])
    case.student.sevis_status = "terminated"
    case.student.save()

    with pytest.raises(ValidationError, match="The checklist has changed since"):
        perform(once, "confirm_approval", desk[SECOND])

    assert StudentRequest.objects.get().approved_first_by.email == FIRST


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_those_who_confirm_and_one_who_asks_at_once_one_wins(monday):
    factories.make_office()
    made = factories.make_request(None, "transfer_out", "in_review")
    staff = [
        Actor.for_user(factories.make_staff(email=f"a{number}@staff.example"))
        for number in range(6)
    ]
    once = perform(made, "approve_first", staff[0])
    items = [{"name": "new_school", "sentence": "Which campus?"}]

    def decide(number):
        action = "ask_clarification" if number == 5 else "confirm_approval"
        try:
            perform(once, action, staff[number], items=items)
        except (NotPossible, NotAllowed):
            return 0
        return 1

    assert sum(at_once(6, decide)) == 1
    decided = HistoryEntry.objects.filter(action__in=["confirm_approval", "ask_clarification"])
    assert decided.count() == 1
    assert StudentRequest.objects.get().approved_first_by is None

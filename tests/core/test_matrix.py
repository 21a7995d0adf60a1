"""Who may do what from where: the whole table, state × actor × action.

The table below is the specification (domain/statuses.md §2) and is written by hand; the code's
own declarations are compared with it cell by cell, and then the door itself is tried with each.
"""

import itertools
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from isso.requests.actor import Actor, Kind
from isso.requests.lifecycle import State, action_names, transition_of
from isso.requests.models import HistoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import NotAllowed, NotPossible, perform
from isso.tests import factories

OWNER, ADVISOR, SUPERVISOR, APPROVER, SYSTEM = (
    "owner",
    "advisor",
    "supervisor",
    "approver",
    "system",
)
DESK = {ADVISOR, SUPERVISOR}

# action → {from-state: who may}
MAY = {
    "send_to_approver": {"draft": {OWNER}},
    "submit": {"draft": {OWNER}},
    "discard": {"draft": {OWNER}},
    "endorse": {"approver_review": {APPROVER}},
    "return_to_student": {"approver_review": {APPROVER}},
    "not_me": {"approver_review": {APPROVER}},
    "replace_approver": {"approver_review": {OWNER} | DESK},
    "remind": {"approver_review": {OWNER} | DESK},
    "remind_on_time": {"approver_review": {SYSTEM}},
    "forward": {"approver_review": {APPROVER}},
    "skip_approver": {"approver_review": {SUPERVISOR}},
    "start_review": {"submitted": DESK},
    "ask_clarification": {"submitted": DESK, "in_review": DESK},
    "resubmit": {"clarification": {OWNER}},
    "recall": {"clarification": DESK},
    "fill_office_part": {"in_review": DESK},
    "approve": {"in_review": DESK},
    "record": {"approved": DESK},
    "complete": {"approved": DESK | {SYSTEM}, "processing": DESK | {SYSTEM}},
    "reopen": {"approved": DESK},
    "export": {"approved": {SYSTEM}},
    "log_ok": {"processing": {SYSTEM}},
    "log_error": {"processing": {SYSTEM}},
    "deny": {"in_review": DESK},
    "withdraw": {
        "draft": {OWNER},
        "approver_review": {OWNER},
        "submitted": {OWNER},
        "clarification": {OWNER},
        "in_review": DESK,
        "approved": DESK,
        "processing": DESK,
    },
    "dismiss": {"submitted": DESK, "in_review": DESK},
    "expire": {"draft": {SYSTEM}, "approver_review": {SYSTEM}, "clarification": {SYSTEM}},
}

ACTORS = {
    OWNER: Actor(Kind.USER, "owner", user_id=1),
    "neighbor": Actor(Kind.USER, "neighbor", user_id=2),
    ADVISOR: Actor(Kind.USER, "advisor", user_id=3, roles=frozenset({"advisor"})),
    SUPERVISOR: Actor(Kind.USER, "supervisor", user_id=4, roles=frozenset({"supervisor"})),
    "editor": Actor(Kind.USER, "editor", user_id=5, roles=frozenset({"editor"})),
    "department": Actor(Kind.USER, "department", user_id=6, roles=frozenset({"department"})),
    APPROVER: Actor(Kind.APPROVAL, "approver", approval_id=7),
    "other approver": Actor(Kind.APPROVAL, "other approver", approval_id=8),
    SYSTEM: Actor.system(),
}

ENDS = {"completed", "denied", "withdrawn", "expired"}


def test_the_table_names_every_action():
    assert set(action_names()) == set(MAY)


def test_nothing_leaves_an_end():
    assert [
        (action, state)
        for action, state in itertools.product(action_names(), ENDS)
        if transition_of(action, state)
    ] == []


@pytest.mark.parametrize("action", sorted(MAY))
def test_every_cell_of_state_and_actor_is_as_written(action):
    request = SimpleNamespace(owner_id=1, current_approval_id=7)
    found = {
        (str(state), name)
        for state, (name, actor) in itertools.product(State, ACTORS.items())
        if (transition := transition_of(action, state)) and transition.has_perm(request, actor)
    }

    assert found == {(state, name) for state, who in MAY[action].items() for name in who}


@pytest.mark.parametrize("role", ["advisor", "supervisor"])
def test_nobody_at_the_desk_decides_on_an_own_request(role):
    request = SimpleNamespace(owner_id=3, current_approval_id=None)
    own_advisor = Actor(Kind.USER, "advisor", user_id=3, roles=frozenset({role}))

    assert [
        action
        for action, states in MAY.items()
        for state in states
        if transition_of(action, state).has_perm(request, own_advisor)
        and OWNER not in MAY[action][state]
    ] == []


@pytest.fixture
def everybody(office):
    """Real people for every actor of the table."""
    record = factories.make_student()
    neighbor = factories.make_student("neighbor@school.example", family_name="Petrov")
    staff = {
        role: factories.make_staff(role)
        for role in ("advisor", "supervisor", "editor", "department")
    }
    return record, {
        OWNER: Actor.for_user(record.user),
        "neighbor": Actor.for_user(neighbor.user),
        **{role: Actor.for_user(user) for role, user in staff.items()},
        "other approver": Actor(Kind.APPROVAL, "other", approval_id=999_999),
        SYSTEM: Actor.system(),
    }


@pytest.mark.parametrize(
    "state",
    [
        "draft",
        "approver_review",
        "submitted",
        "in_review",
        "clarification",
        "approved",
        "completed",
        "denied",
        "withdrawn",
    ],
)
def test_the_door_refuses_whatever_the_table_does_not_allow(everybody, state):
    record, actors = everybody
    made = factories.make_request(record, "cpt", state)
    if made.current_approval:
        actors = actors | {APPROVER: Actor.for_approval(made.current_approval)}
    before = (made.version, HistoryEntry.objects.count(), Notice.objects.count())

    let_in = []
    for action, (name, actor) in itertools.product(MAY, actors.items()):
        if name in MAY[action].get(state, ()):
            continue
        try:
            perform(made, action, actor, note="x", attestations=["0", "1", "2"])
        except (NotAllowed, NotPossible):
            continue
        except ValidationError:
            pass
        let_in.append((action, name))

    assert let_in == []
    after = StudentRequest.objects.get(pk=made.pk)
    assert after.state == state
    assert (after.version, HistoryEntry.objects.count(), Notice.objects.count()) == before

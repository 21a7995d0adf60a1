"""Who may do what from where: the whole table, state × actor × action.

The table in who_may.py is the specification and is written by hand; the code's own declarations
are compared with it cell by cell, and then the door itself is tried with each.
"""

import itertools
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from isso.requests.actor import Actor, Kind
from isso.requests.lifecycle import State, action_names, transition_of
from isso.requests.models import HistoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.models import User
from isso.requests.people.roles import CASE_ROLES, Role
from isso.requests.perform import NotAllowed, NotPossible, perform
from isso.tests import factories
from isso.tests.core.who_may import ADMINISTRATOR, APPROVER, MAY, OWNER, SYSTEM

# Whoever signs in holds one of the roles; a student's is the neighbor's here.
ACTORS = {
    OWNER: Actor(Kind.USER, "owner", user_id=1, roles=frozenset({"student"})),
    ADMINISTRATOR: Actor(Kind.USER, "administrator", user_id=2, roles=CASE_ROLES),
    APPROVER: Actor(Kind.APPROVAL, "approver", approval_id=7),
    "other approver": Actor(Kind.APPROVAL, "other approver", approval_id=8),
    "nobody": Actor(Kind.USER, "nobody"),
    SYSTEM: Actor.system(),
} | {
    str(role): Actor(Kind.USER, str(role), user_id=number, roles=frozenset({role}))
    for number, role in enumerate(Role, start=10)
}

# Those to whom the table gives nothing anywhere.
OUTSIDERS = ACTORS.keys() - {
    name for states in MAY.values() for who in states.values() for name in who
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
    others = [role for role in Role if role != Role.STUDENT]
    admin = User.objects.create_superuser("admin@staff.example", "demo", full_name="Admin")
    return record, {
        OWNER: Actor.for_user(record.user),
        ADMINISTRATOR: Actor.for_user(admin),
        "student": Actor.for_user(neighbor.user),
        **{str(role): Actor.for_user(factories.make_staff(role)) for role in others},
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
        begins_here = transition_of(action, state)
        if name in MAY[action].get(state, ()) or (name in OUTSIDERS and not begins_here):
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

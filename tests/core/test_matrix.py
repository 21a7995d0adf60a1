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
from isso.tests.core.who_may import (
    ADMINISTRATOR,
    ADVISOR,
    APPROVER,
    ENTERED_IT,
    MAY,
    MEMBER,
    OWNER,
    SYSTEM,
    with_a_department,
)

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


def personal(subject, approval=None):
    """Return a request as the rules see it: somebody's own, whom a person may approve."""
    return SimpleNamespace(
        department="",
        subject_id=subject,
        started_by_id=subject,
        current_approval_id=approval,
        approved_first_by_id=None,
        office_asked="",
    )


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
    request = personal(subject=1, approval=7)
    found = {
        (str(state), name)
        for state, (name, actor) in itertools.product(State, ACTORS.items())
        if (transition := transition_of(action, state)) and transition.has_perm(request, actor)
    }

    assert found == {(state, name) for state, who in MAY[action].items() for name in who}


@pytest.mark.parametrize("role", ["advisor", "supervisor"])
def test_nobody_at_the_desk_decides_on_an_own_request(role):
    request = personal(subject=3)
    own_advisor = Actor(Kind.USER, "advisor", user_id=3, roles=frozenset({role}))

    assert [
        action
        for action, states in MAY.items()
        for state in states
        if transition_of(action, state).has_perm(request, own_advisor)
        and OWNER not in MAY[action][state]
    ] == []


BIOLOGY = frozenset({"biology"})
# Around a request that an advisor entered for the Department of Biology about the user 1.
WITH_A_DEPARTMENT = {
    MEMBER: Actor(Kind.USER, "", user_id=2, roles=frozenset({"department"}), departments=BIOLOGY),
    "member of another": Actor(
        Kind.USER, "", user_id=3, roles=frozenset({"department"}), departments=frozenset({"x"})
    ),
    "member no more": Actor(Kind.USER, "", user_id=2),
    "its scholar": Actor(Kind.USER, "", user_id=1, roles=frozenset({"scholar"})),
    "its scholar, a member": Actor(Kind.USER, "", user_id=1, departments=BIOLOGY),
    ADVISOR: Actor(
        Kind.USER, "", user_id=4, roles=frozenset({"advisor"}), enters_for_departments=True
    ),
    "advisor and member": Actor(
        Kind.USER, "", user_id=4, roles=frozenset({"advisor"}), departments=BIOLOGY
    ),
    "advisor, its scholar": Actor(
        Kind.USER, "", user_id=1, roles=frozenset({"advisor"}), enters_for_departments=True
    ),
    ENTERED_IT: Actor(
        Kind.USER, "", user_id=5, roles=frozenset({"advisor"}), enters_for_departments=True
    ),
    "entered it, no advisor now": Actor(Kind.USER, "", user_id=5),
    "compliance": Actor(Kind.USER, "", user_id=6, roles=frozenset({"compliance"})),
    "hr": Actor(Kind.USER, "", user_id=7, roles=frozenset({"hr"})),
    APPROVER: Actor(Kind.APPROVAL, "", user_id=6, approval_id=7),
    "other approver": Actor(Kind.APPROVAL, "", user_id=7, approval_id=8),
    "its scholar behind a link": Actor(Kind.APPROVAL, "", user_id=1, approval_id=8),
    SYSTEM: Actor.system(),
}


@pytest.mark.parametrize("action", sorted(MAY))
def test_every_cell_of_a_department_is_as_written(action):
    request = SimpleNamespace(
        department="Biology",
        subject_id=1,
        started_by_id=5,
        current_approval_id=7,
        approved_first_by_id=None,
        office_asked="compliance",
    )
    found = {
        (str(state), name)
        for state, (name, actor) in itertools.product(State, WITH_A_DEPARTMENT.items())
        if (transition := transition_of(action, state)) and transition.has_perm(request, actor)
    }
    # An advisor of that department is its member and nothing else.
    written = {
        (str(state), name) for state in State for name in with_a_department(action, state)
    } | {(str(s), "advisor and member") for s in State if MEMBER in with_a_department(action, s)}

    assert found == written


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

"""Whatever anybody tries, in any order: nothing passes the offices, no half stands alone."""

import uuid

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import StudentRequest
from isso.requests.people.models import User
from isso.requests.perform import NotAllowed, NotPossible, perform
from isso.tests.departments.conftest import again, proposal, sent

# What is tried: of the department's request or the scholar's half, by whom, what.
TRIES = [
    *(("sponsorship", who, "endorse") for who in ("asked", "other office", "scholar")),
    *(("sponsorship", "asked", each) for each in ("refuse", "return_to_student", "not_me")),
    *(("sponsorship", "member", each) for each in ("resubmit", "withdraw", "replace_approver")),
    *(("sponsorship", "advisor", each) for each in ("start_review", "approve", "reopen")),
    *(("sponsorship", "advisor", each) for each in ("complete", "withdraw", "skip_approver")),
    *(("half", who, "submit") for who in ("scholar", "member")),
    ("half", "scholar", "withdraw"),
    *(("half", "advisor", each) for each in ("start_review", "approve", "deny")),
]
# The way without a detour, so that the examples also reach the end.
WAY = [
    ("sponsorship", "asked", "endorse"),
    ("sponsorship", "asked", "endorse"),
    ("sponsorship", "advisor", "start_review"),
    ("sponsorship", "advisor", "approve"),
    ("half", "scholar", "submit"),
    ("half", "advisor", "start_review"),
    ("half", "advisor", "approve"),
]
STEPS = st.lists(st.sampled_from(TRIES), max_size=2)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(detours=st.lists(STEPS, min_size=len(WAY), max_size=len(WAY)))
def test_nothing_passes_the_offices_and_no_half_stands_alone(people, detours):
    key = uuid.uuid4().hex
    email = f"{key[:12]}@lab.example"
    made = sent(proposal(people.grace, start_key=key, email=email), people.grace)

    for step, detour in zip(WAY, detours, strict=True):
        for what, who, action in (*detour, step):
            _try(made, what, who, action, people, email)
            _look(made, email)


def _try(made, what, who, action, people, email):
    made.refresh_from_db()
    half = made.followers.order_by("-pk").first()
    about = half if what == "half" else made
    if about is None:
        return
    user = User.objects.filter(email=email).first()
    actors = {
        "asked": Actor.for_approval(made.current_approval) if made.current_approval else None,
        "other office": Actor.for_user(people.compliance),
        "scholar": Actor.for_student(again(user)) if user else None,
        "member": Actor.for_student(again(people.grace)),
        "advisor": Actor.for_user(people.advisor),
    }
    if (actor := actors[who]) is None:
        return
    try:
        if action == "submit":
            drafting.save_page(about, about.type.pages[0], {"nickname": "Sana"}, actor)
        perform(about, action, actor, note="Because.", name="X", email="x@demo.example")
    except (NotAllowed, NotPossible, ValidationError):
        pass


def _look(made, email):
    made.refresh_from_db()
    halves = {each.state for each in made.followers.all()}
    agreed = set(made.approvals.filter(outcome="endorsed").values_list("step", flat=True))
    if made.state in ("submitted", "in_review", "approved", "completed"):
        assert agreed == {1, 2}
    if halves & {"submitted", "in_review", "approved"}:
        assert made.state == "approved"
    assert (made.state == "completed") == ("completed" in halves)
    for user in User.objects.filter(email=email):
        assert not StudentRequest.objects.own(user).exclude(type_key="own_half").exists()

"""The paths that requests of the large data set walk through the lifecycle."""

from functools import cache

from ..lifecycle import State, declaration

# How often each state occurs, in percent; most requests of a real office are closed.
WEIGHTS = {
    State.COMPLETED: 74,
    State.DENIED: 3,
    State.WITHDRAWN: 4,
    State.EXPIRED: 2,
    State.DRAFT: 3,
    State.APPROVER_REVIEW: 2,
    State.SUBMITTED: 3,
    State.IN_REVIEW: 3,
    State.CLARIFICATION: 2,
    State.APPROVED: 2,
    State.PROCESSING: 2,
}
# The actions after sending that lead to a state, and who does each.
REVIEW, ASK = ("start_review", "advisor"), ("ask_clarification", "advisor")
ANSWERED = (ASK, ("resubmit", "student"))
PATHS = {
    State.DRAFT: (),
    State.SUBMITTED: (),
    State.APPROVER_REVIEW: (),
    State.WITHDRAWN: (("withdraw", "student"),),
    State.IN_REVIEW: (REVIEW,),
    State.CLARIFICATION: (REVIEW, ASK),
    State.EXPIRED: (REVIEW, ASK, ("expire", "system")),
    State.DENIED: (REVIEW, ("deny", "advisor")),
    State.APPROVED: (REVIEW, ("approve", "advisor")),
    State.PROCESSING: (REVIEW, ("approve", "advisor"), ("export", "system")),
    State.COMPLETED: (
        REVIEW,
        ("approve", "advisor"),
        ("record", "advisor"),
        ("complete", "advisor"),
    ),
}
ENDS_IN = {
    "start_review": State.IN_REVIEW,
    "ask_clarification": State.CLARIFICATION,
    "resubmit": State.IN_REVIEW,
    "approve_first": State.IN_REVIEW,
    "approve": State.APPROVED,
    "confirm_approval": State.APPROVED,
    "record": State.APPROVED,
    "export": State.PROCESSING,
    "complete": State.COMPLETED,
    "deny": State.DENIED,
    "withdraw": State.WITHDRAWN,
    "expire": State.EXPIRED,
}
# In percent: who has to answer a question first, and which approvals wait for a second person.
ASKED, WAITING_FOR_SECOND = 15, 50


def path_to(state, request_type, random):
    """Yield (action, who) of a way to a state, as this type goes it."""
    for action, who in PATHS[state]:
        if action == "record" and not request_type.sevis_event:
            continue
        if action == "approve" and request_type.second_person:
            yield "approve_first", who
            yield "confirm_approval", "supervisor"
        else:
            yield action, who
        is_reviewed = action == "start_review" and state in (State.COMPLETED, State.DENIED)
        if is_reviewed and random.randrange(100) < ASKED:
            yield from ANSWERED
    waits = state == State.IN_REVIEW and request_type.second_person
    if waits and random.randrange(100) < WAITING_FOR_SECOND:
        yield "approve_first", "advisor"


@cache
def label_of(action, before):
    """Return what the history calls an action."""
    return str(declaration(action, before).label) if before else "Started"

"""Who may: predicates over a request and an actor, combined by the actions of lifecycle.py.

They read plain attributes only, so the whole table can be tested without a database.
"""

from isso.requests.people.roles import Role

from .actor import Kind


def owner(student_request, actor):
    """Hold for the student whose request this is."""
    return actor.user_id is not None and actor.user_id == student_request.owner_id


def advisor(student_request, actor):
    """Hold for the office's advisors and supervisors; nobody decides on a request of one's own."""
    return actor.is_staff and not owner(student_request, actor)


def supervisor(student_request, actor):
    """Hold for the office's supervisors."""
    return Role.SUPERVISOR in actor.roles and not owner(student_request, actor)


def step_approver(student_request, actor):
    """Hold for the person whose approval this request waits for at this moment."""
    return actor.kind == Kind.APPROVAL and actor.approval_id == student_request.current_approval_id


def system(student_request, actor):
    """Hold for the worker alone."""
    return actor.kind == Kind.SYSTEM


def any_of(*predicates):
    """Return a predicate that holds when one of these does."""

    def combined(student_request, actor):
        return any(predicate(student_request, actor) for predicate in predicates)

    combined.__name__ = "_or_".join(predicate.__name__ for predicate in predicates)
    return combined

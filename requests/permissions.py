"""Who may: predicates over a request and an actor, combined by the actions of lifecycle.py.

They read plain attributes only, so the whole table can be tested without a database.
"""

from isso.requests.people.roles import Role

from .actor import Kind


def owner(student_request, actor):
    """Hold for whoever asks: the student, or for a department's request its people of today.

    A department's request is never its scholar's, who may not even know of it. Where the
    department could not enter it by itself, the member of the office who did may go on with it.
    """
    if actor.kind != Kind.USER or actor.user_id is None:
        return False
    is_about_him = actor.user_id == student_request.subject_id
    if not student_request.department:
        return is_about_him
    entered_it = actor.enters_for_departments and actor.user_id == student_request.started_by_id
    return not is_about_him and (entered_it or _is_member(student_request, actor))


def advisor(student_request, actor):
    """Hold for the office's advisors and supervisors; nobody decides on a request of one's own."""
    return actor.is_staff and not _is_partial(student_request, actor)


def second_person(student_request, actor):
    """Hold for the office's advisors and supervisors but the one who approved first."""
    is_first = actor.user_id == student_request.approved_first_by_id
    return advisor(student_request, actor) and not is_first


def supervisor(student_request, actor):
    """Hold for the office's supervisors."""
    return Role.SUPERVISOR in actor.roles and not _is_partial(student_request, actor)


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


def names_approver(student_request, actor):
    """Hold for the owner where a person is asked; who decides in another office is not his."""
    return owner(student_request, actor) and not student_request.office_asked


def _is_member(student_request, actor):
    return student_request.department.casefold() in actor.departments


def _is_partial(student_request, actor):
    """It is about this actor, or his department's; who only typed it in for others is neither."""
    return actor.user_id == student_request.subject_id or _is_member(student_request, actor)

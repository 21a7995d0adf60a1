"""The lifecycle as a document: every line is evaluated from the code, none is written by hand."""

from types import SimpleNamespace

from django.utils.translation import override

from isso.requests.people.roles import Role

from .actor import Actor, Kind
from .lifecycle import (
    CLOSED,
    COUNTED_BY_CLOCK,
    EDITABLE,
    STUDENT_LABELS,
    WITH_APPROVER,
    WITH_OFFICE,
    WITH_STUDENT,
    Note,
    State,
    declared_actions,
)
from .words import EXPLANATIONS

OWNER, NEIGHBOR, STAFF, COLLEAGUE = 1, 2, 3, 4
APPROVAL, OTHER_APPROVAL = 7, 8

# A request as the rules see it: somebody's, waiting for one approval.
REQUEST = SimpleNamespace(
    department="",
    subject_id=OWNER,
    started_by_id=OWNER,
    current_approval_id=APPROVAL,
    approved_first_by_id=COLLEAGUE,
    office_asked="",
)
# One that a department asks about a scholar, entered for it by a member of the office; just now
# Research Compliance decides.
OF_DEPARTMENT = SimpleNamespace(
    department="Biology",
    subject_id=OWNER,
    started_by_id=STAFF,
    current_approval_id=APPROVAL,
    approved_first_by_id=None,
    office_asked=Role.COMPLIANCE,
)


def _user(key, *roles, **fields):
    return Actor(Kind.USER, "", user_id=key, roles=frozenset(roles), **fields)


ACTORS = {
    "owner": _user(OWNER, Role.STUDENT),
    "neighbor student": _user(NEIGHBOR, Role.STUDENT),
    "advisor": _user(STAFF, Role.ADVISOR),
    "advisor, own request": _user(OWNER, Role.ADVISOR),
    "supervisor": _user(STAFF, Role.SUPERVISOR),
    "who approved first": _user(COLLEAGUE, Role.SUPERVISOR),
    "editor": _user(STAFF, Role.EDITOR),
    "step's approver": Actor(Kind.APPROVAL, "", approval_id=APPROVAL),
    "other approver": Actor(Kind.APPROVAL, "", approval_id=OTHER_APPROVAL),
    "system": Actor.system(),
}
WITH_A_DEPARTMENT = {
    "member of the department": _user(
        NEIGHBOR, Role.DEPARTMENT, departments=frozenset({"biology"})
    ),
    "member of another": _user(NEIGHBOR, Role.DEPARTMENT, departments=frozenset({"physics"})),
    "its scholar": _user(OWNER, Role.SCHOLAR),
    "advisor": _user(COLLEAGUE, Role.ADVISOR, enters_for_departments=True),
    "advisor who entered it": _user(STAFF, Role.ADVISOR, enters_for_departments=True),
    "advisor of that department": _user(
        COLLEAGUE, Role.ADVISOR, departments=frozenset({"biology"}), enters_for_departments=True
    ),
    "compliance officer": _user(NEIGHBOR, Role.COMPLIANCE),
    "step's approver": ACTORS["step's approver"],
    "system": Actor.system(),
}

GROUPS = {
    "open": frozenset(State) - CLOSED,
    "with student": WITH_STUDENT,
    "with approver": WITH_APPROVER,
    "with office": WITH_OFFICE,
    "closed": CLOSED,
    "editable": EDITABLE,
    "counted by the clock": COUNTED_BY_CLOCK,
}


def lifecycle_document():
    """Return the text of docs/lifecycle.md, in English whatever language is active."""
    with override("en-us"):
        parts = [
            "# The lifecycle of a request",
            "Written by `manage.py lifecycle_table` from `requests/lifecycle.py`; a test fails "
            "when this file is stale. Do not edit it.",
            "## Diagram",
            "```mermaid\n" + "\n".join(["stateDiagram-v2", *_arrows()]) + "\n```",
            "## States",
            _table(("code", "student sees", "staff see", "groups", "told to students"), _states()),
            "## Who may do what",
            "Yes means: this actor may, while the request is in this state and its conditions "
            "hold. Nobody decides on a request of one's own.",
            _table(("from", "action", "to", "note", *ACTORS), _permissions(REQUEST, ACTORS)),
            "## With a department’s request",
            "The department asks about its scholar, who never sees it. A member of the office may "
            "enter it for a department. Compliance and Human Resources decide as the step’s "
            "approver, by account or by link, and in no other role.",
            _table(
                ("from", "action", "to", "note", *WITH_A_DEPARTMENT),
                _permissions(OF_DEPARTMENT, WITH_A_DEPARTMENT),
            ),
            "## Mails",
            _table(("action", "from", "mail", "to", "only when it ends in"), _mails()),
        ]
    return "\n\n".join(parts) + "\n"


def _in_order():
    """Return (name, transition) sorted by the state they begin in; the order of the file within."""
    order = [str(state) for state in State]
    return sorted(declared_actions(), key=lambda pair: order.index(str(pair[1].source)))


def _targets(transition):
    """Return where a transition may end; staying counts as the state it began in."""
    target = transition.target
    if target is None:
        return [str(transition.source)]
    return [str(each) for each in getattr(target, "allowed_states", [target])]


def _arrows():
    arrows = {}
    for name, transition in _in_order():
        for target in _targets(transition):
            arrows.setdefault((str(transition.source), target), []).append(name)
    yield f"    [*] --> {State.DRAFT}: start"
    for (source, target), names in arrows.items():
        yield f"    {source} --> {target}: {', '.join(names)}"
    for state in State:
        if state in CLOSED:
            yield f"    {state} --> [*]"


def _states():
    for state in State:
        groups = ", ".join(name for name, states in GROUPS.items() if state in states)
        yield (
            f"`{state}`",
            STUDENT_LABELS[state],
            state.label,
            groups,
            EXPLANATIONS.get(state, EXPLANATIONS.get(_same_label(state), "")),
        )


def _same_label(state):
    return next(each for each in EXPLANATIONS if STUDENT_LABELS[each] == STUDENT_LABELS[state])


def _permissions(student_request, actors):
    for name, transition in _in_order():
        yield (
            f"`{transition.source}`",
            f"`{name}`",
            ", ".join(_targets(transition)) if transition.target else "stays",
            "" if _action(transition).note == Note.NONE else _action(transition).note,
            *(
                "yes" if transition.has_perm(student_request, actor) else "–"
                for actor in actors.values()
            ),
        )


def _mails():
    for name, transition in _in_order():
        for mail in _action(transition).mails:
            yield f"`{name}`", transition.source, mail.key, mail.to, mail.when or ""


def _action(transition):
    return transition.custom["action"]


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)

"""The access table as a document: roles, addresses and actions, each cell read from the code."""

from django.utils.translation import override

from isso.requests.actor import Actor, Kind
from isso.requests.lifecycle import action_names, transitions_named
from isso.requests.lifecycle_document import APPROVAL, NEIGHBOR, OWNER, REQUEST
from isso.requests.people.roles import CASE_ROLES

from .access_rules import (
    ADMINISTRATOR,
    APPROVER,
    AT_THEIR_STEP,
    NOT_ONES_OWN,
    OWN,
    ROLES,
    STRANGER,
    WITH_RECORD,
)
from .access_table import DESK_ACTIONS, PARTS, RULES

NOTHING = "–"


def access_tables():
    """Yield (title, rows) of every table; a row is (what, role → limit), in English."""
    with override("en-us"):
        for title, rules in PARTS.items():
            yield title, [(name, words(rule)) for name, rule in rules.items()]
        yield (
            "What is done at the desk",
            [(what, words(RULES[name])) for what, name in DESK_ACTIONS.items()],
        )
        yield (
            "What is done with a request",
            [(name, words(who_may(name))) for name in action_names()],
        )


def words(rule):
    """Return role → the limit in words, for those who get something."""
    return {role: rule[role].words for role in ROLES if role in rule}


def who_may(action):
    """Return the rule of an action of lifecycle.py, found by asking it as everybody."""
    found = {role: _limit(action, role) for role in ROLES}
    return {role: limit for role, limit in found.items() if limit}


def _limit(action, role):
    if role == STRANGER:
        return None
    if role == APPROVER:
        behind_link = Actor(Kind.APPROVAL, "", approval_id=APPROVAL)
        return AT_THEIR_STEP if _may(action, behind_link) else None
    if _may(action, _user(NEIGHBOR, role)):
        return NOT_ONES_OWN
    return OWN if role in WITH_RECORD and _may(action, _user(OWNER, role)) else None


def _user(key, role):
    roles = CASE_ROLES if role == ADMINISTRATOR else {role}
    return Actor(Kind.USER, "", user_id=key, roles=frozenset(roles))


def _may(action, actor):
    return any(each.has_perm(REQUEST, actor) for each in transitions_named(action))


def access_markdown():
    """Return the text of docs/access.md."""
    parts = [
        "# Who may do what",
        "Written by `manage.py access_table --markdown` from `site/access_table.py` (addresses)\n"
        "and `requests/lifecycle.py` (actions). Tests walk every role through every line, and one\n"
        "fails when this file is stale. Do not edit it.",
        "A role gets what its column says and nothing else: “–” is a 404, or the way to sign-in.\n"
        "“Own” is what concerns the person alone. The office is one team: the letters A-K or the\n"
        "departments of a caseload are a view of the queue, not a limit. Who has two roles gets\n"
        "what either gets, but nobody decides on a request of one's own.",
    ]
    for title, rows in access_tables():
        lines = [("", *ROLES), ["---"] * (len(ROLES) + 1)]
        lines += [
            (
                f"`{what}`" if " " not in what else what,
                *(cells.get(role, NOTHING) for role in ROLES),
            )
            for what, cells in rows
        ]
        parts += [f"## {title}", "\n".join(f"| {' | '.join(line)} |" for line in lines)]
    return "\n\n".join(parts) + "\n"


def access_text(role):
    """Return what one role gets, a line for each address and action, with its limit."""
    found = []
    for title, rows in access_tables():
        lines = [f"  {what}: {cells[role]}" for what, cells in rows if role in cells]
        found += [title, *(lines or [f"  {NOTHING}"])]
    return "\n".join(found)

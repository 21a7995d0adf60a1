"""The words of the access table: roles, limits, and the rules that most addresses share.

A rule says which roles get something at an address and how far; who is not in it gets nothing.
"""

from dataclasses import dataclass

from isso.requests.people.roles import Role

STRANGER = "stranger"
APPROVER = "approver behind a link"
SECTION_EDITOR = "section editor"
ADMINISTRATOR = "administrator"

# Everybody there is, in the order of the table. A stranger is whoever is not signed in.
ROLES = (
    STRANGER,
    Role.STUDENT,
    Role.SCHOLAR,
    Role.DEPARTMENT,
    Role.COMPLIANCE,
    Role.HR,
    APPROVER,
    Role.EDITOR,
    SECTION_EDITOR,
    Role.ADVISOR,
    Role.SUPERVISOR,
    ADMINISTRATOR,
)


@dataclass(frozen=True)
class Limit:
    """How far a role gets at an address.

    ``stops_others`` where the address names one thing: whose it is not gets nothing at all.
    """

    words: str
    stops_others: bool = False


ALL = Limit("yes")
OWN = Limit("own")
OWN_ONE = Limit("own", stops_others=True)
OWN_LINK = Limit("own link", stops_others=True)
OWN_SECTION = Limit("own section")
OWN_SECTIONS_PAGE = Limit("own section", stops_others=True)
OWN_DEPARTMENT = Limit("own department's scholars")
OWN_DEPARTMENTS_ONE = Limit("own department's scholars", stops_others=True)
AT_THEIR_STEP = Limit("at their step", stops_others=True)
THEIRS_TO_READ = Limit("those shown to them", stops_others=True)
# The letters A-K of a caseload are a view of the queue, not a limit.
NOT_ONES_OWN = Limit("all but their own")
BELOW_THEM = Limit("all but supervisors and administrators")
ON_THIS_COMPUTER = Limit("in the demonstration, on its own computer", stops_others=True)

Rule = dict[str, Limit]


def gets_nothing(rule: Rule, role: str) -> bool:
    """Tell whether a role gets nothing where the address names what is somebody else's."""
    return role not in rule or rule[role].stops_others


WITH_RECORD = (Role.STUDENT, Role.SCHOLAR)
_WITHOUT_ACCOUNT = (STRANGER, APPROVER)
_DESK = (Role.ADVISOR, Role.SUPERVISOR, ADMINISTRATOR)

NOBODY: Rule = {}
PUBLIC: Rule = dict.fromkeys(ROLES, ALL)
SIGNED_IN: Rule = dict.fromkeys((role for role in ROLES if role not in _WITHOUT_ACCOUNT), OWN)
STUDENTS_ON_THEIR_OWN: Rule = dict.fromkeys(WITH_RECORD, OWN)
# A department's people own what it asks, and the office's what they entered for one.
THE_OWNER: Rule = dict.fromkeys((*WITH_RECORD, Role.DEPARTMENT, *_DESK), OWN_ONE)
ITS_READERS: Rule = dict.fromkeys(WITH_RECORD, THEIRS_TO_READ)
THE_OWNER_AND_THE_OFFICE: Rule = THE_OWNER | dict.fromkeys(_DESK, NOT_ONES_OWN)
HOLDER_OF_THE_LINK: Rule = dict.fromkeys(ROLES, OWN_LINK)
THE_STEPS_APPROVER: Rule = {APPROVER: AT_THEIR_STEP}
THE_OFFICE_ASKED: Rule = dict.fromkeys((Role.COMPLIANCE, Role.HR), AT_THEIR_STEP)
THIS_COMPUTER: Rule = dict.fromkeys(ROLES, ON_THIS_COMPUTER)
DEPARTMENTS: Rule = {Role.DEPARTMENT: OWN_DEPARTMENT}
DEPARTMENTS_OF_THE_SCHOLAR: Rule = {Role.DEPARTMENT: OWN_DEPARTMENTS_ONE}
CASES: Rule = dict.fromkeys(_DESK, ALL)
CASES_OF_OTHERS: Rule = dict.fromkeys(_DESK, NOT_ONES_OWN)
EDITORS: Rule = dict.fromkeys((Role.EDITOR, ADMINISTRATOR), ALL)
EDITORS_OF_A_SECTION: Rule = EDITORS | {SECTION_EDITOR: OWN_SECTION}
EDITORS_OF_THE_PAGE: Rule = EDITORS | {SECTION_EDITOR: OWN_SECTIONS_PAGE}
SUPERVISORS: Rule = dict.fromkeys((Role.SUPERVISOR, ADMINISTRATOR), ALL)
THOSE_ABOVE: Rule = {Role.SUPERVISOR: BELOW_THEM, ADMINISTRATOR: NOT_ONES_OWN}

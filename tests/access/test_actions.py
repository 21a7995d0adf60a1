"""Every action at every address that acts, in every state: refused wherever the table has none.

The table is tests/core/who_may.py; tests/core/test_matrix.py holds the door itself against it.
"""

import pytest

from isso.requests.models import HistoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.site.access_rules import APPROVER, ROLES
from isso.tests import factories
from isso.tests.core.who_may import ADVISOR, DESK, MAY, OWNER, SUPERVISOR

# The four ends are alike (core/test_matrix.py).
STATES = [
    *("draft", "approver_review", "submitted", "in_review"),
    *("clarification", "approved", "completed"),
]
# Whoever neither owns the request nor works at the desk; a link opens its own step (approver/).
OTHERS = [role for role in ROLES if role not in DESK | {APPROVER}]
REFUSED = {404, 409, 422}
BACK = 302
SENT = {
    "confirmed": "1",
    "note": "Please.",
    "close_reason": "duplicate",
    "recorded_on": "2026-10-05",
    "approver_name": "Paula Rivera",
    "approver_email": "rivera@demo.example",
}


@pytest.mark.parametrize("state", STATES)
def test_no_address_does_what_the_table_does_not_allow(people, client, state):
    assert people[ADVISOR]
    record = factories.make_student("olga@school.example", family_name="Ivanova")
    student_request = factories.make_request(record, "cpt", state)
    client.force_login(record.user)
    people[OWNER] = client
    portal = f"/portal/requests/{student_request.reference}/do/"
    desk = f"/admin/desk/{student_request.pk}/do/"
    not_allowed = {
        who: [action for action, where in MAY.items() if who not in where.get(state, ())]
        for who in (OWNER, ADVISOR, SUPERVISOR)
    }
    tried = [
        *((portal, OWNER, action) for action in not_allowed[OWNER]),
        *((desk, SUPERVISOR, action) for action in not_allowed[SUPERVISOR]),
        # What a supervisor may and an advisor may not.
        *((desk, ADVISOR, each) for each in not_allowed[ADVISOR] if each == "skip_approver"),
        *((door, who, "withdraw") for door in (portal, desk) for who in OTHERS),
    ]
    before = traces()

    answers = {
        (door, who, action): people[who].post(
            f"{door}{action}/", SENT | {"version": student_request.version}
        )
        for door, who, action in tried
    }

    assert {
        case: answer.status_code
        for case, answer in answers.items()
        if answer.status_code not in REFUSED and not leads_away(case, answer)
    } == {}
    assert traces() == before


def leads_away(case, answer):
    """Tell whether it is the way to sign-in, or back to where the person may be."""
    door, who, _action = case
    back = {OWNER: door.removesuffix("do/")}.get(who, "/admin/")
    return answer.status_code == BACK and answer.url.partition("?")[0] in (back, "/accounts/login/")


def traces():
    """Return all that an action leaves behind."""
    return (
        list(StudentRequest.objects.values()),
        HistoryEntry.objects.count(),
        Notice.objects.count(),
    )

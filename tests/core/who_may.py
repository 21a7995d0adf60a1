"""Who may do what from where, as domain/statuses.md §2 says; whoever is not named may not."""

OWNER, ADVISOR, SUPERVISOR, APPROVER, SYSTEM = (
    "owner",
    "advisor",
    "supervisor",
    "approver",
    "system",
)
ADMINISTRATOR = "administrator"
DESK = {ADVISOR, SUPERVISOR, ADMINISTRATOR}

# action → {from-state: who may}
MAY = {
    "send_to_approver": {"draft": {OWNER}},
    "submit": {"draft": {OWNER}},
    "discard": {"draft": {OWNER}},
    "endorse": {"approver_review": {APPROVER}},
    "refuse": {"approver_review": {APPROVER}},
    "return_to_student": {"approver_review": {APPROVER}},
    "not_me": {"approver_review": {APPROVER}},
    "replace_approver": {"approver_review": {OWNER} | DESK},
    "remind": {"approver_review": {OWNER} | DESK},
    "remind_on_time": {"approver_review": {SYSTEM}},
    "forward": {"approver_review": {APPROVER}},
    "skip_approver": {"approver_review": {SUPERVISOR, ADMINISTRATOR}},
    "start_review": {"submitted": DESK},
    "ask_clarification": {"submitted": DESK, "in_review": DESK},
    "resubmit": {"clarification": {OWNER}},
    "recall": {"clarification": DESK},
    "fill_office_part": {"in_review": DESK},
    "approve": {"in_review": DESK},
    "approve_first": {"in_review": DESK},
    # Not whoever approved first: tests/core/test_second_person.py.
    "confirm_approval": {"in_review": DESK},
    "send_back_approval": {"in_review": DESK},
    "record": {"approved": DESK},
    "complete": {"approved": DESK | {SYSTEM}, "processing": DESK | {SYSTEM}},
    "reopen": {"approved": DESK},
    "export": {"approved": {SYSTEM}},
    "log_ok": {"processing": {SYSTEM}},
    "log_error": {"processing": {SYSTEM}},
    "deny": {"in_review": DESK},
    "withdraw": {
        "draft": {OWNER},
        "approver_review": {OWNER},
        "submitted": {OWNER},
        "clarification": {OWNER},
        "in_review": DESK,
        "approved": DESK,
        "processing": DESK,
    },
    "dismiss": {"submitted": DESK, "in_review": DESK},
    "expire": {"draft": {SYSTEM}, "approver_review": {SYSTEM}, "clarification": {SYSTEM}},
}

# With a department's request, Research Compliance being asked just now, the same table holds with
# these in the place of the owner and the desk.
MEMBER, ENTERED_IT = "member", "entered it"


def with_a_department(action, state):
    """Return who may do this to a department's request."""
    who = MAY[action].get(state, set())
    owners = {MEMBER, ENTERED_IT} if OWNER in who else set()
    if action == "replace_approver":
        # Who decides in another office is not the department's to choose.
        owners = set()
    desk = {ADVISOR, ENTERED_IT} if ADVISOR in who else set()
    return owners | desk | (who & {APPROVER, SYSTEM})

"""Links of approvers and what approvers send, for the tests of this folder."""

from isso.requests.approvals import make_token

# What an approver types to agree.
AGREED = {
    "decision": "endorse",
    "is_official": "yes",
    "counts_as": "credit",
    "course": "DS 599, 3 credits, Spring 2027",
    "related": "Applies the statistics of the major.",
    "on_time": "yes",
    "good_standing": "yes",
    "recommended": "part",
    "completion_date": "2027-06-30",
    "comment": "",
    "decided_name": "Paula Rivera",
    "decided_title": "Professor of Statistics",
}


def address(approval):
    """Return the address of an approval's newest link."""
    return f"/portal/approvals/{make_token(approval)}/"


def decide(client, link, **changes):
    """Send a decision and confirm it."""
    return client.post(link, AGREED | {"step": "confirm"} | changes)

"""Where an admitted person stands, since when, and what is late: tables, without a database."""

from datetime import date, timedelta

import pytest

from isso.requests.admitted import Admitted, Progress, late_because, progress_of
from isso.requests.lifecycle import CLOSED, OPEN, State

TODAY = date(2026, 10, 5)
FAR = date(2027, 8, 23)


def ago(days):
    return TODAY - timedelta(days=days)


def ahead(days):
    return TODAY + timedelta(days=days)


def standing(**facts):
    """Return (where, since, what is late) of a person whose program starts far ahead."""
    person = Admitted(**{"program_start": FAR} | facts)
    progress, since = progress_of(person)
    return progress, since, late_because(person, progress, since, TODAY)


ASKED = {"is_invited": True, "invited_on": ago(30), "deposit_paid_on": ago(40)}
BEGUN = ASKED | {"begun_on": ago(20), "saved_on": ago(3)}
SENT = BEGUN | {"sent_on": ago(2), "state_since": ago(1)}
STANDINGS = [
    ({}, Progress.NO_DEPOSIT, None),
    ({"deposit_paid_on": ago(1)}, Progress.NOT_INVITED, ago(1)),
    (ASKED, Progress.INVITED, ago(30)),
    # Somebody who signed in before there were invitations.
    ({"is_invited": True}, Progress.INVITED, None),
    (BEGUN | {"state": State.DRAFT}, Progress.STARTED, ago(20)),
    (SENT | {"state": State.CLARIFICATION}, Progress.WAITING, ago(1)),
    (SENT | {"state": State.SUBMITTED}, Progress.COMPLETE, ago(2)),
    (SENT | {"state": State.APPROVER_REVIEW}, Progress.COMPLETE, ago(2)),
    (SENT | {"state": State.IN_REVIEW}, Progress.COMPLETE, ago(2)),
    (SENT | {"state": State.APPROVED}, Progress.COMPLETE, ago(2)),
    (SENT | {"state": State.PROCESSING}, Progress.COMPLETE, ago(2)),
    (SENT | {"state": State.APPROVED, "released_on": TODAY}, Progress.RELEASED, TODAY),
    (SENT | {"state": State.COMPLETED}, Progress.RELEASED, ago(1)),
    (SENT | {"state": State.COMPLETED, "released_on": ago(4)}, Progress.RELEASED, ago(4)),
    # A form from before the portal.
    ({"released_on": ago(9)}, Progress.RELEASED, ago(9)),
    ({"released_on": ago(9), "deferred_on": ago(2)}, Progress.DEFERRED, ago(2)),
    (SENT | {"state": State.DENIED}, Progress.CLOSED, ago(1)),
    (SENT | {"state": State.WITHDRAWN}, Progress.CLOSED, ago(1)),
    (SENT | {"state": State.EXPIRED}, Progress.CLOSED, ago(1)),
    (BEGUN | {"state": State.DRAFT, "has_closed_account": True}, Progress.CLOSED, None),
    (
        SENT | {"state": State.COMPLETED, "released_on": ago(9), "checked_in_on": ago(1)},
        Progress.ARRIVED,
        ago(1),
    ),
]


@pytest.mark.parametrize(("facts", "progress", "since"), STANDINGS)
def test_everybody_stands_at_one_point(facts, progress, since):
    assert standing(**facts)[:2] == (progress, since)


def test_no_state_is_forgotten():
    assert {facts["state"] for facts, _progress, _since in STANDINGS if "state" in facts} == {
        *OPEN,
        *CLOSED,
    }


SILENT = "Nothing has come since {}."
LATE = [
    # The deposit is not for us to wait for.
    ({"program_start": ahead(3)}, ""),
    ({"deposit_paid_on": ago(2)}, ""),
    (
        {"deposit_paid_on": ago(3)},
        "The deposit is paid and no invitation has left. Look at the address.",
    ),
    (ASKED | {"invited_on": ago(14), "invitation_ends_on": ahead(16)}, ""),
    (ASKED | {"invited_on": ago(15)}, SILENT.format("September 20, 2026")),
    (
        ASKED | {"invited_on": ago(31), "invitation_ends_on": ago(1)},
        "The invitation has expired.",
    ),
    (BEGUN | {"state": State.DRAFT, "saved_on": ago(14)}, ""),
    (BEGUN | {"state": State.DRAFT, "saved_on": ago(15)}, SILENT.format("September 20, 2026")),
    (SENT | {"state": State.CLARIFICATION, "state_since": ago(7)}, ""),
    (
        SENT | {"state": State.CLARIFICATION, "state_since": ago(8)},
        SILENT.format("September 27, 2026"),
    ),
    (SENT | {"state": State.IN_REVIEW, "due_on": TODAY}, ""),
    (SENT | {"state": State.IN_REVIEW, "due_on": ago(1)}, "Our date was October 4, 2026."),
    (SENT | {"state": State.IN_REVIEW, "program_start": ahead(60)}, ""),
    (
        SENT | {"state": State.IN_REVIEW, "program_start": ahead(59)},
        "The program starts in 59 days and no form is released.",
    ),
    (
        ASKED | {"program_start": ahead(1)},
        "The program starts in 1 day and no form is released.",
    ),
    (
        ASKED | {"program_start": TODAY},
        "The program starts in 0 days and no form is released.",
    ),
    (ASKED | {"program_start": ago(1)}, "The program has begun and no form is released."),
    ({"released_on": ago(9), "program_start": TODAY}, ""),
    (
        {"released_on": ago(9), "program_start": ago(1)},
        "The program has begun without Check-In. SEVIS needs it by November 3, 2026.",
    ),
    (
        {"released_on": ago(9), "deferred_on": ago(8), "program_start": ago(1)},
        "The program has begun without Check-In. SEVIS needs it by November 3, 2026.",
    ),
    ({"released_on": ago(9), "checked_in_on": ago(1), "program_start": ago(99)}, ""),
    (SENT | {"state": State.DENIED, "program_start": ago(1)}, ""),
    # A start that nobody knows is never near.
    (SENT | {"state": State.IN_REVIEW, "program_start": None}, ""),
]


@pytest.mark.parametrize(("facts", "late"), LATE)
def test_what_is_late_is_said_in_a_sentence(facts, late):
    assert standing(**facts)[2] == late

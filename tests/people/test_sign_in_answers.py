"""From what is known of an address to the one answer its owner is mailed."""

import pytest

from isso.requests.people.models import InvitationState
from isso.requests.people.sign_in_answers import WORDS, Answer, Facts, OnFile, answer_for

OPEN, EXPIRED = InvitationState.OPEN, InvitationState.EXPIRED
ACCEPTED, REVOKED = InvitationState.ACCEPTED, InvitationState.REVOKED


def account(**facts):
    return Facts(has_account=True, **facts)


ANSWERS = [
    # Nobody signs in with it.
    ("unknown", Facts()),
    ("not_invited", Facts(on_file=OnFile.READY)),
    ("no_deposit", Facts(on_file=OnFile.NO_DEPOSIT)),
    ("several", Facts(on_file=OnFile.SEVERAL)),
    ("unverified", Facts(on_file=OnFile.UNVERIFIED)),
    ("personal_later", Facts(is_personal=True)),
    ("moved", Facts(is_former=True)),
    ("closed", Facts(is_personal=True, is_active=False)),
    ("closed", Facts(is_former=True, is_active=False)),
    # Somebody does, or is asked to.
    ("invited", account(invitation=OPEN)),
    ("expired", account(invitation=EXPIRED)),
    ("not_invited", account(invitation=REVOKED)),
    ("not_invited", account()),
    ("fine", account(invitation=ACCEPTED, has_entered=True)),
    ("fine", account(has_entered=True)),
    # Who came in before needs no invitation any more, whatever became of a second one.
    ("fine", account(invitation=EXPIRED, has_entered=True)),
    # The campus.
    ("campus", account(is_bound=True, has_entered=True)),
    ("campus", account(is_bound=True, is_campus_address=True, has_entered=True)),
    ("unconnected", account(is_campus_address=True, invitation=ACCEPTED, has_entered=True)),
    ("unconnected", account(is_campus_address=True, invitation=EXPIRED, has_entered=True)),
    ("invited", account(is_campus_address=True, invitation=OPEN)),
    # No machine invites whom the office has not invited, or no longer.
    ("not_invited", account(is_campus_address=True, invitation=REVOKED, has_entered=True)),
    ("not_invited", account(is_campus_address=True, has_entered=True)),
    # A closed account is told first, staff before all other.
    ("closed", account(is_active=False, has_entered=True)),
    ("closed", account(is_active=False, invitation=OPEN)),
    ("closed", account(is_active=False, is_staff=True, is_bound=True)),
    ("staff", account(is_staff=True, has_entered=True)),
    ("staff", account(is_staff=True, is_bound=True, has_entered=True)),
    ("staff", account(is_staff=True, invitation=OPEN)),
]


@pytest.mark.parametrize(("answer", "facts"), ANSWERS)
def test_facts_have_one_answer(answer, facts):
    assert answer_for(facts) == answer


def test_every_answer_is_in_the_table_and_has_its_words():
    assert {answer for answer, _facts in ANSWERS} == set(Answer.values)
    assert set(WORDS) == set(Answer)

"""Many at once, with real threads on PostgreSQL: one invitation, one mail, one acceptance."""

import pytest

from isso.requests.notices.models import Notice
from isso.requests.notices.tokens import LinkProblem
from isso.requests.people.invitations import accept, invite, resend
from isso.requests.people.models import Invitation, User
from isso.tests.core.threads import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def priya():
    return User.objects.create_user("priya@school.example", full_name="Priya Raman")


@pytest.mark.parametrize("occasion", ["", "deposit:1"])
def test_eight_inviting_at_once_send_one_mail(priya, occasion):
    found = at_once(8, lambda _number: invite(priya, "admitted", occasion=occasion))

    assert sorted(is_sent for _invitation, is_sent in found) == [False] * 7 + [True]
    assert (Invitation.objects.count(), Notice.objects.count()) == (1, 1)


def test_of_eight_accepting_at_once_exactly_one_wins(priya):
    invitation, _sent = invite(priya, "student")

    def press(_number):
        try:
            return accept(invitation).email
        except LinkProblem as problem:
            return problem.reason

    assert sorted(at_once(8, press)) == ["priya@school.example"] + ["used"] * 7


def test_eight_presses_of_send_again_send_one_mail(priya):
    invitation, _sent = invite(priya, "student")

    at_once(8, lambda _number: resend(invitation, seen=1))

    assert Notice.objects.count() == 2

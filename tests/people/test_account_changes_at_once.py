"""Changes of accounts at the same moment, with real threads on PostgreSQL: somebody stays."""

import pytest
from django.core.exceptions import ValidationError

from isso.requests.people.account_changes import change_account
from isso.requests.people.models import AccountAct, AccountChange, User
from isso.requests.people.roles import ADMINISTRATOR
from isso.tests.core.threads import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def administrators():
    """Two administrators, and nobody else who could make another."""
    return [
        User.objects.create_superuser(f"{name}@staff.example", full_name=name)
        for name in ("ada", "ben")
    ]


@pytest.mark.parametrize(
    ("act", "given"),
    [(AccountAct.CLOSE, {}), (AccountAct.TAKE_ROLE, {"role": ADMINISTRATOR})],
)
def test_of_two_who_shut_each_other_out_one_stays(administrators, act, given):
    def shut_out(number):
        by, person = administrators[number], administrators[1 - number]
        try:
            change_account(act, person, by=by, reason="Leaves", **given)
        except ValidationError as refused:
            return refused.messages
        return "done"

    answers = at_once(2, shut_out)

    assert sorted(map(str, answers)) == [
        "['Only supervisors and administrators change accounts.']",
        "done",
    ]
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1
    assert AccountChange.objects.count() == 1

"""“I can't sign in” pressed many times at once, with real threads on PostgreSQL."""

import pytest
from django.test import Client

from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.people.models import SignInTrouble
from isso.requests.people.sign_in_help import answer_waiting
from isso.tests.core.threads import at_once
from isso.tests.people.sign_in_cases import EMAIL, invited

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def ask(_number=0):
    return Client().post("/accounts/help/", {"email": EMAIL})["Location"]


def trouble():
    return SignInTrouble.objects.values_list("email", "tries", "waits", "answer").get()


def test_five_presses_at_once_are_one_row_and_one_mail(mailoutbox):
    assert set(at_once(5, ask)) == {"/accounts/help/sent/"}
    assert trouble() == (EMAIL, 5, True, "")

    # Four workers look at the same moment.
    assert sorted(at_once(4, lambda _number: answer_waiting())) == [0, 0, 0, 1]
    at_once(4, lambda _number: deliver_due())

    assert trouble() == (EMAIL, 5, False, "unknown")
    assert [message.to for message in mailoutbox] == [[EMAIL]]


def test_who_asks_while_the_worker_answers_is_answered_too(settings):
    """Whichever comes first: no press is lost, and nobody waits for ever."""
    invited(settings)
    ask()
    works = [ask, lambda _number: answer_waiting(), ask, lambda _number: answer_waiting()]
    at_once(4, lambda number: works[number](number))
    answer_waiting()

    assert trouble() == (EMAIL, 3, False, "invited")
    assert Notice.objects.filter(key="sign_in_help").count() == 1

"""Many at once, with real threads on PostgreSQL: a login moves once, whoever comes second."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from isso.requests.notices.models import Notice
from isso.requests.people.models import User
from isso.requests.people.personal_email import confirm, end_campus_account
from isso.tests.core.threads import at_once
from isso.tests.factories import make_user

HOME = "priya@home.example"

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def priya():
    return make_user("priya@school.example", "Priya Raman")


def told():
    return sorted(Notice.objects.values_list("key", flat=True))


def test_eight_ends_at_once_move_once(priya):
    confirm(priya, HOME)
    Notice.objects.all().delete()

    at_once(8, lambda _number: end_campus_account(priya))

    assert User.objects.get(pk=priya.pk).email == HOME
    assert told() == ["campus_login_ended", "personal_email_in_use"]


def test_the_proof_and_the_end_at_the_same_moment_move_once(priya):
    def press(number):
        # Whoever confirms once more after the move is refused.
        with suppress(ValidationError):
            end_campus_account(priya) if number % 2 else confirm(priya, HOME)

    at_once(8, press)

    assert User.objects.get(pk=priya.pk).email == HOME
    moves = [key for key in told() if key in ("campus_login_ended", "personal_email_in_use")]
    assert moves == ["campus_login_ended", "personal_email_in_use"]


def test_of_eight_who_confirm_one_address_one_has_it():
    people = [make_user(f"p{number}@school.example") for number in range(8)]

    def press(number):
        try:
            confirm(people[number], HOME)
        except ValidationError as error:
            return error.messages[0]
        return "confirmed"

    refused = "This address cannot be used for your account. Type another one."
    assert sorted(at_once(8, press)) == [refused] * 7 + ["confirmed"]
    assert User.objects.filter(personal_email=HOME).count() == 1

"""Many bindings at once, with real threads on PostgreSQL: one campus account, one person."""

import pytest
from allauth.socialaccount.models import SocialAccount

from isso.requests.people import campus
from isso.tests.core.threads import at_once
from isso.tests.factories import make_user

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def bound(user, subject):
    try:
        campus.bind(user, subject)
    except campus.CannotBind:
        return False
    return True


def test_of_eight_people_one_gets_the_account(provider):
    people = [make_user(f"person{number}@mail.example") for number in range(8)]

    assert sum(at_once(8, lambda number: bound(people[number], "shared"))) == 1
    assert SocialAccount.objects.count() == 1


def test_of_eight_accounts_a_person_gets_one(provider):
    user = make_user("sofia@mail.example")

    assert sum(at_once(8, lambda number: bound(user, f"account-{number}"))) == 1
    assert SocialAccount.objects.count() == 1


def test_the_same_binding_eight_times_is_one(provider):
    user = make_user("sofia@mail.example")

    assert at_once(8, lambda _number: bound(user, "sofia-at-campus")) == [True] * 8
    assert SocialAccount.objects.count() == 1

"""Many at once, with real threads on PostgreSQL: one wins, nothing is lost or doubled."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import HistoryEntry, Snapshot, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import NotPossible, perform
from isso.tests import factories

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def open_office(monday):
    factories.make_office()


def at_once(count, work):
    """Run ``work(number)`` in ``count`` threads and return what each returned."""

    def run(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_eight_deciding_at_once_exactly_one_wins(open_office):
    made = factories.make_request(state="in_review")
    advisors = [
        Actor.for_user(factories.make_staff(email=f"a{number}@staff.example"))
        for number in range(8)
    ]
    before = Notice.objects.count()

    def decide(number):
        action = "approve" if number % 2 else "deny"
        try:
            return perform(made, action, advisors[number], note="Decided.").state
        except NotPossible:
            return "lost"

    outcomes = at_once(8, decide)

    won = [each for each in outcomes if each != "lost"]
    assert len(won) == 1
    assert StudentRequest.objects.get().state == won[0]
    assert HistoryEntry.objects.filter(action__in=["approve", "deny"]).count() == 1
    assert Notice.objects.count() == before + 1


def test_eight_presses_of_submit_make_one_submission(open_office):
    draft = factories.make_draft(factories.make_student())

    def press(_number):
        try:
            return factories.send(draft).state
        except (NotPossible, ValidationError):
            return "lost"

    outcomes = at_once(8, press)

    assert sorted(outcomes) == ["lost"] * 7 + ["submitted"]
    assert Snapshot.objects.count() == 1
    assert Notice.objects.filter(key="request_submitted").count() == 1


def test_eight_starts_at_once_make_one_draft(open_office):
    record = factories.make_student()
    actor = Actor.for_user(record.user)

    references = at_once(
        8,
        lambda number: (
            drafting.start(record, "reprint", actor, start_key=f"key-{number}").reference
        ),
    )

    assert len(set(references)) == 1
    assert StudentRequest.objects.count() == 1

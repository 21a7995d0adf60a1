"""The desk at full load on PostgreSQL: ten advisors at once, and bulk while everything moves."""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.http import QueryDict

from isso.requests.actor import Actor
from isso.requests.desk.bulk_work import ask, work_on_waiting
from isso.requests.desk.queue_rows import rows_asked_for
from isso.requests.lifecycle import State
from isso.requests.models import BulkRow, BulkRun, HistoryEntry, StudentRequest
from isso.requests.perform import NotPossible, perform
from isso.tests import factories
from isso.tests.core.threads import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
DECISIONS = ("approve", "deny")


@pytest.fixture
def queue(monday):
    """Return a function that fills the queue with new requests, all but the first made in bulk."""
    factories.make_office()
    first = factories.make_request(None, "address_update")
    made_anew = {"id", "reference", "start_key", "purpose"}
    columns = [
        each.attname
        for each in StudentRequest._meta.concrete_fields
        if not each.generated and each.name not in made_anew
    ]

    def _queue(number):
        same = {name: getattr(first, name) for name in columns}
        StudentRequest.objects.bulk_create(
            StudentRequest(**same, purpose=f"load {each}") for each in range(number - 1)
        )
        return list(StudentRequest.objects.order_by("pk").values_list("pk", "version"))

    return _queue


def decisions():
    """How many decisions each request's history names: {request: number}."""
    found = HistoryEntry.objects.filter(action__in=DECISIONS)
    return Counter(found.values_list("student_request", flat=True))


def bulk_approval(rows, by):
    return ask(rows, by=by, action="approve", key=uuid.uuid4(), view_key="all", query="")


def test_ten_advisors_decide_a_thousand_cases_each_once_and_lose_none(queue):
    cases = {key for key, _version in queue(1000)}
    staff = [factories.make_staff(email=f"a{number}@staff.example") for number in range(10)]

    def work(number):
        """Take a case from the top of the list as it is now, and decide, until none is new."""
        user, actor, done = staff[number], Actor.for_user(staff[number]), []
        while top := list(rows_asked_for(user, "new", QueryDict())[:10]):
            case = top[number % len(top)]
            try:
                begun = perform(case, "start_review", actor, expected_version=case.version)
            except NotPossible:
                continue  # A colleague was faster; the list is looked at again.
            action = DECISIONS[case.pk % 2]
            perform(begun, action, actor, expected_version=begun.version, note="Decided.")
            done.append(case.pk)
        return done

    decided = at_once(10, work)

    assert sorted(key for done in decided for key in done) == sorted(cases)
    assert decisions() == dict.fromkeys(cases, 1)
    begun = HistoryEntry.objects.filter(action="start_review")
    assert Counter(begun.values_list("student_request", flat=True)) == dict.fromkeys(cases, 1)
    found = HistoryEntry.objects.filter(action__in=DECISIONS)
    deciders = dict(found.values_list("student_request", "actor_user"))
    assert deciders == {
        key: user.pk for user, done in zip(staff, decided, strict=True) for key in done
    }
    ended = (State.APPROVED, State.COMPLETED, State.DENIED)
    assert StudentRequest.objects.filter(state__in=ended).count() == 1000


def test_while_rows_change_each_is_done_once_or_told_to_be_left_alone(queue):
    rows = queue(60)
    by, colleague = factories.make_staff(), factories.make_staff(email="c@staff.example")
    run = bulk_approval(rows, by)

    def work(number):
        if number < 2:
            return work_on_waiting()
        # From the end, while the workers come from the beginning.
        taken = 0
        for key, _version in rows[::-1][number - 2 :: 2]:
            try:
                perform(StudentRequest(pk=key), "start_review", Actor.for_user(colleague))
                taken += 1
            except NotPossible:
                pass
        return taken

    _first, _second, *taken = at_once(4, work)

    outcomes = dict(run.rows.values_list("student_request", "outcome"))
    done = {key for key, outcome in outcomes.items() if outcome == "done"}
    left = {key for key, outcome in outcomes.items() if outcome == "not_done"}
    assert done | left == {key for key, _version in rows}
    assert (len(left), decisions()) == (sum(taken), dict.fromkeys(done, 1))
    sentences = set(run.rows.filter(outcome="not_done").values_list("sentence", flat=True))
    changed = "Somebody changed this request since you opened it. Look at it again, please."
    assert sentences <= {changed}
    assert BulkRun.objects.get().ended_at is not None


def test_a_worker_that_is_cut_off_is_followed_by_the_next_and_no_row_is_done_twice(queue, monday):
    rows = queue(40)
    bulk_approval(rows, factories.make_staff())
    backend = []

    def work(number):
        if number == 0:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend.append(cursor.fetchone()[0])
            try:
                work_on_waiting()
            except DatabaseError:
                return "cut off"
            return "ended"
        while BulkRow.objects.exclude(outcome="waiting").count() < 5:
            pass
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", backend)
        return "cut"

    assert at_once(2, work) == ["cut off", "cut"]
    half = BulkRow.objects.filter(outcome="done").count()
    assert 5 <= half < 40
    assert len(decisions()) == half
    # Its lease holds the others off, and then runs out.
    assert work_on_waiting() == 0
    monday.shift(timedelta(minutes=6))
    assert at_once(3, lambda _number: work_on_waiting()).count(1) == 1

    assert set(BulkRow.objects.values_list("outcome", flat=True)) == {"done"}
    assert decisions() == {key: 1 for key, _version in rows}

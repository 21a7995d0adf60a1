"""Many workers, and people who act at the same moment, with real threads on PostgreSQL."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from isso.requests.models import DiscardedFile, HistoryEntry, RetentionEntry, RetentionHold
from isso.requests.notices.models import Notice
from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.perform import NotPossible, perform
from isso.requests.retention.acting import act
from isso.requests.retention.holding import hold
from isso.requests.retention.planning import plan
from isso.tests import factories
from isso.tests.core.threads import at_once
from isso.tests.retention.person import actor_of, leave

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def supervisor(monday):
    factories.make_office()
    return factories.make_staff(Role.SUPERVISOR)


def test_four_workers_plan_once_and_do_each_thing_once(supervisor, monday):
    for number in range(5):
        record = factories.make_student(f"s{number}@school.example")
        factories.make_request(record, state="withdrawn")
    monday.shift(timedelta(days=400))
    at_once(4, lambda _number: plan())
    assert RetentionEntry.objects.planned().count() == 10
    assert Notice.objects.filter(key="retention_plan").count() == 1
    monday.shift(timedelta(days=15))

    done = at_once(4, lambda _number: act())

    assert sum(done) == 10
    assert HistoryEntry.objects.filter(action="purge").count() == 10
    assert DiscardedFile.objects.count() == 0


def test_whoever_acts_while_retention_runs_is_before_it_or_refused(supervisor, monday):
    record = factories.make_student()
    made = factories.make_request(record, state="submitted")
    made = perform(made, "withdraw", actor_of(record))
    monday.shift(timedelta(days=400))
    plan()
    monday.shift(timedelta(days=15))

    def both(number):
        if number == 0:
            return act()
        try:
            return perform(made, "withdraw", actor_of(record))
        except NotPossible:
            return "refused"

    assert at_once(2, both) == [2, "refused"]


def test_a_hold_that_races_with_the_worker_comes_in_time_or_is_refused(supervisor, monday):
    record = factories.make_student()
    leave(record)
    monday.shift(timedelta(days=9000))
    plan()
    monday.shift(timedelta(days=15))

    def both(number):
        if number == 0:
            return act()
        try:
            return hold(record, "Lawsuit", User.objects.get(pk=supervisor.pk)).pk
        except ValidationError:
            return None

    _done, held = at_once(2, both)

    record.refresh_from_db()
    assert (record.anonymized_at is None) == (held is not None)
    assert RetentionHold.objects.count() == (0 if held is None else 1)

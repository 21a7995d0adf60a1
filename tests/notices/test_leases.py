"""Which worker has a row: one of them, until its lease is over."""

from datetime import timedelta

import pytest

from isso.requests.notices.leases import LEASE, claim_next, renew
from isso.requests.records.models import ImportRun
from isso.tests.core.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def waiting():
    return ImportRun.objects.filter(stage="to_check").order_by("pk")


@pytest.fixture
def runs(monday):
    """Two rows to work on."""
    return [ImportRun.objects.create(file_name=name, stage="to_check") for name in "ab"]


def test_each_row_is_claimed_once_and_again_when_its_lease_is_over(runs, monday):
    assert [claim_next(waiting()) for _time in range(3)] == [*runs, None]

    monday.shift(LEASE + timedelta(seconds=1))

    assert claim_next(waiting()) == runs[0]


def test_of_many_workers_one_has_a_row(runs):
    claimed = at_once(6, lambda _number: claim_next(waiting()))

    assert sorted(row.pk for row in claimed if row) == [row.pk for row in runs]


def test_who_was_held_up_learns_that_another_has_the_row(runs, monday):
    mine = claim_next(waiting())
    monday.shift(LEASE / 2)
    assert renew(mine)
    monday.shift(LEASE + timedelta(seconds=1))
    theirs = claim_next(waiting())

    assert (renew(mine), renew(theirs)) == (False, True)
    assert ImportRun.objects.get(pk=mine.pk).claimed_until == theirs.claimed_until


def test_a_lease_that_nobody_took_over_goes_on(runs, monday):
    mine = claim_next(waiting())
    monday.shift(LEASE * 2)

    assert renew(mine)


def test_what_is_gone_is_nobodys(runs):
    mine = claim_next(waiting())
    ImportRun.objects.filter(pk=mine.pk).delete()

    assert not renew(mine)

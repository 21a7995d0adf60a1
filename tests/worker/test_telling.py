"""Supervisors hear of what is stuck: a digest a day, and of what nobody answers for at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from isso.requests.failures.telling import send_digests, tell_of_unassigned
from isso.requests.models import StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.tests import factories
from isso.tests.core.threads import at_once


@pytest.fixture
def supervisors(office):
    return [
        factories.make_staff(Role.SUPERVISOR, f"{name}@staff.example") for name in ("one", "two")
    ]


def mails(key):
    return list(
        Notice.objects.filter(key=key).order_by("recipient").values_list("recipient", flat=True)
    )


def break_a_mail():
    Notice.objects.create(
        key="approved", recipient="gone@school.example", dedupe_key="x", state="failed"
    )


BOTH = ["one@staff.example", "two@staff.example"]


def test_one_digest_a_day_for_each_supervisor(supervisors):
    break_a_mail()

    assert [send_digests(), send_digests()] == [2, 0]
    assert mails("stuck_digest") == BOTH
    told = Notice.objects.filter(key="stuck_digest").first()
    assert (told.context["number"], told.context["lines"], told.links) == (
        1,
        ["A mail did not arrive: 1"],
        {"link": ["failures"]},
    )

    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert send_digests() == 2


@pytest.mark.parametrize(
    ("day", "hour", "written"),
    [
        (5, 8, 0),  # Monday, before the opening.
        (5, 9, 2),
        (5, 15, 2),
        (5, 20, 0),
        (4, 10, 0),  # Sunday.
    ],
)
def test_digests_come_while_the_office_is_open(supervisors, day, hour, written):
    at = datetime(2026, 10, day, hour, 30, tzinfo=timezone.get_current_timezone())
    with time_machine.travel(at, tick=False):
        break_a_mail()

        assert send_digests() == written


def test_where_nothing_is_stuck_nobody_is_mailed(supervisors):
    assert send_digests() == 0
    assert Notice.objects.count() == 0


def test_a_request_that_nobody_answers_for_is_told_once(supervisors, monday):
    made = factories.make_request()
    monday.shift(timedelta(minutes=59))
    assert tell_of_unassigned() == 0

    monday.shift(timedelta(minutes=1))

    assert [tell_of_unassigned(), tell_of_unassigned()] == [1, 0]
    assert mails("unassigned_alert") == BOTH
    assert Notice.objects.filter(key="unassigned_alert").first().about == made.reference


def test_only_hours_of_the_office_count(supervisors):
    """What comes on Friday at half an hour before the end has its hour on Monday."""
    factories.make_request()
    friday = datetime(2026, 10, 2, 15, 30, tzinfo=timezone.get_current_timezone())
    StudentRequest.objects.update(state_since=friday)

    told = []
    for minute in (0, 29, 30):
        with time_machine.travel(datetime(2026, 10, 5, 13, minute, tzinfo=UTC), tick=False):
            told.append(tell_of_unassigned())

    assert told == [0, 0, 1]


def test_what_somebody_has_is_not_told(supervisors, monday):
    factories.make_request(state="in_review", advisor=supervisors[0])
    monday.shift(timedelta(hours=3))

    assert tell_of_unassigned() == 0


def test_a_request_of_somebody_who_left_is_told(supervisors, monday):
    factories.make_request(state="in_review", advisor=supervisors[0])
    supervisors[0].is_active = False
    supervisors[0].save()
    monday.shift(timedelta(hours=3))

    assert tell_of_unassigned() == 1
    assert mails("unassigned_alert") == BOTH[1:]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_workers_at_once_write_one_digest_and_one_alert(monday):
    factories.make_office()
    factories.make_staff(Role.SUPERVISOR, "one@staff.example")
    factories.make_request()
    monday.shift(timedelta(hours=2))

    at_once(8, lambda number: send_digests() if number % 2 else tell_of_unassigned())

    assert mails("stuck_digest") == mails("unassigned_alert") == BOTH[:1]

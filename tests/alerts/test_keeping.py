"""What the worker keeps: alerts come, rise, are mailed once per step, set aside, cured."""

from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isso.requests.alerts.keeping import keep_alerts, look_at_all
from isso.requests.alerts.mailing import mail_alerts
from isso.requests.alerts.overriding import override, withdraw
from isso.requests.models import Alert, AlertOverride
from isso.requests.notices.models import Notice
from isso.requests.records.changing import change_record
from isso.requests.records.models import Hold
from isso.tests import factories
from isso.tests.core.threads import at_once

TODAY = date(2026, 10, 5)


def day(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def student(office):
    """Somebody whose passport ends in 170 days, and nothing else."""
    return factories.make_student(passport_expiry=day(170))


def open_alerts():
    return list(Alert.objects.open().values_list("kind", "step").order_by("pk"))


def mails():
    """Return the recipients and lines of the mails, by recipient; their keys are in no order."""
    return [
        (notice.recipient, [line["title"] for line in notice.context["items"]])
        for notice in Notice.objects.filter(key="deadlines").order_by("recipient", "created_at")
    ]


def test_an_alert_comes_rises_and_goes_with_the_record(student):
    assert (keep_alerts(), open_alerts()) == (1, [("passport", -180)])
    assert keep_alerts() == 0
    assert (keep_alerts(day(110)), open_alerts()) == (1, [("passport", -60)])

    change_record(student, {"passport_expiry": day(3000)}, by=None, source="test")

    assert (keep_alerts(day(110)), open_alerts()) == (1, [])
    assert Alert.objects.count() == 1


def test_a_change_is_looked_at_on_the_same_day(office):
    student = factories.make_student()
    keep_alerts()

    change_record(student, {"insurance_end": day(5)}, by=None, source="test")

    assert (keep_alerts(), open_alerts()) == (1, [("insurance", -7)])


def test_everybody_is_looked_at_on_a_new_date_alone(student):
    keep_alerts()
    # Nobody noted this one.
    Hold.objects.create(record=student, kind="other", placed_on=TODAY)

    assert keep_alerts() == 0
    assert keep_alerts(day(1)) == 1


def test_whoever_is_archived_has_no_alerts(student):
    keep_alerts()

    change_record(student, {"stage": "archived"}, by=None, source="test")

    assert (keep_alerts(), open_alerts()) == (1, [])


def test_an_alert_knows_the_advisor_of_the_person(student, office):
    advisor = factories.make_staff()
    student.advisor = advisor
    student.save()

    keep_alerts()

    assert Alert.objects.get().advisor == advisor


@pytest.mark.parametrize("number", [1, 30])
def test_a_pass_takes_as_many_queries_for_one_as_for_many(office, number):
    for each in range(number):
        factories.make_student(f"s{each}@school.example", passport_expiry=day(20))
    with CaptureQueriesContext(
        connection,
    ) as first:
        look_at_all(TODAY)
    with CaptureQueriesContext(connection) as again:
        look_at_all(TODAY)

    assert (len(first), len(again)) == (11, 10)


def test_each_step_is_mailed_once(student):
    keep_alerts()
    assert (mail_alerts(), mail_alerts()) == (1, 0)

    for number in (60, 110, 130):
        with time_machine.travel(factories.MONDAY + timedelta(days=number), tick=False):
            keep_alerts()
            mail_alerts()

    assert mails() == [("student@school.example", ["Passport runs out"])] * 2


def test_several_alerts_make_one_mail_the_worst_first(student):
    change_record(student, {"insurance_end": day(0)}, by=None, source="test")
    keep_alerts()

    assert mail_alerts() == 1
    assert mails() == [("student@school.example", ["Insurance runs out", "Passport runs out"])]


def test_people_of_one_name_get_each_a_mail_with_all_of_their_own(office):
    for number in (1, 2):
        factories.make_student(
            f"s{number}@school.example", passport_expiry=day(20), insurance_end=day(0)
        )
    keep_alerts()

    assert mail_alerts() == 2
    both = ["Insurance runs out", "Passport runs out"]
    assert mails() == [("s1@school.example", both), ("s2@school.example", both)]


def test_what_comes_later_on_the_same_day_is_told_the_next(student):
    keep_alerts()
    mail_alerts()
    change_record(student, {"insurance_end": day(0)}, by=None, source="test")
    keep_alerts()

    assert mail_alerts() == 0
    assert mail_alerts(day(1)) == 1


def test_what_comes_back_at_the_same_step_is_not_mailed_again(student):
    keep_alerts()
    mail_alerts()
    for expiry in (day(3000), day(170)):
        change_record(student, {"passport_expiry": expiry}, by=None, source="test")
        keep_alerts()

    assert open_alerts() == [("passport", -180)]
    assert mail_alerts(day(1)) == 0


def test_a_second_hold_is_news(office):
    student = factories.make_student()
    for number in (0, 1):
        hold = Hold.objects.create(record=student, kind="other", placed_on=TODAY)
        look_at_all(day(number))
        assert mail_alerts(day(number)) == 1
        hold.lifted_on = TODAY
        hold.save()
        look_at_all(day(number))

    assert Alert.objects.count() == 1


def test_no_mail_while_the_cure_is_under_way(office):
    student = factories.make_student(travel_signature_on=day(-400))
    factories.make_request(student, "reprint")
    keep_alerts()

    assert open_alerts() == [("travel_signature", 1)]
    assert list(Alert.objects.standing().values_list("is_under_way", flat=True)) == [True]
    assert mail_alerts() == 0


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(until=st.integers(0, 365), asked=st.integers(0, 500))
def test_an_override_hides_exactly_until_its_last_day(student, staff_member, until, asked):
    keep_alerts()
    alert = Alert.objects.get()
    override(alert, "Renewal is filed.", day(until), staff_member)

    hidden = not Alert.objects.to_do(day(asked)).exists()

    assert hidden is (asked <= until)


@pytest.fixture
def staff_member(office):
    return factories.make_staff()


def test_what_is_set_aside_is_not_mailed_until_it_ends(student, staff_member):
    keep_alerts()
    override(Alert.objects.get(), "Renewal is filed.", day(10), staff_member)

    assert [mail_alerts(day(number)) for number in (0, 10, 11)] == [0, 0, 1]


def test_an_override_is_taken_back_and_both_stay_on_record(student, staff_member):
    keep_alerts()
    alert = Alert.objects.get()
    override(alert, "Renewal is filed.", day(10), staff_member)

    assert (withdraw(alert, staff_member), withdraw(alert, staff_member)) == (True, False)
    assert mail_alerts() == 1
    kept = AlertOverride.objects.get()
    assert (kept.reason, kept.by, kept.withdrawn_by) == (
        "Renewal is filed.",
        staff_member,
        staff_member,
    )


@pytest.mark.parametrize(
    ("reason", "until", "field"),
    [(" ", day(1), "reason"), ("Why", day(-1), "until"), ("Why", day(366), "until")],
)
def test_an_override_needs_a_reason_and_an_end(student, staff_member, reason, until, field):
    keep_alerts()

    with pytest.raises(ValidationError) as refused:
        override(Alert.objects.get(), reason, until, staff_member)

    assert list(refused.value.message_dict) == [field]
    assert not AlertOverride.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_workers_side_by_side_double_nothing(monday):
    factories.make_office()
    for each in range(20):
        factories.make_student(f"s{each}@school.example", passport_expiry=day(20))
    together = Barrier(4)

    def work(_number):
        together.wait()
        look_at_all(timezone.localdate())
        together.wait()
        mail_alerts()

    at_once(4, work)
    mail_alerts()

    assert open_alerts() == [("passport", -60)] * 20
    assert Notice.objects.filter(key="deadlines").count() == 20
    assert set(Alert.objects.values_list("mailed_step", flat=True)) == {-60}

"""The personal address is asked for on Welcome and by two mails, of those who need one."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from isso.requests.notices.message import build_message
from isso.requests.notices.models import Notice
from isso.requests.people.models import User
from isso.requests.personal_emails import remind_of_personal_email
from isso.requests.records.models import StudentRecord
from isso.tests import factories

KEY = "personal_email_asked"
TODAY = date(2026, 10, 5)
NEW_YORK = ZoneInfo("America/New_York")

pytestmark = pytest.mark.usefixtures("office")


def leaving(days, email="amara@school.example", **fields):
    return factories.make_student(email, program_end=TODAY + timedelta(days=days), **fields)


def to_do(record):
    client = Client()
    client.force_login(record.user)
    found = client.get("/portal/").context["to_do"]
    return [(each.href, each.until_text) for each in found if each.kind == "personal_email"]


def mails():
    return list(Notice.objects.filter(key=KEY).values_list("recipient", flat=True))


def test_welcome_asks_from_ninety_days_before_until_it_is_confirmed():
    record = leaving(90)
    asked = [("/accounts/personal-email/", "Your program ends on January 3, 2027.")]

    assert (to_do(record), to_do(leaving(91, "later@school.example"))) == (asked, [])
    User.objects.filter(pk=record.user.pk).update(
        personal_email="a@home.example", personal_email_verified_at=timezone.now()
    )
    assert to_do(record) == []


def test_one_mail_at_ninety_days_and_one_at_fourteen():
    leaving(90)
    counts = {}
    for days in (0, 0, 1, 75, 76, 76, 90, 91):
        remind_of_personal_email(TODAY + timedelta(days=days))
        counts[days] = len(mails())

    assert counts == {0: 1, 1: 1, 75: 1, 76: 2, 90: 2, 91: 2}


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 10, 5, 23, 59, tzinfo=NEW_YORK), 0),
        (datetime(2026, 10, 6, 0, 0, tzinfo=NEW_YORK), 1),
        # The clocks go back on November 1, between the first day and the end.
        (datetime(2026, 12, 20, 23, 59, tzinfo=NEW_YORK), 1),
    ],
)
def test_the_day_begins_at_midnight_of_the_office(moment, written):
    leaving(91)
    with time_machine.travel(moment, tick=False):
        assert remind_of_personal_email() == written


def test_the_mail_says_by_when_and_leads_to_the_page():
    leaving(90)
    remind_of_personal_email()

    message = build_message(Notice.objects.get(key=KEY))
    assert (
        message.subject
        == "Action required: Give us your personal e-mail address before January 3, 2027"
    )
    assert "/accounts/personal-email/" in message.body


def test_who_is_met_late_gets_one_mail():
    leaving(10)

    assert [remind_of_personal_email(), remind_of_personal_email()] == [1, 0]


def test_who_gets_none():
    moment = timezone.now()
    confirmed = leaving(30, "a@school.example").user
    User.objects.filter(pk=confirmed.pk).update(
        personal_email="a@home.example", personal_email_verified_at=moment
    )
    User.objects.filter(pk=leaving(30, "b@school.example").user.pk).update(campus_ended_at=moment)
    User.objects.filter(pk=leaving(30, "c@school.example").user.pk).update(is_active=False)
    leaving(30, "d@school.example", stage="archived")
    leaving(30, "e@school.example", next_program_end=TODAY + timedelta(days=700))
    leaving(-1, "f@school.example")
    advisor = leaving(30, "g@school.example").user
    advisor.groups.set(factories.make_staff().groups.all())
    nobody = leaving(30, "h@school.example")
    StudentRecord.objects.filter(pk=nobody.pk).update(user=None)

    assert (remind_of_personal_email(), mails()) == (0, [])


def test_another_last_day_is_another_reason_to_write():
    record = leaving(30)
    remind_of_personal_email()
    StudentRecord.objects.filter(pk=record.pk).update(program_end=TODAY + timedelta(days=80))

    assert remind_of_personal_email() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_an_hour_without_news_costs_two_queries(count, django_assert_num_queries):
    for number in range(count):
        leaving(60, f"s{number}@school.example")
    remind_of_personal_email()

    with django_assert_num_queries(2):
        remind_of_personal_email()

"""The end of a campus account at the desk: noted on the student's page, seen in a list."""

import pytest
from django.utils import timezone

from isso.requests.people.models import User
from isso.requests.people.personal_email import confirm, end_campus_account
from isso.requests.records.models import AccessLog, RecordChange, StudentRecord
from isso.tests import factories

HOME = "amara@home.example"
LIST = "/admin/desk/cannot-sign-in/"


@pytest.fixture
def amara(advisor):
    return factories.make_student("amara@school.example")


def press(client, record):
    page = client.post(f"/admin/students/{record.pk}/campus-end/", follow=True)
    return [str(each).strip() for each in page.context["messages"]]


def test_looking_changes_nothing(advisor, amara):
    page = advisor.get(f"/admin/students/{amara.pk}/campus-end/")

    assert "This person has confirmed no personal address." in page.content.decode()
    assert User.objects.get(pk=amara.user.pk).campus_ended_at is None


def test_a_press_moves_the_login_and_both_the_day_and_who_are_noted(advisor, amara):
    confirm(amara.user, HOME)

    assert press(advisor, amara) == [
        f"From now on {HOME} is the address to sign in with. Both were told."
    ]
    record = StudentRecord.objects.get(pk=amara.pk)
    assert (record.user.email, record.email) == (HOME, HOME)
    assert record.campus_account_end == timezone.localdate()
    changes = RecordChange.objects.filter(record=record, by__isnull=False)
    assert set(changes.values_list("field", flat=True)) == {"campus_account_end", "email"}
    log = AccessLog.objects.get(what="campus account ended")
    assert (log.record, log.allowed) == (record, True)
    page = advisor.get(f"/admin/students/{record.pk}/").content.decode()
    assert f"Signs in with {HOME} since then." in page


def test_without_an_address_the_name_stands_in_the_list_until_the_office_has_one(advisor, amara):
    assert press(advisor, amara) == [
        "Noted. No personal address is confirmed, so nothing else has changed."
    ]
    assert list(advisor.get(LIST).context["without_address"]) == [amara]

    StudentRecord.objects.filter(pk=amara.pk).update(email=HOME)
    advisor.post(f"/admin/students/{amara.pk}/address/", {"address": HOME})

    user = User.objects.get(pk=amara.user.pk)
    assert (user.email, user.campus_email) == (HOME, "amara@school.example")
    assert list(advisor.get(LIST).context["without_address"]) == []


def test_the_list_is_a_reading_of_those_in_it(advisor, amara):
    end_campus_account(amara.user)
    advisor.get(LIST)

    assert [each.record for each in AccessLog.objects.filter(what="sign-in troubles")] == [amara]


def test_who_has_no_account_has_none_to_end(advisor, amara):
    StudentRecord.objects.filter(pk=amara.pk).update(user=None)
    address = f"/admin/students/{amara.pk}/campus-end/"

    assert [advisor.get(address).status_code, advisor.post(address).status_code] == [404, 404]

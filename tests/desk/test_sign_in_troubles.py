"""The office's list of who could not sign in."""

import pytest

from isso.requests.people.models import SignInTrouble
from isso.requests.people.roles import Role
from isso.requests.people.sign_in_help import answer_waiting, note_trouble
from isso.requests.records.models import AccessLog
from isso.tests import factories

LIST = "/admin/desk/cannot-sign-in/"


def asked(*emails):
    for email in emails:
        note_trouble(email)
    answer_waiting()


def listed(client, query=""):
    return [
        (trouble.email, trouble.answer, student)
        for trouble, student in client.get(LIST + query).context["rows"]
    ]


def test_the_list_says_who_asked_and_leads_to_the_student(advisor, staff):
    record = factories.make_student()
    asked("a@home.example", record.email)

    assert listed(advisor) == [
        (record.email, "not_invited", record),
        ("a@home.example", "unknown", None),
    ]
    log = AccessLog.objects.get(what="sign-in troubles")
    assert (log.user, log.object_id) == (staff[Role.ADVISOR], str(record.pk))


def test_a_list_that_names_no_student_is_no_reading(advisor):
    asked("a@home.example")
    listed(advisor)

    assert AccessLog.objects.filter(what="sign-in troubles").count() == 0


def test_a_list_that_names_somebody_without_a_record_is_noted_once(advisor, staff):
    asked("a@home.example", "b@home.example")
    SignInTrouble.objects.update(user=factories.make_user("dana@school.example", "Dana Wu"))
    for _time in range(2):
        listed(advisor)

    noted = AccessLog.objects.filter(what="sign-in troubles")
    assert noted.values_list("user", "record", "object_id", "details").get() == (
        staff[Role.ADVISOR].pk,
        None,
        "",
        "people without a record",
    )


def test_filters(advisor):
    record = factories.make_student()
    asked("a@home.example", record.email)
    SignInTrouble.objects.filter(email="a@home.example").update(settled_at="2026-10-05T12:00Z")

    found = {query: [row[0] for row in listed(advisor, query)] for query in FILTERED}
    assert found == {
        "": [record.email],
        "?answer=unknown": [],
        "?answer=unknown&shown=all": ["a@home.example"],
        "?shown=settled": ["a@home.example"],
        "?shown=all&q=HOME": ["a@home.example"],
        "?answer=nonsense": [record.email],
    }


FILTERED = (
    "",
    "?answer=unknown",
    "?answer=unknown&shown=all",
    "?shown=settled",
    "?shown=all&q=HOME",
    "?answer=nonsense",
)


def test_one_press_marks_it_and_the_first_counts(advisor, supervisor, staff):
    asked("a@home.example")
    trouble = SignInTrouble.objects.get()
    answer = advisor.post(f"{LIST}{trouble.pk}/settle/?answer=unknown")
    supervisor.post(f"{LIST}{trouble.pk}/settle/")
    trouble.refresh_from_db()

    assert (answer.url, trouble.settled_by) == (f"{LIST}?answer=unknown", staff[Role.ADVISOR])
    assert listed(advisor) == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_any_number(advisor, count, django_assert_num_queries):
    for number in range(count):
        asked(factories.make_student(email=f"s{number}@school.example").email)
    advisor.get(LIST)

    with django_assert_num_queries(13):
        assert len(listed(advisor)) == count

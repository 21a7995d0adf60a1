"""To do in SEVIS: what has to be keyed, by when, and that it leaves the list once it was."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.effects import ReportAddress
from isso.requests.models import StudentRequest
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.recording import write_effects
from isso.requests.records.models import AccessLog
from isso.requests.sevis_work import to_record, with_entries
from isso.tests import factories

LIST = "/admin/desk/sevis/"


@pytest.fixture
def approved(staff):
    """Three approved requests: mine is late, a colleague's is due first of the others."""
    made = {
        "late": _approved("a@school.example", "Abe", "reprint", staff[Role.ADVISOR]),
        "soon": _approved("b@school.example", "Bell", "cpt", staff[Role.SUPERVISOR]),
        "later": _approved("c@school.example", "Cho", "reprint", staff[Role.SUPERVISOR]),
    }
    today = timezone.localdate()
    for name, days in [("late", -1), ("soon", 2), ("later", 20)]:
        made[name].sevis_due_on = today + timedelta(days=days)
        made[name].save(update_fields=["sevis_due_on"])
    return made


def _approved(email, name, type_key, advisor):
    return factories.make_request(
        factories.make_student(email, family_name=name), type_key, "approved", advisor
    )


def shown(answer):
    return [row.student_request.reference for row, _form in answer.context["rows"]]


def record(client, student_request, day="2026-10-05", text="CPTEmployment", query=""):
    prefix = f"r{student_request.pk}"
    typed = {"version": student_request.version, "recorded_on": day, "recorded_text": text}
    return client.post(
        f"{LIST}{student_request.pk}/record/{query}",
        {f"{prefix}-{name}": value for name, value in typed.items()},
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["late", "soon", "later"]),
        ("?whose=mine", ["late"]),
        ("?event=CPTEmployment", ["soon"]),
        ("?late=on", ["late"]),
        ("?whose=mine&event=CPTEmployment", []),
        ("?whose=nonsense&event=nonsense&page=99", ["late", "soon", "later"]),
    ],
)
def test_late_ones_stand_on_top_and_the_list_is_narrowed(approved, advisor, query, expected):
    answer = advisor.get(LIST + query)

    assert shown(answer) == [approved[name].reference for name in expected]
    assert [row.is_late for row, _form in answer.context["rows"]] == [
        name == "late" for name in expected
    ]


def test_only_what_is_approved_and_not_yet_keyed_stands_in_it(staff, advisor):
    for number, state in enumerate(["submitted", "in_review", "completed", "denied"]):
        factories.make_request(factories.make_student(f"{number}@school.example"), state=state)
    waits = factories.make_request(factories.make_student("z@school.example"), state="approved")

    assert shown(advisor.get(LIST)) == [waits.reference]


def test_the_values_to_key_are_those_the_type_states_for_these_answers(approved, staff):
    for row in with_entries(to_record(staff[Role.ADVISOR])):
        stated = row.student_request.type
        assert [str(entry.event) for entry in row.entries]
        assert all(isinstance(entry.values, tuple) for entry in row.entries)
        assert row.summary.startswith(str(row.entries[0].event))
        assert row.student_request.type_key == stated.key


def test_recorded_in_place_it_leaves_the_list_and_stands_among_the_last(approved, advisor):
    answer = record(advisor, approved["soon"], query="?event=CPTEmployment")

    made = StudentRequest.objects.get(pk=approved["soon"].pk)
    assert (answer.status_code, answer.url) == (302, f"{LIST}?event=CPTEmployment")
    assert (made.state, made.recorded_on, made.recorded_text) == (
        "approved",
        date(2026, 10, 5),
        "CPTEmployment",
    )
    assert made.history.last().action == "record"
    page = advisor.get(LIST)
    assert shown(page) == [approved["late"].reference, approved["later"].reference]
    assert [each.reference for each in page.context["recorded"]] == [made.reference]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Enter the date you recorded it in SEVIS."),
        ("soon", "Enter a real date, such as 2027-02-14."),
        ("2026-10-06", "Choose today or an earlier day."),
        ("2026-10-04", "We approved it on October 5, 2026. Choose that day or a later one."),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_row_and_nothing_typed_is_lost(
    approved, advisor, day, sentence
):
    answer = record(advisor, approved["soon"], day, "Typed with care")

    forms = {row.student_request.pk: form for row, form in answer.context["rows"]}
    assert answer.status_code == 422
    assert forms[approved["soon"].pk].errors == {"recorded_on": [sentence]}
    assert forms[approved["soon"].pk]["recorded_text"].value() == "Typed with care"
    assert not forms[approved["late"].pk].is_bound
    assert StudentRequest.objects.get(pk=approved["soon"].pk).recorded_on is None


def test_who_was_slower_is_told_and_overwrites_nothing(approved, advisor):
    perform(
        approved["soon"],
        "record",
        Actor.for_user(approved["soon"].assignee),
        recorded_on=timezone.localdate(),
        recorded_text="First",
    )

    answer = record(advisor, approved["soon"], text="Second")

    assert answer.status_code == 302
    assert StudentRequest.objects.get(pk=approved["soon"].pk).recorded_text == "First"


def test_what_was_reopened_and_approved_again_waits_again(approved, staff, advisor):
    actor = Actor.for_user(staff[Role.ADVISOR])
    record(advisor, approved["late"])

    again = perform(approved["late"], "reopen", actor, note="A date is wrong.")
    assert approved["late"].reference not in shown(advisor.get(LIST))
    perform(again, "approve", actor)

    assert approved["late"].reference in shown(advisor.get(LIST))


def test_a_reported_address_tells_when_sevis_got_it(approved, staff):
    made = factories.record_in_sevis(approved["later"], Actor.for_user(staff[Role.ADVISOR]))
    parts = {"line1": "9 Oak Street", "city": "Boston", "state": "MA", "postal_code": "02115"}
    today = timezone.localdate()
    address = ReportAddress("us_address", parts, valid_from=today, reported_on=today)

    write_effects(made, [address], by=None, today=today)

    assert made.student.reported_addresses.get().sent_to_sevis_on == date(2026, 10, 5)


@pytest.mark.parametrize("who", ["editor", "student", None])
def test_nobody_else_gets_the_list_or_records(approved, staff, sign_in, who):
    users = {
        "editor": staff[Role.EDITOR],
        "student": approved["soon"].student.user,
        None: None,
    }
    client = sign_in(users[who])

    answers = [client.get(LIST), record(client, approved["soon"])]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer.url.partition("?")[0] for answer in answers} <= {"/admin/", "/accounts/login/"}
    assert StudentRequest.objects.get(pk=approved["soon"].pk).recorded_on is None


def test_ones_own_request_is_not_ones_own_to_record(staff, sign_in):
    own = factories.make_request(
        factories.make_student("double@staff.example"), "reprint", "approved", staff[Role.ADVISOR]
    )
    own.student.user.groups.set(staff[Role.ADVISOR].groups.all())
    client = sign_in(own.student.user)

    assert shown(client.get(LIST)) == []
    assert record(client, own).status_code == 404


def test_whose_values_were_shown_to_whom_is_noted(staff, advisor):
    made = _approved("a@school.example", "Okoye", "cpt", staff[Role.ADVISOR])
    advisor.get(LIST)

    assert list(AccessLog.objects.values_list("user", "what", "record")) == [
        (staff[Role.ADVISOR].pk, "values for SEVIS", made.student_id)
    ]


@pytest.mark.parametrize("rows", [1, 30])
def test_it_takes_thirteen_queries_however_long_it_is(rows, staff, advisor):
    for number in range(rows):
        _approved(f"{number}@school.example", "Okoye", "cpt", staff[Role.ADVISOR])
        done = _approved(f"done{number}@school.example", "Okoye", "cpt", staff[Role.ADVISOR])
        factories.record_in_sevis(done, Actor.for_user(staff[Role.ADVISOR]))
    advisor.get(LIST)

    with CaptureQueriesContext(connection) as queries:
        answer = advisor.get(LIST)

    assert len(answer.context["rows"]) == rows
    assert len(queries) == 13

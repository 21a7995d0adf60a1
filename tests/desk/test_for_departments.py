"""The office enters what a department asks: about somebody new, or about a scholar it knows."""

import pytest

from isso.requests.models import StudentRequest
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog, StudentRecord
from isso.tests.portal import hosting
from isso.tests.portal.test_department import scholar

ASK = "/admin/desk/departments/ask/"
NADIA = {
    "department": "biology",
    "given_name": "Nadia",
    "family_name": "Petrova",
    "email": "nadia@home.example",
    "reason": "",
    "start_key": "one",
}


@pytest.fixture(autouse=True)
def _offered(staff):
    yield from hosting.offered()


@pytest.fixture
def grace():
    """The administrator of Biology."""
    return hosting.member("grace@school.example", "Grace Whitfield", "Biology")


@pytest.fixture
def nadia():
    """A scholar of Biology."""
    return scholar(1, "Nadia Petrova")


def about(record):
    return f"/admin/students/{record.pk}/department/"


def test_the_office_fills_in_the_pages_and_the_department_has_them_too(
    staff, advisor, grace, sign_in
):
    answer = advisor.post(ASK, NADIA)

    made = StudentRequest.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/portal/requests/{made.reference}/")
    assert (made.department, made.started_by, made.state, made.student.full_name) == (
        *("Biology", staff[Role.ADVISOR], "draft", "Nadia Petrova"),
    )
    page = f"/portal/requests/{made.reference}/edit/host/"
    saved = advisor.post(page, hosting.ANSWERS)
    assert (saved.status_code, advisor.get(page).status_code) == (302, 200)
    seen = sign_in(grace).get(page).context["form"]
    assert seen.initial["work"] == "Birdsong"
    [row] = advisor.get(ASK).context["rows"]
    assert (row.scholar, str(row.label), row.turn) == (
        *("Nadia Petrova", "Draft", "The department, or you"),
    )
    assert advisor.get(row.href).context["list_address"] == ASK


def test_pressing_twice_leads_to_the_same_request(advisor):
    assert advisor.post(ASK, NADIA).url == advisor.post(ASK, NADIA).url
    assert (StudentRequest.objects.count(), StudentRecord.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["department", "family_name", "email"])
def test_what_is_missing_is_said_and_nothing_is_kept(advisor, name):
    answer = advisor.post(ASK, NADIA | {name: " "})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])
    assert (StudentRequest.objects.count(), StudentRecord.objects.count()) == (0, 0)


def test_about_a_scholar_the_office_begins_from_the_persons_page(staff, advisor, nadia):
    form = advisor.get(about(nadia)).context["form"]
    assert form["department"].value() == "Biology"
    assert [key for key, _label in form.fields["type"].choices[1][1]] == ["hosting"]

    typed = {"type": "hosting", "department": "Biology", "reason": "", "start_key": "one"}
    answer = advisor.post(about(nadia), typed)

    made = StudentRequest.objects.get()
    assert (answer.url, made.student, made.department, made.started_by) == (
        *(f"/portal/requests/{made.reference}/", nadia, "Biology", staff[Role.ADVISOR]),
    )
    assert advisor.post(about(nadia), typed | {"start_key": "two"}).url == answer.url
    assert StudentRequest.objects.count() == 1


def test_what_the_department_has_begun_is_left_to_it(advisor, nadia, grace):
    made = hosting.ask_for(nadia, grace)
    typed = {"type": "hosting", "department": "Biology", "reason": "", "start_key": "one"}

    assert advisor.post(about(nadia), typed).url == f"/admin/students/{nadia.pk}/"
    sent = hosting.send(made, grace)
    assert advisor.post(about(nadia), typed).url == f"/admin/desk/{sent.pk}/"
    assert StudentRequest.objects.get() == sent
    assert advisor.get(made.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("key", ["cpt", "own_half", "", "no-such-type"])
def test_only_what_departments_ask_for_is_offered(advisor, nadia, key):
    typed = {"type": key, "department": "Biology", "reason": "x", "start_key": "one"}
    answer = advisor.post(about(nadia), typed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["type"])
    assert not StudentRequest.objects.exists()


def test_a_colleague_sees_nothing_of_a_draft_that_another_entered(advisor, supervisor):
    advisor.post(ASK, NADIA)
    made = StudentRequest.objects.get()

    assert list(supervisor.get(ASK).context["rows"]) == []
    assert supervisor.get(made.get_absolute_url()).status_code == 404


def test_nobody_else_enters_anything(editor, nadia):
    assert {editor.get(each).status_code for each in (ASK, about(nadia))} <= {302, 403}
    assert {editor.post(each, NADIA).status_code for each in (ASK, about(nadia))} <= {302, 403}
    assert not StudentRequest.objects.exists()


def test_who_is_listed_is_noted(staff, advisor):
    advisor.post(ASK, NADIA)
    AccessLog.objects.all().delete()
    advisor.get(ASK)

    assert AccessLog.objects.values_list("user", "what", "record").get() == (
        *(staff[Role.ADVISOR].pk, "requests of a department", StudentRecord.objects.get().pk),
    )


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_any_number(staff, advisor, count, django_assert_num_queries):
    for number in range(count):
        record = scholar(number, f"Nadia Petrova-{number}")
        hosting.ask_for(record, staff[Role.ADVISOR])
    StudentRequest.objects.update(state="approved")
    advisor.get(ASK)

    with django_assert_num_queries(11):
        assert len(advisor.get(ASK).context["rows"]) == count


def test_who_lost_the_role_finds_it_no_more_and_nothing_is_lost(staff, advisor, grace, sign_in):
    advisor.post(ASK, NADIA)
    made = StudentRequest.objects.get()
    staff[Role.ADVISOR].groups.clear()

    assert advisor.get(made.get_absolute_url()).status_code == 404
    assert sign_in(grace).get(made.get_absolute_url()).status_code == 200

"""The desk decides who follows a department, until when, and ends it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from isso.requests.people.departments import give_departments
from isso.requests.people.models import AccessRequest, DepartmentMembership, RoleTerm, User
from isso.requests.people.roles import Role
from isso.tests import factories

LIST = "/admin/desk/department-access/"
PEOPLE = "/admin/desk/department-access/people/"
ANSWERS = {"decision": "approve", "departments": ["Biology"], "last_day": "2027-06-30"}


def asked(number=1, **fields):
    """A request whose address is confirmed."""
    return AccessRequest.objects.create(
        **{
            "name": f"Grace {number}",
            "email": f"grace{number}@school.example",
            "department": "biology",
            "work": "I prepare their invitations.",
            "supervisor": "Dr. Lee",
            "once": str(number),
            "confirmed_at": timezone.now(),
        }
        | fields
    )


@pytest.fixture
def biology(staff):
    """A scholar of Biology, so that the department is known."""
    return factories.make_student(
        "nadia@school.example", department="Biology", exchange_category="08"
    )


def listed(client, query=""):
    return [each.name for each in client.get(LIST + query).context["page_obj"]]


def errors(answer, form):
    return answer.status_code, dict(answer.context[form].errors)


def test_the_list_shows_confirmed_requests_to_the_office(advisor, supervisor, editor):
    asked(1)
    asked(2, confirmed_at=None)
    asked(3, outcome="refused", decided_at=timezone.now())

    found = {query: listed(advisor, query) for query in FILTERED}
    assert found == FILTERED
    assert listed(supervisor) == ["Grace 1"]
    assert editor.get(LIST).status_code == 302


FILTERED = {
    "": ["Grace 1"],
    "?shown=refused": ["Grace 3"],
    "?shown=approved": [],
    "?shown=all": ["Grace 3", "Grace 1"],
    "?shown=all&q=GRACE3@": ["Grace 3"],
    "?q=chemistry": [],
    "?shown=nonsense": ["Grace 1"],
}


def test_an_advisor_sees_the_list_and_decides_nothing(advisor, biology):
    request = asked()
    address = f"{LIST}{request.pk}/"

    assert [advisor.get(address).status_code, advisor.post(address, ANSWERS).status_code] == [
        302,
        302,
    ]
    assert AccessRequest.objects.waiting().count() == 1
    assert address not in advisor.get(LIST).content.decode()


def test_a_supervisor_approves_departments_until_a_day(supervisor, staff, biology):
    request = asked()
    address = f"{LIST}{request.pk}/"
    form = supervisor.get(address).context["approve_form"]
    assert form.initial == {
        "departments": ["Biology"],
        "other": "",
        "last_day": date(2027, 10, 5),
    }

    answer = supervisor.post(address, ANSWERS | {"other": "  Marine   Biology "})

    assert answer["Location"] == LIST
    user = User.objects.get(email=request.email)
    assert user.followed_departments == ["Biology", "Marine Biology"]
    assert RoleTerm.objects.get().last_day == date(2027, 6, 30)
    request.refresh_from_db()
    assert (request.outcome, request.decided_by) == ("approved", staff[Role.SUPERVISOR])


def test_a_department_without_scholars_is_written_as_it_was_typed(supervisor, biology):
    form = supervisor.get(f"{LIST}{asked(department='Chemistry').pk}/").context["approve_form"]

    assert (form.initial["departments"], form.initial["other"]) == ([], "Chemistry")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"departments": []},
            {"departments": ["Choose at least one department, or write another one."]},
        ),
        ({"last_day": "2026-10-04"}, {"last_day": ["Enter today or a later day as the last day."]}),
        (
            {"last_day": "2036-10-04"},
            {"last_day": ["Enter a day within three years. You can give the access anew then."]},
        ),
        ({"last_day": "soon"}, {"last_day": ["Enter a real date, such as 2027-02-14."]}),
    ],
)
def test_bad_input_is_named_and_decides_nothing(supervisor, biology, changes, expected):
    answer = supervisor.post(f"{LIST}{asked().pk}/", ANSWERS | changes)

    assert errors(answer, "approve_form") == (422, expected)
    assert answer.context["approve_form"]["last_day"].value() == (ANSWERS | changes)["last_day"]
    assert AccessRequest.objects.waiting().count() == 1


def test_refusing_needs_a_reason(supervisor, biology):
    request = asked()
    address = f"{LIST}{request.pk}/"

    assert supervisor.post(address, {"decision": "refuse", "reason": " "}).status_code == 422
    assert supervisor.post(address, {"decision": "refuse", "reason": "No."})["Location"] == LIST
    request.refresh_from_db()
    assert (request.outcome, request.reason) == ("refused", "No.")
    # Who comes later is told so, and the decision stays.
    assert supervisor.post(address, ANSWERS)["Location"] == LIST
    assert User.objects.filter(email=request.email).count() == 0


def test_what_the_core_refuses_stands_on_the_page(supervisor, biology):
    factories.make_user("grace1@school.example", is_active=False)
    answer = supervisor.post(f"{LIST}{asked().pk}/", ANSWERS)

    assert errors(answer, "approve_form")[1]["__all__"] == [
        "The account of grace1@school.example is closed. Open it again first, or refuse the "
        "request."
    ]


def test_who_has_an_account_already_is_named(supervisor, biology):
    factories.make_staff(Role.EDITOR, email="grace1@school.example")
    page = supervisor.get(f"{LIST}{asked().pk}/")

    assert (page.context["account"].full_name, page.context["roles"]) == (
        "Office editor",
        ["Editor"],
    )


def test_unknown_and_unconfirmed_requests_are_not_there(supervisor):
    request = asked(confirmed_at=None)

    found = [supervisor.get(f"{LIST}{pk}/").status_code for pk in (request.pk, 999)]
    assert found == [404, 404]


# Who follows which department.


def test_a_supervisor_ends_a_department_and_an_advisor_only_reads(advisor, supervisor, staff):
    user = factories.make_user("grace@school.example", "Grace")
    day = timezone.localdate() + timedelta(days=30)
    by = staff[Role.SUPERVISOR]
    give_departments(user, ["Biology", "Physics"], last_day=day, by=by, reason="Test")
    biology = DepartmentMembership.objects.get(department="Biology")
    end = f"{PEOPLE}{biology.pk}/end/"

    rows = advisor.get(PEOPLE).context["page_obj"]
    assert [(each.department, each.user, each.last_day) for each in rows] == [
        ("Biology", user, day),
        ("Physics", user, day),
    ]
    assert (advisor.post(end).status_code, end in advisor.get(PEOPLE).content.decode()) == (
        302,
        False,
    )
    assert DepartmentMembership.objects.running().count() == 2

    assert supervisor.post(end + "?q=bio")["Location"] == PEOPLE + "?q=bio"
    assert [each.department for each in supervisor.get(PEOPLE).context["page_obj"]] == ["Physics"]
    assert [each.department for each in supervisor.get(PEOPLE + "?q=bio").context["page_obj"]] == []
    assert supervisor.post(f"{PEOPLE}999/end/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_cost_the_same_for_any_number(supervisor, count, django_assert_num_queries):
    for number in range(count):
        asked(number)
        user = factories.make_user(f"p{number}@school.example")
        give_departments(user, ["Biology"], by=None, reason="Test")
    supervisor.get(LIST)

    with django_assert_num_queries(10):
        assert len(listed(supervisor)) == count
    with django_assert_num_queries(10):
        assert len(supervisor.get(PEOPLE).context["page_obj"]) == count

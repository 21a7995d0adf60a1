"""The queue: what each saved view holds, how it is searched, filtered and marked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isso.requests.models import Caseload, StudentRequest
from isso.requests.people.roles import Role
from isso.tests import factories


def references(answer):
    return [row.student_request.reference for row in answer.context["rows"]]


@pytest.fixture
def requests_in_every_view(staff, monday):
    """One request for each saved view."""
    me, other = staff[Role.ADVISOR], staff[Role.SUPERVISOR]
    made = {
        "mine": factories.make_request(
            factories.make_student("a@school.example", family_name="Abe"),
            state="in_review",
            advisor=me,
        ),
        "others": factories.make_request(
            factories.make_student("b@school.example", family_name="Bell"),
            state="in_review",
            advisor=other,
        ),
        "nobodys": factories.make_request(
            factories.make_student("c@school.example", family_name="Cho")
        ),
        "approver": factories.make_request(
            factories.make_student("d@school.example", family_name="Diaz"), "cpt", "approver_review"
        ),
        "closed": factories.make_request(
            factories.make_student("e@school.example", family_name="Eze"),
            state="denied",
            advisor=me,
        ),
        "draft": factories.make_request(
            factories.make_student("f@school.example", family_name="Fox"), state="draft"
        ),
    }
    return {name: each.reference for name, each in made.items()}


def test_each_saved_view_holds_its_requests_and_says_how_many(
    requests_in_every_view, staff, advisor
):
    named = requests_in_every_view
    Caseload.objects.create(advisor=staff[Role.ADVISOR], letters_from="A", letters_to="Ce")
    expected = {
        "mine": {named["mine"]},
        "unassigned": {named["nobodys"]},
        "new": {named["nobodys"]},
        "today": set(),
        "late": set(),
        "second": set(),
        "student": set(),
        "approver": {named["approver"]},
        "letters-a-ce": {named["mine"], named["others"]},
        "all": {named[name] for name in ("mine", "others", "nobodys", "approver")},
        "closed": {named["closed"]},
    }

    answers = {key: advisor.get(f"/admin/desk/view/{key}/") for key in expected}

    assert {key: set(references(answer)) for key, answer in answers.items()} == expected
    links = answers["all"].context["view_links"]
    assert {link.url.split("/")[-2]: link.count for link in links} == {
        key: len(found) for key, found in expected.items()
    }
    assert [str(link.title) for link in links if link.is_current] == ["All open"]
    assert str(links[8].title) == "Last names A–Ce"


@pytest.mark.parametrize(
    ("key", "status"),
    [("waiting", 200), ("letters-q-q", 200), ("nonsense", 404), ("letters-1-2", 404)],
)
def test_addresses_without_a_link_go_on_and_nonsense_is_none(key, status, advisor):
    assert advisor.get(f"/admin/desk/view/{key}/").status_code == status


def test_the_queue_opens_on_ones_own_work_for_an_advisor_and_on_all_for_a_supervisor(
    requests_in_every_view, advisor, supervisor
):
    assert references(advisor.get("/admin/desk/")) == [requests_in_every_view["mine"]]
    assert len(references(supervisor.get("/admin/desk/"))) == 4


def test_search_finds_reference_name_and_sevis_id(requests_in_every_view, advisor):
    named = requests_in_every_view
    found = {
        query: references(advisor.get("/admin/desk/view/all/", {"q": query}))
        for query in (named["mine"].lower(), "bell", "N0000000003", "nobody here", '"', "a\x00b")
    }

    assert found == {
        named["mine"].lower(): [named["mine"]],
        "bell": [named["others"]],
        "N0000000003": [named["nobodys"]],
        "nobody here": [],
        '"': [],
        # A search that cannot be is none.
        "a\x00b": references(advisor.get("/admin/desk/view/all/")),
    }


def test_filters_narrow_the_view_they_are_used_in(requests_in_every_view, staff, advisor):
    named = requests_in_every_view
    asked = {
        "type": {"type_key": "cpt"},
        "status": {"state": "submitted"},
        "advisor": {"assignee": staff[Role.SUPERVISOR].pk},
    }

    found = {
        name: references(advisor.get("/admin/desk/view/all/", query))
        for name, query in asked.items()
    }

    assert found == {
        "type": [named["approver"]],
        "status": [named["nobodys"]],
        "advisor": [named["others"]],
    }


def test_lateness_is_a_word_and_counted_in_business_days(staff, advisor, sign_in, monday):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    url = "/admin/desk/view/late/"

    on_time = advisor.get(url)
    # Sent on a Monday with a target of three days: due on Thursday, late from Friday on.
    monday.shift(timedelta(days=4))
    late = sign_in(staff[Role.ADVISOR]).get(url)

    assert references(on_time) == []
    assert references(late) == [made.reference]
    words = late.content.decode()
    assert "Late" in words.split("<tbody>")[1]
    assert "4 business days" in words


def test_what_is_due_first_stands_on_top_and_what_waits_for_others_below(
    requests_in_every_view, advisor, staff, monday
):
    monday.shift(timedelta(days=-7))
    older = factories.make_request(
        factories.make_student("z@school.example"), state="in_review", advisor=staff[Role.ADVISOR]
    )
    monday.shift(timedelta(days=7))

    found = references(advisor.get("/admin/desk/view/all/"))

    assert found[0] == older.reference
    assert found[-1] == requests_in_every_view["approver"]


@pytest.mark.parametrize(("rows", "size"), [(1, 30), (30, 30), (60, 60)])
@pytest.mark.parametrize(
    ("type_key", "state", "view", "kept_as"),
    [
        ("reprint", "in_review", "mine", "reprint"),
        # Which of three steps it is in depends on the answers.
        ("cpt", "approver_review", "approver", "scholar_ds2019"),
    ],
)
def test_the_queue_takes_eleven_queries_however_long_it_is(
    type_key, state, view, kept_as, rows, size, staff, advisor
):
    for number in range(rows):
        factories.make_request(
            factories.make_student(f"s{number}@school.example"),
            type_key,
            state,
            staff[Role.ADVISOR],
        )
    StudentRequest.objects.update(type_key=kept_as)
    url = f"/admin/desk/view/{view}/"
    advisor.get(url, {"rows": size})

    with CaptureQueriesContext(connection) as queries:
        answer = advisor.get(url, {"rows": size})

    assert len(references(answer)) == rows
    assert len(queries) == 11


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("text", "more"),
    # The employers and the people; what may be a reference, or an earlier SEVIS ID, in turn.
    [("common", 3), ("Uncommonly", 2), ("23456", 4), ("N0012345678", 3)],
)
def test_a_search_takes_a_few_queries_more_however_much_it_finds(rows, text, more, staff, advisor):
    for number in range(rows):
        person = factories.make_student(
            f"s{number}@school.example", family_name=f"Uncommonly 23456 N0012345678 {number}"
        )
        factories.make_request(person, "reprint", "in_review", staff[Role.ADVISOR])
    advisor.get("/admin/desk/", {"q": text})

    with CaptureQueriesContext(connection) as queries:
        answer = advisor.get("/admin/desk/", {"q": text})

    assert len(references(answer)) == rows
    assert len(queries) == 11 + more

"""A department's person follows the scholars of the own departments, and sees nobody else."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from isso.home.models import OfficeSettings
from isso.requests.desk.reading_words import SUBJECTS
from isso.requests.models import StudentRequest
from isso.requests.people.departments import end_membership, give_departments
from isso.requests.people.models import DepartmentMembership, RoleTerm, User
from isso.requests.people.role_terms import take_role
from isso.requests.people.roles import Role, setup_roles
from isso.requests.records.choices import ExchangeCategory, Stage
from isso.requests.records.models import AccessLog, ScholarDetails, StudentRecord
from isso.tests import factories

PAGE = "/portal/department/"
FRIDAY = date(2026, 10, 9)


def scholar(number, name, department="Biology", **fields):
    """A visiting scholar of a department."""
    given, family = name.split()
    return factories.make_student(
        f"scholar{number}@school.example",
        **{
            "given_name": given,
            "family_name": family,
            "department": department,
            "visa_class": "J-1",
            "exchange_category": ExchangeCategory.RESEARCH_SCHOLAR,
        }
        | fields,
    )


@pytest.fixture
def grace(office):
    """The administrator of Biology, signed in: her account and browser."""
    setup_roles()
    user = factories.make_user("grace@school.example", "Grace Whitfield")
    give_departments(user, ["Biology"], by=None, reason="Test")
    client = Client()
    client.force_login(user)
    return SimpleNamespace(user=user, client=client)


def again(user):
    """Read a person anew, as the next request does."""
    return User.objects.get(pk=user.pk)


def seen(client, query=""):
    """The names on the page, and how many it says there are."""
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return [row.name for row in answer.context["rows"]], answer.context["page_obj"].paginator.count


# Whom she sees: who, department, other facts → whether.
SCOPE = {
    "own scholar": ({}, True),
    "other capitals": ({"department": "BIOLOGY"}, True),
    "specialist": ({"exchange_category": ExchangeCategory.SPECIALIST}, True),
    "another department": ({"department": "Chemistry"}, False),
    "a department that begins the same": ({"department": "Biology Education"}, False),
    "no department": ({"department": ""}, False),
    "wildcards": ({"department": "B_ology"}, False),
    "student": ({"visa_class": "F-1", "exchange_category": ""}, False),
    "exchange student": ({"exchange_category": ExchangeCategory.MASTER}, False),
    "archived": ({"stage": Stage.ARCHIVED}, False),
}


def test_the_scope_is_the_own_departments_scholars(grace):
    records = {
        who: scholar(number, f"Nadia {who.title().replace(' ', '-')}", **fields)
        for number, (who, (fields, _is_seen)) in enumerate(SCOPE.items())
    }
    named = {who for who, (_fields, is_seen) in SCOPE.items() if is_seen}
    found = StudentRecord.objects.of_departments_of(grace.user)

    assert {who for who, record in records.items() if record in found} == named
    assert found.count() == len(named)
    names, count = seen(grace.client)
    assert (set(names), count) == ({records[who].full_name for who in named}, len(named))
    opened = {
        who: grace.client.get(f"{PAGE}{record.pk}/").status_code for who, record in records.items()
    }
    assert opened == {who: 200 if who in named else 404 for who in records}


def test_who_has_only_a_scholar_s_details_is_a_scholar_too(grace):
    record = scholar(1, "Nadia Petrova", exchange_category="")
    ScholarDetails.objects.create(record=record, position="Visiting professor")

    assert seen(grace.client) == (["Nadia Petrova"], 1)


def test_nobody_follows_himself(grace):
    StudentRecord.objects.filter(pk=scholar(1, "Nadia Petrova").pk).update(user=grace.user)

    assert seen(grace.client) == ([], 0)


def test_case_2_a_scholar_of_another_department_is_not_there(grace):
    """case_2: 404, and the attempt is noted; list, search and counts leave the person out."""
    own, other = scholar(1, "Nadia Petrova"), scholar(2, "Omar Haddad", "Chemistry")
    request = factories.make_request(other, "reprint", "in_review")
    AccessLog.objects.all().delete()

    answers = [
        grace.client.get(address)
        for address in (
            f"{PAGE}{other.pk}/",
            f"{PAGE}999999/",
            f"/portal/requests/{request.reference}/",
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert not any("Haddad" in answer.content.decode() for answer in answers)
    assert set(AccessLog.objects.values_list("user", "allowed")) == {(grace.user.pk, False)}
    assert seen(grace.client) == ([own.full_name], 1)
    for query in ("?q=Haddad", "?q=Omar", "?q=Chemistry", "?q=scholar2", "?q=%25", "?page=2"):
        names, _count = seen(grace.client, query)
        assert other.full_name not in names
    assert seen(grace.client, "?q=Haddad") == ([], 0)
    assert list(StudentRequest.objects.visible_to(grace.user)) == []
    assert list(StudentRecord.objects.visible_to(grace.user)) == []


def test_two_departments_make_one_list_and_the_other_person_keeps_the_own(grace):
    own, other = scholar(1, "Nadia Petrova"), scholar(2, "Omar Haddad", "Chemistry")
    colleague = factories.make_user("carl@school.example", "Carl Berg")
    give_departments(colleague, ["Chemistry", "chemistry"], by=None, reason="Test")
    client = Client()
    client.force_login(colleague)

    assert seen(client) == ([other.full_name], 1)
    assert seen(grace.client) == ([own.full_name], 1)

    give_departments(grace.user, ["Chemistry"], by=None, reason="Test")

    assert seen(grace.client) == ([other.full_name, own.full_name], 2)
    assert seen(grace.client, "?q=petro nadia") == ([own.full_name], 1)


def test_the_page_says_when_and_whose_turn_but_not_what_about(grace):
    record = scholar(1, "Nadia Petrova")
    made = factories.make_request(record, "reprint", "clarification")
    factories.make_draft(record, "address_update")

    page = grace.client.get(PAGE)
    [row] = page.context["rows"]
    assert (row.category, row.begins, row.ends) == (
        "Research scholar",
        record.program_start,
        record.program_end,
    )
    assert [(str(each.label), each.turn) for each in row.standings] == [
        ("Clarification Requested", "The scholar")
    ]
    for answer in (page, grace.client.get(f"{PAGE}{record.pk}/")):
        words = answer.content.decode()
        hidden = (
            *(made.reference, str(made.type.title), "P1234567", record.sevis_id, record.email),
            *("Nigeria", "Please look at this again."),
        )
        assert [each for each in hidden if each in words] == []


# State of the request → its next actor there.
TURNS = {
    ("cpt", "approver_review"): "An approver",
    ("reprint", "submitted"): "Global Office",
    ("reprint", "clarification"): "The scholar",
    ("reprint", "completed"): "",
    ("reprint", "denied"): "",
}


@pytest.mark.parametrize(("kind", "state"), TURNS)
def test_each_request_of_a_scholar_has_its_next_actor(grace, kind, state):
    OfficeSettings.objects.update(short_name="Global Office")
    # Only students ask for CPT, and no request of a scholar's own asks an approver yet.
    record = scholar(1, "Nadia Petrova", exchange_category="", visa_class="F-1")
    ScholarDetails.objects.create(record=record)
    factories.make_request(record, kind, state)

    row = grace.client.get(f"{PAGE}{record.pk}/").context["row"]
    [standing] = row.standings
    assert standing.turn == TURNS[kind, state]


def test_whose_page_it_is(client, db):
    setup_roles()
    found = {}
    for role in [*Role.values, "stranger"]:
        client.logout()
        if role != "stranger":
            user = factories.make_user(f"{role}@school.example")
            user.groups.add(Group.objects.get(name=role))
            client.force_login(user)
        found[role] = client.get(PAGE).status_code

    assert found == dict.fromkeys(Role.values, 404) | {Role.DEPARTMENT: 200, "stranger": 302}


def test_signing_in_leads_there(grace):
    answer = grace.client.get("/portal/")

    assert (answer.status_code, answer.url) == (302, PAGE)


def test_the_role_without_a_department_shows_nobody(office, client):
    scholar(1, "Nadia Petrova", "")
    client.force_login(factories.make_staff(Role.DEPARTMENT))
    answer = client.get(PAGE)

    assert answer.context["rows"] == []
    assert "No department is entered for you at the moment." in answer.content.decode()


def test_a_membership_without_the_role_shows_nobody(grace):
    scholar(1, "Nadia Petrova")
    take_role(grace.user, Group.objects.get(name=Role.DEPARTMENT), by=None, reason="Left")

    assert grace.client.get(PAGE).status_code == 404


# The end.


def test_it_ends_with_the_last_day(grace, monday):
    record = scholar(1, "Nadia Petrova")
    give_departments(grace.user, [], last_day=FRIDAY, by=None, reason="Test")
    monday.move_to("2026-10-09T23:59:00-04:00")
    grace.client.force_login(again(grace.user))

    assert seen(grace.client) == ([record.full_name], 1)
    assert "Your access ends with October 9, 2026." in grace.client.get(PAGE).content.decode()

    monday.move_to("2026-10-10T00:00:00-04:00")

    assert grace.client.get(PAGE).status_code == 404
    assert grace.client.get(f"{PAGE}{record.pk}/").status_code == 404
    assert StudentRecord.objects.of_departments_of(again(grace.user)).count() == 0


def test_ending_one_department_counts_at_the_next_request_and_the_last_takes_the_role(grace):
    scholar(1, "Nadia Petrova")
    scholar(2, "Omar Haddad", "Chemistry")
    give_departments(grace.user, ["Chemistry"], last_day=FRIDAY, by=None, reason="Test")
    supervisor = factories.make_staff(Role.SUPERVISOR)
    biology, chemistry = DepartmentMembership.objects.order_by("department")

    end_membership(biology, by=supervisor)

    assert seen(grace.client) == (["Omar Haddad"], 1)
    # A second press changes nothing.
    end_membership(biology, by=grace.user)
    biology.refresh_from_db()
    assert (biology.ended_at, biology.ended_by) == (timezone.now(), supervisor)

    end_membership(chemistry, by=supervisor)

    assert grace.client.get(PAGE).status_code == 404
    assert RoleTerm.objects.running().count() == 0


def test_a_department_given_again_begins_anew(grace):
    supervisor = factories.make_staff(Role.SUPERVISOR)
    end_membership(DepartmentMembership.objects.get(), by=supervisor)
    give_departments(grace.user, ["Biology"], by=supervisor, reason="Back")

    assert DepartmentMembership.objects.count() == 2
    assert again(grace.user).followed_departments == ["Biology"]


def test_a_past_day_gives_nothing(grace):
    with pytest.raises(ValidationError):
        give_departments(
            grace.user,
            ["Physics"],
            last_day=timezone.localdate() - timedelta(days=1),
            by=None,
            reason="Test",
        )

    assert again(grace.user).followed_departments == ["Biology"]


def test_who_was_read_is_noted_once_for_each_scholar(grace):
    record = scholar(1, "Nadia Petrova")
    for _time in range(2):
        seen(grace.client)
        grace.client.get(f"{PAGE}{record.pk}/")

    lines = AccessLog.objects.filter(record=record).values_list("user", "what")
    assert sorted(lines) == [
        (grace.user.pk, "scholar of a department"),
        (grace.user.pk, "scholars of a department"),
    ]
    assert {what for _user, what in lines} <= SUBJECTS.keys()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_any_number(grace, count, django_assert_num_queries):
    for number in range(count):
        factories.make_draft(scholar(number, f"Nadia Petrova-{number}"), fill=False)
    StudentRequest.objects.update(submitted_at=timezone.now(), state="in_review")
    grace.client.get(PAGE)

    with django_assert_num_queries(13):
        names, _count = seen(grace.client)
    assert len(names) == count


def test_pages_of_the_list_keep_the_search(grace):
    for number in range(31):
        scholar(number, f"Nadia Petrova-{number:02}")

    first, second = seen(grace.client, "?q=Nadia"), seen(grace.client, "?q=Nadia&page=2")
    assert (len(first[0]), second) == (30, (["Nadia Petrova-30"], 31))
    assert 'href="?q=Nadia&amp;page=2"' in grace.client.get(PAGE + "?q=Nadia").content.decode()


@pytest.mark.parametrize(
    "query", ["?page=x", "?page=-1", "?page=999999", "?q=%00", "?q=" + "a" * 900]
)
def test_bad_input_shows_the_list(grace, query):
    assert grace.client.get(PAGE + query).status_code == 200

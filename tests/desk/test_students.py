"""Find a student: by which words, in which order, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog, FormerSevisId, StudentRecord
from isso.tests import factories

ADDRESS = "/admin/students/"


def names(answer):
    return [record.full_name for record in answer.context["page_obj"]]


@pytest.fixture
def people(staff):
    """Five people whose names give a search trouble."""
    jose = factories.make_student(
        "jose@school.example",
        given_name="José María",
        family_name="García-Núñez",
        sevis_id="N0012345678",
        institution_id="U777001",
    )
    factories.make_student(
        "lee@school.example", given_name="Xiuying", family_name="Lee", preferred_name="Sally"
    )
    factories.make_student("suharto@school.example", given_name="", family_name="Suharto")
    factories.make_student("obrien@school.example", given_name="Aoife", family_name="O’Brien")
    factories.make_student(
        "gross@school.example",
        given_name="Jörg",
        family_name="Groß",
        passport_name="GROSS",
        personal_email="jg@home.example",
    )
    FormerSevisId.objects.create(record=jose, sevis_id="N0099999999")


JOSE, LEE, SUHARTO = "José María García-Núñez", "Xiuying Lee", "Suharto"
OBRIEN, GROSS = "Aoife O’Brien", "Jörg Groß"
FOUND = {
    "García": [JOSE],
    "garcia nunez": [JOSE],
    "GARCIA-NUNEZ, jose": [JOSE],
    "nunez garcia maria": [JOSE],
    "Jose\u0301": [JOSE],
    "N0012345678": [JOSE],
    "12345678": [JOSE],
    "N0099999999": [JOSE],
    "u777001": [JOSE],
    "jose@school": [JOSE],
    "sally": [LEE],
    "Lee Sally": [LEE],
    "suharto": [SUHARTO],
    "O'Brien": [OBRIEN],
    "obrien": [OBRIEN],
    "groß": [GROSS],
    "gross jorg": [GROSS],
    "jg@home.example": [GROSS],
    # What is pasted along does no harm, and what finds nobody says so.
    "i20 Lee": [LEE],
    "Lee I-20": [LEE],
    "garcia lee": [],
    "i20": [],
    '"': [JOSE, GROSS, LEE, OBRIEN, SUHARTO],
    "%": [JOSE, GROSS, LEE, OBRIEN, SUHARTO],
    "Lee\x00": [LEE],
    ".*": [JOSE, GROSS, LEE, OBRIEN, SUHARTO],
    "a.*z": [],
    "[": [JOSE, GROSS, LEE, OBRIEN, SUHARTO],
    "(lee": [LEE],
    "\\": [JOSE, GROSS, LEE, OBRIEN, SUHARTO],
    "x" * 3000: [],
    "": [JOSE, GROSS, LEE, OBRIEN, SUHARTO],
}


def test_people_are_found_by_every_word_an_advisor_has(people, advisor):
    assert {text: names(advisor.get(ADDRESS, {"q": text})) for text in FOUND} == FOUND


def test_whom_a_list_showed_to_whom_is_noted(staff, advisor):
    found = factories.make_student(given_name="Amara")
    factories.make_student("b@school.example", given_name="Nils")
    AccessLog.objects.all().delete()

    advisor.get(ADDRESS, {"q": "amara"})

    assert list(AccessLog.objects.values_list("user", "what", "object_id")) == [
        (staff[Role.ADVISOR].pk, "list of students", str(found.pk))
    ]


def test_who_tries_a_page_that_is_not_for_him_is_noted(staff, advisor):
    own = factories.make_student()
    StudentRecord.objects.update(user=staff[Role.ADVISOR])
    AccessLog.objects.all().delete()

    assert advisor.get(f"{ADDRESS}{own.pk}/").status_code == 404
    assert list(AccessLog.objects.values_list("what", "object_id", "allowed")) == [
        ("student", str(own.pk), False)
    ]


@pytest.mark.parametrize("many", [1, 30])
def test_a_search_takes_twelve_queries_however_many_match(many, staff, advisor):
    for number in range(many):
        factories.make_student(f"s{number}@school.example", given_name=f"No{number}x")

    with CaptureQueriesContext(connection) as queries:
        answer = advisor.get(ADDRESS, {"q": "okoye"})

    assert len(names(answer)) == many
    assert len(queries) == 12


def test_thirty_stand_on_a_page_and_the_rest_on_the_next(staff, advisor):
    for number in range(32):
        factories.make_student(f"s{number}@school.example", given_name=f"A{number:02d}")

    first = advisor.get(ADDRESS, {"q": "okoye"})
    second = advisor.get(ADDRESS, {"q": "okoye", "page": "2"})
    beyond = advisor.get(ADDRESS, {"q": "okoye", "page": "nonsense"})

    assert (len(names(first)), len(names(second))) == (30, 2)
    assert "?q=okoye&amp;page=2" in first.content.decode()
    assert names(beyond) == names(first)


def test_nobody_finds_oneself(staff, sign_in):
    own = factories.make_student("double@staff.example")
    own.user.groups.set(next(iter(staff.values())).groups.all())

    answer = sign_in(User.objects.get(pk=own.user_id)).get(ADDRESS)

    assert names(answer) == []


def test_the_search_stands_in_the_menu_and_in_wagtails_search_bar(staff, advisor, editor):
    admin = advisor.get("/admin/").content.decode()

    assert admin.count('"/admin/students/"') == 2
    assert "/admin/students/" not in editor.get("/admin/").content.decode()

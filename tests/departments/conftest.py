"""An open office, two departments with their people, two other offices, and the types of tests."""

from types import SimpleNamespace

import pytest
from django.test import Client

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import ApproverDirectoryEntry, StudentRequest
from isso.requests.people.departments import give_departments
from isso.requests.people.models import User
from isso.requests.people.roles import Role, setup_roles
from isso.requests.perform import perform
from isso.requests.proposals import propose
from isso.requests.registry import folder_types
from isso.tests import factories
from isso.tests.departments.sponsorship import ANSWERS, OwnHalf, Sponsorship


def member(email, name, department):
    """An administrator of one department."""
    user = factories.make_user(email, name)
    give_departments(user, [department], by=None, reason="Test")
    return user


def again(user):
    """Read a person anew, as the next request does."""
    return User.objects.get(pk=user.pk)


def browser(user):
    """The browser of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    return client


def proposal(user, department="Biology", *, answers=ANSWERS, start_key="a", **person):
    """A complete draft of a department about somebody new."""
    actor = Actor.for_student(again(user))
    person = {
        "family_name": "Malik",
        "given_name": "Sana",
        "email": "sana@lab.example",
    } | person
    draft = propose("sponsorship", actor, department=department, start_key=start_key, person=person)
    for page in draft.type.pages[:2]:
        if page.is_asked(answers):
            draft, form = drafting.save_page(draft, page, answers, actor)
            assert form.is_valid(), form.errors
    return StudentRequest.objects.get(pk=draft.pk)


def sent(draft, user):
    """Send a draft as somebody of its department."""
    return perform(draft, "send_to_approver", Actor.for_student(again(user)))


def agree(made, **answers):
    """Let whoever is asked agree."""
    made.refresh_from_db()
    actor = Actor.for_approval(made.current_approval)
    return perform(made, "endorse", actor, answers=answers, decided_name="Somebody")


def in_review(made, advisor):
    """Let both offices agree, and an advisor take it."""
    agree(made, result="clear")
    agree(made, reference="CH-7")
    made.refresh_from_db()
    return perform(made, "start_review", Actor.for_user(advisor))


@pytest.fixture
def types():
    """The two types of tests, while a test runs."""
    kept = folder_types()
    kept |= {"sponsorship": Sponsorship(), "own_half": OwnHalf()}
    yield
    del kept["sponsorship"], kept["own_half"]


@pytest.fixture
def people(office, types):
    """Grace and Ben of Biology, Rosa of Physics, an advisor, and an officer of each office."""
    setup_roles()
    ApproverDirectoryEntry.objects.create(
        name="Research Compliance", email="vetting@demo.example", office=Role.COMPLIANCE
    )
    ApproverDirectoryEntry.objects.create(
        name="Human Resources", email="hiring@demo.example", office=Role.HR
    )
    return SimpleNamespace(
        grace=member("grace@school.example", "Grace Whitfield", "Biology"),
        ben=member("ben@school.example", "Ben Adler", "biology"),
        rosa=member("rosa@school.example", "Rosa Diaz", "Physics"),
        advisor=factories.make_staff(Role.ADVISOR),
        compliance=factories.make_staff(Role.COMPLIANCE),
        hr=factories.make_staff(Role.HR),
    )

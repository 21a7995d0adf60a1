"""One student with secrets, and everybody who has no business with them."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from isso.requests.people.roles import Role
from isso.tests import factories


@pytest.fixture
def owner(office):
    """A student whose CPT request waits for its approver, with the words nobody else may read."""
    record = factories.make_student("amara@school.example")
    made = factories.make_request(record, "cpt", "approver_review")
    return SimpleNamespace(
        record=record,
        request=made,
        approval=made.current_approval,
        document=made.documents.first(),
        secrets=(
            "Okoye",
            "amara@school.example",
            record.sevis_id,
            "P1234567",
            "Harbor Labs",
            made.reference,
        ),
    )


@pytest.fixture
def people(owner):
    """A browser for everybody but the owner, by what they are."""
    neighbor = factories.make_student(
        "nils@school.example", family_name="Lindqvist", given_name="Nils", passport_number="X7"
    ).user
    neighbor.groups.add(Group.objects.get_or_create(name=Role.STUDENT)[0])
    department = factories.make_user("department@school.example", "Dana Wu")
    department.groups.add(Group.objects.get_or_create(name=Role.DEPARTMENT)[0])
    users = {
        "stranger": None,
        "neighbor": neighbor,
        "department": department,
        "editor": factories.make_staff(Role.EDITOR),
        "advisor": factories.make_staff(Role.ADVISOR),
    }
    return {who: _browser(user) for who, user in users.items()}


def _browser(user):
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client

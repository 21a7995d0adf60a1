"""One student with secrets, and everybody who has no business with them."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from isso.pages.models import SectionPage
from isso.requests.people.models import User
from isso.requests.people.roles import Role, setup_roles
from isso.requests.people.sections import section_groups, setup_section_editors
from isso.requests.records.choices import ExchangeCategory
from isso.requests.records.models import ScholarDetails
from isso.site.access_rules import ADMINISTRATOR, APPROVER, SECTION_EDITOR, STRANGER
from isso.tests import factories
from isso.tests.access.every_address import addresses_of


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
    """A browser for everybody but the owner, by what they are; each is made when asked for."""
    return _Browsers()


@pytest.fixture
def addresses(owner, people):
    """Return (key, address) of everything, each naming what is the owner's or the office's."""
    # Some of it is theirs.
    assert people[Role.ADVISOR]
    return addresses_of(owner)


class _Browsers(dict):
    def __missing__(self, who):
        make = MAKERS.get(who)
        self[who] = client = Client(raise_request_exception=False)
        if make:
            client.force_login(make())
        return client


def _student():
    user = factories.make_student(
        "nils@school.example", family_name="Lindqvist", given_name="Nils", passport_number="X7"
    ).user
    return _holding(user, Role.STUDENT)


def _scholar():
    record = factories.make_student(
        "sana@school.example",
        family_name="Malik",
        given_name="Sana",
        visa_class="J-1",
        exchange_category=ExchangeCategory.RESEARCH_SCHOLAR,
        passport_number="X8",
    )
    ScholarDetails.objects.create(record=record, position="Visiting professor")
    return _holding(record.user, Role.SCHOLAR)


def _holding(user, role):
    setup_roles()
    user.groups.add(Group.objects.get(name=role))
    return user


def _partner(role):
    return lambda: _holding(factories.make_user(f"{role}@school.example", "Dana Wu"), role)


def _staff(role):
    return lambda: factories.make_staff(role)


def _section_editor():
    home = SectionPage.objects.first().get_parent()
    section = home.add_child(instance=SectionPage(title="For scholars", slug="for-scholars"))
    setup_section_editors()
    user = factories.make_user("section@staff.example", "Editor of a section", is_staff=True)
    user.groups.add(section_groups().get(name__endswith=section.title))
    return user


def _administrator():
    return User.objects.create_superuser("admin@staff.example", "demo", full_name="Admin")


MAKERS = {
    # Neither is signed in; what an approver gets hangs on the link alone.
    STRANGER: None,
    APPROVER: None,
    Role.STUDENT: _student,
    "neighbor": _student,
    Role.SCHOLAR: _scholar,
    Role.DEPARTMENT: _partner(Role.DEPARTMENT),
    Role.COMPLIANCE: _partner(Role.COMPLIANCE),
    Role.HR: _partner(Role.HR),
    Role.EDITOR: _staff(Role.EDITOR),
    SECTION_EDITOR: _section_editor,
    Role.ADVISOR: _staff(Role.ADVISOR),
    Role.SUPERVISOR: _staff(Role.SUPERVISOR),
    ADMINISTRATOR: _administrator,
}

"""Two imports at once, and many inviting one person: one account, one mail (PostgreSQL)."""

import pytest

from isso.requests.notices.models import Notice
from isso.requests.people.models import Invitation, User
from isso.requests.records.inviting import invite_person
from isso.requests.records.models import StudentRecord
from isso.tests.core.threads import at_once
from isso.tests.records.files_to_import import import_lines, record
from isso.tests.records.test_inviting import HEADER, OKOYE

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def counts():
    return {
        model.__name__: model.objects.count() for model in (StudentRecord, User, Invitation, Notice)
    }


ONE_OF_EACH = {"StudentRecord": 1, "User": 1, "Invitation": 1, "Notice": 1}


def test_two_imports_of_one_file_at_once_send_one_mail():
    at_once(2, lambda _number: import_lines(OKOYE, header=HEADER))

    assert counts() == ONE_OF_EACH


def test_eight_inviting_one_person_at_once_send_one_mail():
    amara = record(email="amara@school.example", stage="continuing")

    at_once(8, lambda _number: invite_person(amara))

    assert counts() == ONE_OF_EACH

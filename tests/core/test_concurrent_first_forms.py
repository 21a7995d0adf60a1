"""First forms begun, and new SEVIS IDs noted, by several at once on PostgreSQL."""

import pytest
from django.core.exceptions import ValidationError

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import StudentRequest
from isso.requests.perform import perform
from isso.requests.records.models import StudentRecord
from isso.tests import factories
from isso.tests.core.threads import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def open_office(monday):
    factories.make_office()


def test_two_kinds_begun_at_once_make_one_draft(open_office):
    record = factories.make_admitted()
    actor = Actor.for_user(record.user)

    def begin(number):
        kind = "transfer_in" if number % 2 else "initial_i20"
        return drafting.start(record, kind, actor, start_key=f"key-{number}").reference

    assert len(set(at_once(8, begin))) == 1
    assert StudentRequest.objects.count() == 1


def test_of_eight_who_note_one_sevis_id_at_once_one_gets_it(open_office):
    advisor = factories.make_staff()
    made = [
        factories.make_request(
            factories.make_admitted(f"{number}@school.example"), "initial_i20", "approved", advisor
        )
        for number in range(8)
    ]

    def note(number):
        try:
            perform(
                made[number],
                "record",
                Actor.for_user(advisor),
                recorded_on=factories.MONDAY.date(),
                sevis_id="N0041234567",
            )
        except ValidationError as refused:
            return refused.message_dict
        return "noted"

    outcomes = at_once(8, note)

    refused = {"sevis_id": ["This SEVIS ID stands on another record. Compare it with SEVIS."]}
    assert sorted(map(str, outcomes)) == sorted(["noted", *[str(refused)] * 7])
    assert StudentRecord.objects.filter(sevis_id="N0041234567").count() == 1
    assert StudentRequest.objects.filter(recorded_on__isnull=False).count() == 1

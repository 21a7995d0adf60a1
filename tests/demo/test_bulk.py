"""The large data set: repeatable, consistent, and readable on every list."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import TestCase, override_settings
from django.urls import reverse

from isso.requests.demonstration.bulk import DOMAIN
from isso.requests.lifecycle import State
from isso.requests.models import (
    Approval,
    ClarificationItem,
    HistoryEntry,
    Message,
    Snapshot,
    StudentRequest,
)
from isso.requests.people.models import User
from isso.requests.records.models import EmploymentAuthorization, StudentRecord
from isso.tests import kept


def bulk_requests():
    """Return what the large data set made."""
    return StudentRequest.objects.filter(student__email__endswith=f"@{DOMAIN}")


@override_settings(DEMONSTRATION=True)
class Bulk(TestCase):
    """The demonstration with thirty more people and three hundred more requests."""

    @classmethod
    def setUpTestData(cls):
        kept.demonstration()
        call_command("demo", students=30, requests=300, verbosity=0)

    def test_it_makes_what_was_asked_for_once(self):
        call_command("demo", students=30, requests=300, verbosity=0)

        people = User.objects.filter(email__endswith=f"@{DOMAIN}").count()
        assert (people, bulk_requests().count()) == (30, 300)

    def test_the_same_numbers_make_the_same_requests(self):
        columns = ("reference", "state", "type_key")
        before = list(bulk_requests().order_by("pk").values_list(*columns))
        for model in (HistoryEntry, Snapshot, ClarificationItem, Message):
            model.objects.filter(student_request__in=bulk_requests()).delete()
        bulk_requests().update(current_approval=None)
        Approval.objects.filter(student_request__in=bulk_requests()).delete()
        bulk_requests().delete()
        people = StudentRecord.objects.filter(email__endswith=f"@{DOMAIN}")
        EmploymentAuthorization.objects.filter(record__in=people).delete()
        StudentRecord.objects.filter(email__endswith=f"@{DOMAIN}").delete()
        User.objects.filter(email__endswith=f"@{DOMAIN}").delete()

        call_command("demo", students=30, requests=300, verbosity=0)

        assert list(bulk_requests().order_by("pk").values_list(*columns)) == before

    def test_every_request_has_the_traces_its_state_needs(self):
        sent = bulk_requests().filter(submitted_at__isnull=False)
        last = {
            entry.student_request_id: entry.to_state
            for entry in HistoryEntry.objects.order_by("student_request", "at", "pk")
        }

        assert all(last[each.pk] == each.state for each in bulk_requests())
        submissions = sum(sent.values_list("revision", flat=True))
        assert Snapshot.objects.filter(student_request__in=sent).count() == submissions
        waiting = bulk_requests().filter(state="approver_review")
        assert {
            "not_me" if each.approver_missing else each.current_approval.outcome for each in waiting
        } <= {"waiting", "not_me"}
        asked = bulk_requests().filter(state="clarification")
        questions = ClarificationItem.objects.filter(closed_at__isnull=True)
        assert {each.student_request for each in questions} >= set(asked)
        assert [each.unlocked for each in asked] == [
            [questions.get(student_request=each).name] for each in asked
        ]
        assert not bulk_requests().filter(submitted_at__lt=F("created_at")).exists()

    def test_the_clock_runs_where_the_office_has_it(self):
        running = bulk_requests().filter(clock_since__isnull=False, due_on__isnull=False)

        assert set(running.values_list("state", flat=True)) == {
            *("submitted", "in_review", "approved", "processing")
        }
        resting = bulk_requests().filter(clock_since__isnull=True)
        assert not resting.filter(state__in=["submitted", "in_review", "approved"]).exists()

    def test_whoever_has_a_last_message_has_written_or_was_written_to(self):
        told = Message.objects.filter(student_request__in=bulk_requests()).order_by("sent_at", "pk")
        last = {each.student_request_id: each.sent_at for each in told}

        assert last == dict(
            bulk_requests()
            .filter(last_message_at__isnull=False)
            .values_list("pk", "last_message_at")
        )
        assert {each.from_office for each in told} == {True, False}

    def test_states_are_spread_and_most_are_closed(self):
        states = Counter(bulk_requests().values_list("state", flat=True))

        assert states["completed"] > 150
        assert set(states) == set(State)

    def test_types_employers_advisors_and_departments_are_spread(self):
        columns = ("type_key", "employer_words", "assignee", "student__department")
        found = {
            column: len(Counter(bulk_requests().values_list(column, flat=True)))
            for column in columns
        }

        assert {column: number >= 4 for column, number in found.items()} == dict.fromkeys(
            columns, True
        )

    def test_a_case_of_each_type_and_state_opens(self):
        self.client.force_login(User.objects.get(email="advisor@demo.example"))
        sent = bulk_requests().filter(submitted_at__isnull=False)
        of_each = {(each.type_key, each.state): each.pk for each in sent}

        found = {
            case: self.client.get(reverse("desk_case", args=[key])).status_code
            for case, key in of_each.items()
        }
        assert found == dict.fromkeys(of_each, 200)


def test_requests_need_people(db, settings):
    settings.DEMONSTRATION = True

    with pytest.raises(CommandError) as refusal:
        call_command("demo", requests=5, verbosity=0)

    assert str(refusal.value) == "--requests needs --students: somebody must have made them."

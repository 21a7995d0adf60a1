"""The large data set: repeatable, consistent, and readable on every list."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import TestCase, override_settings
from django.urls import reverse

from isso.requests.demonstration.bulk import DOMAIN
from isso.requests.models import Approval, HistoryEntry, Snapshot, StudentRequest
from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord
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
        for model in (HistoryEntry, Snapshot):
            model.objects.filter(student_request__in=bulk_requests()).delete()
        bulk_requests().update(current_approval=None)
        Approval.objects.filter(student_request__in=bulk_requests()).delete()
        bulk_requests().delete()
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
        assert Snapshot.objects.filter(student_request__in=sent).count() == sent.count()
        waiting = bulk_requests().filter(state="approver_review")
        assert all(each.current_approval.outcome == "waiting" for each in waiting)
        assert not bulk_requests().filter(submitted_at__lt=F("created_at")).exists()

    def test_states_are_spread_and_most_are_closed(self):
        states = Counter(bulk_requests().values_list("state", flat=True))

        assert states["completed"] > 150
        assert {"submitted", "in_review", "denied", "draft"} <= set(states)

    def test_lists_and_cases_open_with_them(self):
        self.client.force_login(User.objects.get(email="advisor@demo.example"))
        sent = bulk_requests().filter(submitted_at__isnull=False)
        one_of_each = {each.state: each.pk for each in sent}

        found = {
            state: self.client.get(reverse("desk_case", args=[key])).status_code
            for state, key in one_of_each.items()
        }
        assert found == dict.fromkeys(one_of_each, 200)


def test_requests_need_people(db, settings):
    settings.DEMONSTRATION = True

    with pytest.raises(CommandError) as refusal:
        call_command("demo", requests=5, verbosity=0)

    assert str(refusal.value) == "--requests needs --students: somebody must have made them."

"""Loading the demonstration: twice is as once, later is as today, and never in earnest."""

import tomllib
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.test import TestCase, override_settings
from django.utils import timezone
from wagtail.models import Page, Site

from isso.home.demonstration.office import load_office
from isso.home.hours import office_calendar
from isso.home.models import EventPage, ExchangeRate, NewsItemPage, OfficeSettings
from isso.requests.demonstration import story
from isso.requests.models import HistoryEntry, RequestPolicy, Snapshot, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.models import User
from isso.requests.records.models import IssuedForm, RecordChange, StudentRecord
from isso.requests.registry import folder_types
from isso.tests import kept

ROOMS = ("requests", "records", "people", "notices", "home", "pages", "wagtailcore")


def everything():
    """Return every row of our rooms."""
    return {
        model._meta.label: sorted(serialize("jsonl", model._base_manager.all()).splitlines())
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if not model._meta.label.startswith("wagtailcore.ReferenceIndex")
    }


@override_settings(DEMONSTRATION=True)
class Loading(TestCase):
    """The demonstration office, loaded once for all of these."""

    @classmethod
    def setUpTestData(cls):
        kept.demonstration()

    def test_a_second_time_changes_nothing(self):
        before = everything()

        call_command("demo", verbosity=0)

        after = everything()
        assert {name for name in before if before[name] != after[name]} == set()

    def test_what_somebody_changed_stays(self):
        StudentRecord.objects.filter(user__email="student@demo.example").update(major="Music")
        Page.objects.filter(slug="about").update(title="About us")

        call_command("demo", verbosity=0)

        assert StudentRecord.objects.get(user__email="student@demo.example").major == "Music"
        assert Page.objects.get(slug="about").title == "About us"

    def test_every_type_has_a_published_policy_with_its_numbers(self):
        found = {
            policy.type_key: {each.name: each.value for each in policy.numbers.all()}
            for policy in RequestPolicy.objects.filter(live=True)
        }

        assert found == {
            key: {name: number.default for name, number in each.policies.items()}
            for key, each in folder_types().items()
        }

    def test_histories_run_forward_on_business_days_and_end_where_the_request_stands(self):
        calendar, wrong = office_calendar(), []
        for made in StudentRequest.objects.all():
            entries = list(made.history.order_by("pk"))
            times = [entry.at for entry in entries]
            if times != sorted(times) or times[-1] > timezone.now():
                wrong.append((made, "times"))
            if entries[-1].to_state != made.state or not_the_same_minute(
                entries[0].at, made.created_at
            ):
                wrong.append((made, "ends"))
            if not all(calendar.is_business_day(timezone.localdate(each)) for each in times):
                wrong.append((made, "days"))

        told = tomllib.loads(story.FILE.read_text())["request"]
        # What follows an approval begins by itself.
        begun = StudentRequest.objects.filter(follows=None)
        assert (wrong, begun.count()) == ([], len(told))

    def test_what_a_request_issued_carries_the_day_it_was_issued(self):
        today, wrong = timezone.localdate(), []
        for made in StudentRequest.objects.exclude(completed_at=None):
            done_on = timezone.localdate(made.completed_at)
            for form in IssuedForm.objects.filter(reference=made.reference):
                if form.issued_on != done_on or form.travel_signature_on not in (None, done_on):
                    wrong.append((made, form))
                if form.travel_signature_on and form.travel_valid_until <= today:
                    wrong.append((made, form.travel_valid_until))
        told = RecordChange.objects.filter(new__contains=today.isoformat())

        assert (wrong, list(told)) == ([], [])

    def test_no_flood_of_old_mails_waits(self):
        waiting = Notice.objects.filter(state="waiting").values_list("key", "recipient")

        assert sorted(waiting) == [
            ("approver_request", "compliance@demo.example"),
            ("approver_request", "vestergaard@demo.example"),
        ]


def not_the_same_minute(one, other):
    """Tell whether two times differ by more than the computer takes for one press."""
    return abs(one - other) > timedelta(minutes=1)


def test_it_is_refused_in_earnest(db, settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError) as refusal:
        call_command("demo", verbosity=0)

    assert str(refusal.value) == (
        "The demonstration has accounts with a known password, so it is loaded under the "
        "development settings only."
    )
    assert User.objects.count() == 0


def test_refreshing_makes_it_look_loaded_today(db, settings):
    settings.DEMONSTRATION = True
    # At noon, for around midnight the clock change in between would make it 99 days.
    noon = timezone.localtime().replace(hour=12)
    with time_machine.travel(noon - timedelta(days=100), tick=False):
        call_command("demo", verbosity=0)
        before = dates()

    call_command("demo", refresh=True, verbosity=0)
    call_command("demo", refresh=True, verbosity=0)

    assert dates() == {name: moved(value) for name, value in before.items()}
    orientation = EventPage.objects.get(slug="spring-orientation")
    # By the clock on the wall, whatever daylight saving did in between.
    assert orientation.when.endswith(", 9:30 am – 1:00 pm")


ADMITTED = "mateus.oliveira@demo.example"


def moved(value):
    """Return a date or time a hundred days later; office time may have changed its offset."""
    return value and value + timedelta(days=100)


def dates():
    """Return dates of many kinds of the continuing student and of her internship."""
    record = StudentRecord.objects.get(user__email="student@demo.example")
    internship = StudentRequest.objects.get(student=record, state="clarification")
    sent = Snapshot.objects.get(student_request__student__user__email=ADMITTED)
    return {
        "program end": record.program_end,
        "travel signature": record.travel_signature_on,
        "newest form": record.issued_forms.first().issued_on,
        "funding": record.funding.first().as_of,
        "submitted": internship.submitted_at,
        "first entry": HistoryEntry.objects.filter(student_request=internship).first().at,
        "start of work": timezone.datetime.fromisoformat(internship.answers["start_date"]),
        "effective": internship.effective_start,
        "rate": ExchangeRate.objects.get(currency="INR").day,
        "rate when sent": timezone.datetime.fromisoformat(sent.policy["prices"]["rates"]["BRL"][1]),
        "orientation": EventPage.objects.get(slug="spring-orientation").first_day,
        "news is valid": NewsItemPage.objects.get(slug="winter-travel-signatures").valid_until,
    }


def test_an_office_that_was_set_up_before_gets_its_address(db):
    """`make run` sets up roles first, which may read, and so make, empty settings."""
    OfficeSettings.for_site(Site.objects.get(is_default_site=True))
    load_office(timezone.localdate())

    assert OfficeSettings.objects.get().email == "isso@demo.example"

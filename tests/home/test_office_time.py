"""Days, deadlines and hours count in the zone of the office's settings, everywhere."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from isso.home.models import KeyDate, KeyDatesPage, OfficeSettings
from isso.home.naming import short_name
from isso.home.office import the_office, working_for
from isso.requests.jobs import Job, run_due
from isso.requests.people.roles import Role
from isso.tests import factories

# Monday evening in California is Tuesday noon in Japan.
MOMENT = dt.datetime(2026, 11, 17, 3, 0, tzinfo=dt.UTC)
ZONES = [("Asia/Tokyo", 17), ("America/Los_Angeles", 16), ("", 16)]


@pytest.fixture
def at_the_moment():
    with time_machine.travel(MOMENT, tick=False):
        yield


def days(months):
    """The days of key dates by month."""
    return [date.start.day for _month, dates in months for date in dates]


@pytest.mark.parametrize(("zone", "day"), ZONES)
def test_the_key_dates_page_begins_with_the_offices_today(home, client, at_the_moment, zone, day):
    OfficeSettings.objects.update(time_zone=zone, cut_off=dt.time(23, 59))
    home.add_child(instance=KeyDatesPage(title="Key dates", slug="key-dates"))
    for number in (16, 17):
        KeyDate.objects.create(title=f"Day {number}", start=dt.date(2026, 11, number))

    page = client.get("/key-dates/").context

    assert days(page["past_months"]) == list(range(16, day))
    assert days(page["months"]) == list(range(day, 18))


@pytest.mark.parametrize(("zone", "day"), ZONES)
def test_a_job_and_a_page_of_the_admin_know_the_same_day(site, client, at_the_moment, zone, day):
    """Wagtail's admin would go by the server's zone, or by one the person had chosen."""
    OfficeSettings.objects.update(time_zone=zone, cut_off=dt.time(23, 59))
    seen = []
    run_due([Job("note the day", lambda: seen.append(timezone.localdate()), dt.timedelta(1))])
    client.force_login(factories.make_staff(Role.ADVISOR))

    page = client.get("/admin/")

    assert (seen, page.status_code) == ([dt.date(2026, 11, day)], 200)


def test_a_zone_this_server_does_not_know_counts_for_none():
    assert OfficeSettings(time_zone="Mars/Olympus").zone.key == settings.TIME_ZONE


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Boston", "Etc/GMT+5", "<b>"])
def test_only_a_place_of_the_list_is_accepted(db, zone):
    with pytest.raises(ValidationError) as refused:
        OfficeSettings(time_zone=zone).full_clean(exclude=["site"])

    assert list(refused.value.message_dict) == ["time_zone"]


def test_the_office_at_hand_is_put_down_again(site):
    before = (short_name(), timezone.get_current_timezone_name())
    OfficeSettings.objects.update(short_name="ISSS", time_zone="Asia/Tokyo")
    inside = []
    with pytest.raises(ZeroDivisionError), working_for(the_office()):
        inside += [short_name(), timezone.get_current_timezone_name(), 1 / 0]

    with working_for(the_office()):
        inside += [short_name(), timezone.get_current_timezone_name()]

    assert (before, inside) == (("Office", "America/New_York"), ["ISSS", "Asia/Tokyo"])
    assert (short_name(), timezone.get_current_timezone_name()) == before


@pytest.mark.parametrize(("zone", "due"), [("Asia/Tokyo", 20), ("America/Los_Angeles", 19)])
def test_a_request_is_due_by_the_offices_day(at_the_moment, db, zone, due):
    """Three business days after Tuesday the 17th, or after Monday the 16th."""
    factories.make_office()
    OfficeSettings.objects.update(time_zone=zone, cut_off=dt.time(23, 59))

    with working_for(the_office()):
        made = factories.make_request(type_key="reprint")

    assert (made.state, made.due_on) == ("submitted", dt.date(2026, 11, due))

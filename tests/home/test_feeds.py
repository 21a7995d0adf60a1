"""The calendars, read back by another program's parser than the one that wrote them."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil import tz
from django.test import override_settings

from isso.home.models import (
    ExceptionHours,
    HoursException,
    HoursSchedule,
    HoursSlot,
    KeyDate,
    OfficeSettings,
)
from isso.home.zone_rules import zone_rules
from isso.tests.home.calendars import (
    EASTERN,
    HOURS,
    KEY_DATES,
    at,
    at_noon,
    events,
    marks,
    read,
    summaries,
)

pytestmark = pytest.mark.django_db


def test_hours_bring_closures_changed_hours_and_walk_ins(site, hours, client, tuesday):
    found = sorted(events(client), key=lambda event: str(event.dtstart.value))

    assert [
        (event.summary.value, event.dtstart.value, event.dtend.value, event.status.value)
        for event in found[:6]
    ] == [
        (
            "Office open 9:00 am – 12:00 pm: Short day",
            dt.date(2026, 11, 25),
            dt.date(2026, 11, 26),
            "CONFIRMED",
        ),
        (
            "Office closed: Thanksgiving",
            dt.date(2026, 11, 26),
            dt.date(2026, 11, 28),
            "CONFIRMED",
        ),
        # Who subscribed before the closure was entered learns that this one does not take place.
        ("Walk-in advising", at("2026-11-26 10:00"), at("2026-11-26 12:00"), "CANCELLED"),
        ("Walk-in advising", at("2026-11-30 13:00"), at("2026-11-30 15:00"), "CONFIRMED"),
        ("Walk-in advising", at("2026-12-03 10:00"), at("2026-12-03 12:00"), "CONFIRMED"),
        ("Walk-in advising", at("2026-12-07 13:00"), at("2026-12-07 15:00"), "CONFIRMED"),
    ]
    assert {event.transp.value for event in found} == {"TRANSPARENT"}


def test_walk_ins_keep_their_wall_time_over_the_change_of_the_clocks(
    site, hours, client, time_machine
):
    at_noon(time_machine, "2027-03-08")
    calendar = read(client, HOURS)

    utc = [
        event.dtstart.value.astimezone(dt.UTC).isoformat()
        for event in calendar.vevent_list
        if event.dtstart.value.date() in (dt.date(2027, 3, 11), dt.date(2027, 3, 18))
    ]
    assert utc == ["2027-03-11T15:00:00+00:00", "2027-03-18T14:00:00+00:00"]


ZONES = [
    "America/New_York",
    "America/Chicago",
    "America/Phoenix",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
]


@pytest.mark.parametrize("name", ZONES)
def test_the_rules_in_the_file_say_what_the_zone_says(name):
    """Read by dateutil, whose reading knows nothing but the rules."""
    zone, rules = ZoneInfo(name), zone_rules(ZoneInfo(name), 2026, 2027).to_ical().decode()
    read_back = tz.tzical(io.StringIO(rules)).get(name)
    noon = dt.datetime(2026, 1, 1, 12)

    different = [
        wall
        for wall in (noon + dt.timedelta(hours=6 * step) for step in range(2 * 365 * 4 - 4))
        if wall.replace(tzinfo=read_back).utcoffset() != wall.replace(tzinfo=zone).utcoffset()
    ]
    assert different == []


def test_a_change_of_the_clocks_is_given_in_the_time_before_it():
    toronto = ZoneInfo("America/Toronto")
    rules = vobject.readOne(zone_rules(toronto, 2026, 2026).to_ical().decode())

    assert [
        (kind, part.dtstart.value.isoformat(), part.tzoffsetfrom.value, part.tzoffsetto.value)
        for kind in ("standard", "daylight")
        for part in rules.contents[kind]
    ] == [
        ("standard", "2025-12-31T19:00:00", "-0500", "-0500"),
        ("standard", "2026-11-01T02:00:00", "-0400", "-0500"),
        ("daylight", "2026-03-08T02:00:00", "-0500", "-0400"),
    ]


def test_a_walk_in_that_moves_stays_the_same_event(site, hours, client, time_machine):
    at_noon(time_machine, "2026-11-30")
    before = {event.uid.value for event in events(client)}
    at_noon(time_machine, "2026-12-01")
    walk_ins = HoursSchedule.objects.get(kind="walk_in")
    slot = walk_ins.slots.get(weekday=0)
    slot.opens = dt.time(14)
    slot.save()
    walk_ins.save()
    moved = next(e for e in events(client) if e.dtstart.value == at("2026-12-07 14:00"))

    assert moved.uid.value == f"walk-in-{slot.pk}-20261207@testserver"
    assert moved.uid.value in before


def test_a_walk_in_on_another_time_for_once_is_an_event_of_its_own(site, hours, client, tuesday):
    days = HoursException(
        start=dt.date(2026, 12, 7), end=dt.date(2026, 12, 7), applies_to="walk_in", reason="Fair"
    )
    days.hours = [ExceptionHours(opens=dt.time(9), closes=dt.time(10))]
    days.save()

    found = [
        (event.summary.value, event.uid.value.split("@")[0], event.status.value)
        for event in events(client)
        if str(event.dtstart.value).startswith("2026-12-07")
    ]
    usual = HoursSlot.objects.get(schedule__kind="walk_in", weekday=0)
    assert found == [
        ("Walk-in advising 9:00 am – 10:00 am: Fair", f"hours-{days.pk}", "CONFIRMED"),
        ("Walk-in advising", f"walk-in-{usual.pk}-20261207", "CANCELLED"),
        ("Walk-in advising", f"walk-in-{days.pk}-1-20261207", "CONFIRMED"),
    ]


def test_virtual_times_stand_in_the_calendar_with_place_and_note(site, hours, client, tuesday):
    virtual = HoursSchedule(
        kind="virtual",
        name="Fall",
        valid_from=dt.date(2026, 11, 25),
        valid_until=dt.date(2026, 12, 2),
        location="Video room",
        note="No appointment.",
    )
    virtual.slots = [HoursSlot(weekday=2, opens=dt.time(8), closes=dt.time(9, 30))]
    virtual.save()

    assert [
        (event.dtstart.value, event.location.value, event.description.value, event.status.value)
        for event in events(client)
        if event.summary.value == "Virtual drop-in"
    ] == [
        # The short day of November 25 begins at nine.
        (at("2026-11-25 09:00"), "Video room", "No appointment.", "CONFIRMED"),
        (at("2026-12-02 08:00"), "Video room", "No appointment.", "CONFIRMED"),
    ]


def test_an_event_keeps_its_name_and_its_marks_follow_the_edit(site, client, time_machine):
    at_noon(time_machine, "2026-11-20")
    closure = HoursException.objects.create(
        start=dt.date(2026, 11, 26), end=dt.date(2026, 11, 27), reason="Thanksgiving"
    )
    [before] = events(client)
    at_noon(time_machine, "2026-11-21")
    [unchanged] = events(client)
    closure.save()
    [after] = events(client)

    uid, stamp = f"hours-{closure.pk}@testserver", "2026-11-20T17:00:00+00:00"
    assert marks(before) == marks(unchanged) == (uid, stamp, stamp, marks(before)[3])
    stamp = "2026-11-21T17:00:00+00:00"
    assert marks(after) == (uid, stamp, stamp, marks(before)[3] + 86_400)


def test_a_reason_is_told_from_its_day_on_and_that_counts_as_an_edit(site, client, time_machine):
    at_noon(time_machine, "2026-11-20")
    HoursException.objects.create(
        start=dt.date(2026, 12, 10),
        end=dt.date(2026, 12, 10),
        reason="Farewell of the director",
        show_from=dt.date(2026, 12, 1),
    )
    [before] = events(client)
    at_noon(time_machine, "2026-12-01")
    [after] = events(client)

    assert [event.summary.value for event in (before, after)] == [
        "Office closed",
        "Office closed: Farewell of the director",
    ]
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstamp.value.astimezone(EASTERN) == at("2026-12-01 00:00")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["For all", "For f1", "For j1"]),
        ("?audience=f1", ["For all", "For f1"]),
        ("?audience=j1", ["For all", "For j1"]),
        ("?audience=new", ["For all"]),
        ("?audience=%00'", ["For all", "For f1", "For j1"]),
    ],
)
def test_key_dates_can_be_had_for_one_audience(site, client, query, shown):
    for audience in ("all", "f1", "j1"):
        KeyDate.objects.create(
            title=f"For {audience}", start=dt.date(2027, 2, 13), audience=audience
        )

    assert summaries(client, KEY_DATES + query) == shown


HOSTILE = "Tax; forms, 1040\\A\r\nEND:VEVENT\nBEGIN:VALARM 🎓 日本 " + "long " * 30


def test_no_text_breaks_out_of_its_line(site, client):
    KeyDate.objects.create(
        title="Ends; “here”, really 🎓",
        start=dt.date(2027, 4, 15),
        end=dt.date(2027, 4, 16),
        note=HOSTILE,
        link="/resources/taxes/",
        category="tax",
    )
    response = client.get(KEY_DATES)
    [event] = vobject.readOne(response.content.decode()).vevent_list

    assert event.summary.value == "Ends; “here”, really 🎓"
    assert event.description.value == HOSTILE.replace("\r\n", "\n")
    assert (event.dtstart.value, event.dtend.value) == (dt.date(2027, 4, 15), dt.date(2027, 4, 17))
    assert event.url.value == "http://testserver/resources/taxes/"
    assert event.categories.value == ["Taxes"]
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75


def test_one_key_date_can_be_added_alone(site, client):
    for title in "AB":
        second = KeyDate.objects.create(title=title, start=dt.date(2027, 4, 15))

    assert summaries(client, f"/calendar/key-dates/{second.pk}.ics") == ["B"]
    [both] = [event for event in events(client, KEY_DATES) if event.summary.value == "B"]
    [alone] = events(client, f"/calendar/key-dates/{second.pk}.ics")
    assert marks(alone) == marks(both)
    assert client.get(f"/calendar/key-dates/{second.pk + 1}.ics").status_code == 404


def test_the_calendars_carry_the_name_and_the_zone_of_the_office(site, hours, client, tuesday):
    OfficeSettings.objects.update(short_name="ISSS")
    calendar = read(client, HOURS)

    assert calendar.prodid.value == "-//ISSS//Office hours//EN"
    assert calendar.contents["name"][0].value == "Office hours"
    assert calendar.contents["x-wr-timezone"][0].value == "America/New_York"
    assert calendar.contents["refresh-interval"][0].value == "PT12H"


@override_settings(ALLOWED_HOSTS=["*"])
def test_an_event_has_one_name_under_every_address_of_the_site(site, hours, client, tuesday):
    there = client.get(HOURS, headers={"Host": "www.office.example"})

    assert there.content == client.get(HOURS).content


@pytest.mark.parametrize("address", [HOURS, KEY_DATES])
def test_an_unchanged_calendar_is_not_sent_again(site, hours, client, tuesday, address):
    first = client.get(address)
    second = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, second.status_code) == (200, 304)


def test_half_a_year_of_hours_is_read_in_four_queries(
    site, hours, client, tuesday, django_assert_num_queries
):
    # The site with its settings, the hours, the last cancellation, those to be told.
    with django_assert_num_queries(4):
        client.get(HOURS)

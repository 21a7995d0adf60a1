"""The calendars, read back by a calendar program's parser."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from isso.home.models import HoursException, KeyDate

pytestmark = pytest.mark.django_db
EASTERN = ZoneInfo("America/New_York")


def read(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Vary" not in response
    return Calendar.from_ical(response.content)


def test_hours_bring_walk_ins_and_closures(hours, client, tuesday):
    calendar = read(client, "/calendar/hours.ics")

    events = sorted(calendar.events, key=lambda event: str(event.start))
    assert [(str(event["SUMMARY"]), event.start, event.end) for event in events[:5]] == [
        ("Office open 9:00 am – 12:00 pm: Short day", dt.date(2026, 11, 25), dt.date(2026, 11, 26)),
        ("Office closed: Thanksgiving", dt.date(2026, 11, 26), dt.date(2026, 11, 28)),
        (
            "Walk-in advising",
            dt.datetime(2026, 11, 30, 13, tzinfo=EASTERN),
            dt.datetime(2026, 11, 30, 15, tzinfo=EASTERN),
        ),
        (
            "Walk-in advising",
            dt.datetime(2026, 12, 3, 10, tzinfo=EASTERN),
            dt.datetime(2026, 12, 3, 12, tzinfo=EASTERN),
        ),
        (
            "Walk-in advising",
            dt.datetime(2026, 12, 7, 13, tzinfo=EASTERN),
            dt.datetime(2026, 12, 7, 15, tzinfo=EASTERN),
        ),
    ]
    [zone] = calendar.timezones
    assert zone.tz_name == "America/New_York"


def test_an_event_keeps_its_name_and_its_stamp_follows_the_edit(client, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC), tick=False)
    closure = HoursException.objects.create(
        start=dt.date(2026, 11, 26), end=dt.date(2026, 11, 27), reason="Thanksgiving"
    )
    [before] = read(client, "/calendar/hours.ics").events
    time_machine.move_to(dt.datetime(2026, 11, 21, 15, tzinfo=dt.UTC), tick=False)
    [unchanged] = read(client, "/calendar/hours.ics").events
    closure.save()
    [after] = read(client, "/calendar/hours.ics").events

    assert before["UID"] == unchanged["UID"] == after["UID"] == f"hours-{closure.pk}@testserver"
    stamps = [event.stamp.astimezone(dt.UTC).day for event in (before, unchanged, after)]
    assert stamps == [20, 20, 21]


def test_a_reason_is_told_from_its_day_on(client, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC), tick=False)
    HoursException.objects.create(
        start=dt.date(2026, 12, 10),
        end=dt.date(2026, 12, 10),
        reason="Farewell of the director",
        show_from=dt.date(2026, 12, 1),
    )
    [before] = read(client, "/calendar/hours.ics").events
    time_machine.move_to(dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC), tick=False)
    [after] = read(client, "/calendar/hours.ics").events

    assert [str(each["SUMMARY"]) for each in (before, after)] == [
        "Office closed",
        "Office closed: Farewell of the director",
    ]


def test_key_dates_can_be_had_for_one_audience(client):
    for audience in ("all", "f1", "j1"):
        KeyDate.objects.create(
            title=f"For {audience}",
            start=dt.date(2027, 2, 13),
            audience=audience,
            note="Ärger, 日本",
        )

    everything = read(client, "/calendar/key-dates.ics")
    some = read(client, "/calendar/key-dates.ics?audience=f1")
    unknown = read(client, "/calendar/key-dates.ics?audience=%00'")

    assert [str(event["SUMMARY"]) for event in everything.events] == ["For all", "For f1", "For j1"]
    assert [str(event["SUMMARY"]) for event in some.events] == ["For all", "For f1"]
    assert len(unknown.events) == 3
    event = some.events[0]
    assert (event.start, event.end) == (dt.date(2027, 2, 13), dt.date(2027, 2, 14))
    assert str(event["DESCRIPTION"]) == "Ärger, 日本"


def test_an_unchanged_calendar_is_not_sent_again(hours, client, tuesday):
    first = client.get("/calendar/hours.ics")
    second = client.get("/calendar/hours.ics", headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 304

"""Reading our calendars with another program's parser than the one that wrote them."""

import datetime as dt
from zoneinfo import ZoneInfo

import vobject

EASTERN = ZoneInfo("America/New_York")
HOURS, KEY_DATES = "/calendar/hours.ics", "/calendar/key-dates.ics"
EVENTS = "/calendar/events.ics"


def read(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Vary" not in response
    return vobject.readOne(response.content.decode())


def events(client, address=HOURS):
    return getattr(read(client, address), "vevent_list", [])


def summaries(client, address=KEY_DATES):
    return [event.summary.value for event in events(client, address)]


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=EASTERN)


def at_noon(time_machine, date):
    time_machine.move_to(at(f"{date} 12:00"), tick=False)


def marks(event):
    return (
        event.uid.value,
        event.dtstamp.value.astimezone(dt.UTC).isoformat(),
        event.last_modified.value.astimezone(dt.UTC).isoformat(),
        int(event.sequence.value),
    )

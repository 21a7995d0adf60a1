"""Events: the list, the page, and what calendar programs read."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar

from isso.home.models import EventPage, EventsPage

EASTERN = ZoneInfo("America/New_York")


def at(day, hour, month=11, year=2026):
    return dt.datetime(year, month, day, hour, tzinfo=EASTERN)


@pytest.fixture
def events(home):
    """The page of events."""
    return home.add_child(instance=EventsPage(title="Events", slug="events"))


@pytest.fixture
def event(events):
    """Put a published event on the page."""

    def make(title, start, hours=1, **fields):
        defaults = {"place": "Room 1", "slug": title.lower().replace(" ", "-")}
        page = EventPage(
            title=title, start=start, end=start + dt.timedelta(hours=hours), **defaults | fields
        )
        page = events.add_child(instance=page)
        page.save_revision().publish()
        return EventPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def some(event, tuesday):
    """Five events around half past ten on November 24, 2026."""
    event("Long past", at(1, 9, month=10))
    event("Just over", at(24, 9))
    event("Running", at(24, 10), audience="f1")
    event("Next", at(4, 16, month=12), audience="j1")
    event("Film", at(5, 18, month=1, year=2027), is_canceled=True, canceled_text="No kitchen.")


@pytest.mark.parametrize(
    ("query", "coming", "past"),
    [
        (
            "",
            ["November 2026", "Running", "December 2026", "Next", "January 2027", "Film"],
            ["October 2026", "Long past", "November 2026", "Just over"],
        ),
        (
            "?audience=f1",
            ["November 2026", "Running", "January 2027", "Film"],
            ["October 2026", "Long past", "November 2026", "Just over"],
        ),
        (
            "?audience=%00nobody",
            ["November 2026", "Running", "December 2026", "Next", "January 2027", "Film"],
            ["October 2026", "Long past", "November 2026", "Just over"],
        ),
    ],
)
def test_events_by_month_with_the_past_folded(some, client, query, coming, past):
    html = client.get(f"/events/{query}").text
    above, _, below = html.partition("<footer")[0].partition('<details class="question">')
    titles = r'(?:<h2[^>]*>|<p class="rail__title"[^>]*><a[^>]*>)([^<]*)<'

    assert re.findall(titles, above) == coming
    assert re.findall(titles, below) == past


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_with_more_events(
    event, client, tuesday, django_assert_num_queries, number
):
    for place in range(number):
        event(f"Event {place}", at(25, 9))
    client.get("/")

    with django_assert_num_queries(7):
        client.get("/events/")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (2, "Tuesday, November 24, 2026, 4:00 pm – 6:00 pm"),
        (26, "Tuesday, November 24, 2026, 4:00 pm – Wednesday, November 25, 2026, 6:00 pm"),
    ],
)
def test_when_it_is_in_words(event, hours, words):
    assert event("Seminar", at(24, 16), hours).when == words


def test_a_canceled_event_keeps_its_page_and_says_why(some, client):
    html = client.get("/events/film/").text

    assert "This event is canceled" in html
    assert "No kitchen." in html
    assert "Add to calendar" not in html


def test_the_home_page_shows_the_next_two_that_take_place(some, client, event):
    event("Later", at(6, 9, month=12))

    html = client.get("/").text.partition("Next events")[2]

    assert re.findall(r'href="/events/([\w-]+)/"', html) == ["running", "next"]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"end": at(24, 9)}, {"end": ["“Ends” must be after “Begins”."]}),
        ({"end": at(24, 8)}, {"end": ["“Ends” must be after “Begins”."]}),
        (
            {"place": ""},
            {"place": ["Fill in “Place” or “Online link”: people must know where to go."]},
        ),
        (
            {"sign_up_link": "javascript:alert(1)"},
            {
                "sign_up_link": [
                    "Begin the link with “/” for a page of this site, or with “https://”."
                ]
            },
        ),
    ],
)
def test_an_event_that_cannot_be(db, changes, errors):
    fields = {"start": at(24, 9), "end": at(24, 10), "place": "Room 1"} | changes
    page = EventPage(title="Seminar", slug="seminar", **fields)

    with pytest.raises(ValidationError) as refusal:
        page.full_clean(exclude=["path", "depth", "content_type", "locale", "translation_key"])

    assert refusal.value.message_dict == errors


def read(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Vary" not in response
    return Calendar.from_ical(response.content).events


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Long past", "Just over", "Running", "Next", "Canceled: Film"]),
        ("?audience=f1", ["Long past", "Just over", "Running", "Canceled: Film"]),
        ("?audience=%00", ["Long past", "Just over", "Running", "Next", "Canceled: Film"]),
    ],
)
def test_the_calendar_of_an_audience(some, client, query, names):
    assert [str(each["SUMMARY"]) for each in read(client, f"/calendar/events.ics{query}")] == names


def test_a_calendar_file_tells_place_time_and_cancellation(event, client, time_machine):
    time_machine.move_to(at(20, 9), tick=False)
    page = event("Seminar", at(24, 16), online_link="https://video.demo.example/x", lede="Work.")
    [before] = read(client, f"/calendar/events/{page.pk}.ics")
    time_machine.move_to(at(21, 9), tick=False)
    page.is_canceled, page.canceled_text = True, "The speaker is ill."
    page.save_revision().publish()
    [after] = read(client, f"/calendar/events/{page.pk}.ics")

    assert before["UID"] == after["UID"] == f"event-{page.pk}@testserver"
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert (before.start, before.end) == (at(24, 16), at(24, 17))
    assert str(before["LOCATION"]) == "Room 1"
    assert str(before["URL"]) == "http://testserver/events/seminar/"
    assert str(before["DESCRIPTION"]) == "Work.\nhttps://video.demo.example/x"
    assert str(after["DESCRIPTION"]).startswith("The speaker is ill.\n")


def test_a_draft_has_no_calendar_file(event, client):
    page = event("Seminar", at(24, 16))
    page.unpublish()

    assert client.get(f"/calendar/events/{page.pk}.ics").status_code == 404
    assert client.get("/calendar/events/999999.ics").status_code == 404
    assert read(client, "/calendar/events.ics") == []

"""A deadline with a date stands once, on its page, and is listed wherever dates are."""

import datetime as dt
import re

import icalendar
import pytest

from isso.home.models import KeyDate, KeyDatesPage

pytestmark = pytest.mark.django_db


def deadline(title, date):
    return ("deadline", {"title": title, "rule": "By noon", "date": date, "note": "Or wait."})


@pytest.fixture
def dates(home, guidance, section):
    """One key date, and pages with deadlines: dated, undated, hidden."""
    home.add_child(instance=KeyDatesPage(title="Key dates", slug="key-dates"))
    KeyDate.objects.create(title="Break", start=dt.date(2027, 3, 1), audience="f1")
    guidance(
        "Work",
        section("Immigration"),
        body=[
            deadline("Apply <now>", dt.date(2027, 2, 1)),
            deadline("Some day", None),
            deadline("Report", dt.date(2027, 3, 2)),
        ],
    ).save_revision().publish()
    guidance("Hidden", live=False, body=[deadline("Secret", dt.date(2027, 2, 2))])


@pytest.mark.parametrize("query", ["", "?audience=f1"])
def test_the_page_of_key_dates_lists_them_in_order(dates, client, monday, query):
    html = client.get(f"/key-dates/{query}").text

    titles = r'<p class="rail__title" dir="auto">(?:<a href="([^"]*)">)?([^<]*)<'
    assert re.findall(titles, html) == [
        ("/immigration/work/", "Apply &lt;now&gt;"),
        ("", "Break"),
        ("/immigration/work/", "Report"),
    ]
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Monday, February 1, 2027 · Everyone · Deadline By noon Or wait." in words


def test_the_calendar_has_them_under_names_that_stay(dates, client, monday):
    def entries():
        calendar = icalendar.Calendar.from_ical(client.get("/calendar/key-dates.ics").content)
        return {
            str(event["UID"]): (str(event["SUMMARY"]), event.start, str(event.get("URL", "")))
            for event in calendar.walk("VEVENT")
        }

    found = entries()

    assert sorted(found.values()) == [
        ("Apply <now>", dt.date(2027, 2, 1), "http://testserver/immigration/work/"),
        ("Break", dt.date(2027, 3, 1), ""),
        ("Report", dt.date(2027, 3, 2), "http://testserver/immigration/work/"),
    ]
    assert entries() == found


def test_the_home_page_counts_them_among_the_next_dates(dates, home, client, monday):
    titles = re.findall(
        r'<p class="rail__title" dir="auto">(?:<a [^>]*>)?([^<]*)<', client.get("/").text
    )

    assert titles == ["Apply &lt;now&gt;", "Break", "Report"]


@pytest.mark.parametrize("more", [0, 29])
def test_more_pages_cost_no_more_queries(dates, guidance, client, django_assert_num_queries, more):
    for number in range(more):
        guidance(f"Page {number}", body=[deadline(f"Date {number}", dt.date(2027, 4, 1))])
    client.get("/key-dates/")
    with django_assert_num_queries(8):
        client.get("/key-dates/")

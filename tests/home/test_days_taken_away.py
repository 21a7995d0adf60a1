"""The closures ahead on the page of processing times: the days that lengthen every estimate."""

import datetime as dt
import re

import pytest

from isso.home.closures import days_taken_away
from isso.home.hours import office_calendar
from isso.home.models import HoursException, HoursSchedule, ProcessingTimesPage
from isso.home.processing_times import ProcessingTime, register_processing_times

pytestmark = pytest.mark.django_db
TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture
def page(home, monkeypatch):
    """The page with one request on it."""
    monkeypatch.setattr("isso.home.processing_times._providers", [])
    register_processing_times(lambda: [ProcessingTime("CPT", "/cpt/", 5)])
    return home.add_child(instance=ProcessingTimesPage(title="Times", slug="times"))


def close(first, last, reason, **fields):
    return HoursException.objects.create(start=first, end=last, reason=reason, **fields)


def ahead(today=TUESDAY):
    return [
        (each.days, each.number, each.reason) for each in days_taken_away(office_calendar(), today)
    ]


THANKSGIVING = ("Thursday, November 26 – Friday, November 27", 2, "Thanksgiving")


def test_a_short_day_is_a_business_day_and_a_closed_one_is_not(hours):
    assert ahead() == [THANKSGIVING]


def test_what_has_begun_counts_from_today_on_and_what_is_over_is_gone(hours):
    assert ahead(dt.date(2026, 11, 27)) == [("Friday, November 27", 1, "Thanksgiving")]
    assert ahead(dt.date(2026, 11, 28)) == []


def test_weekends_in_a_closure_are_not_counted(hours):
    close("2026-12-24", "2027-01-03", "Winter break")

    assert ahead() == [
        THANKSGIVING,
        ("Thursday, December 24 – Friday, January 1", 7, "Winter break"),
    ]


@pytest.mark.parametrize(
    ("first", "shown"),
    [
        ("2027-01-19", [("Tuesday, January 19 – Monday, February 1", 10, "Move")]),
        ("2027-01-20", []),
    ],
)
def test_one_that_begins_within_eight_weeks_stands_there_whole(hours, first, shown):
    close(first, "2027-02-01", "Move")

    assert ahead() == [THANKSGIVING, *shown]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        # The times hold for everybody; why, the office tells later.
        ({"show_from": "2026-12-01"}, [("Wednesday, December 2", 1, "")]),
        ({"show_from": "2026-11-24"}, [("Wednesday, December 2", 1, "Retreat")]),
        ({"applies_to": "walk_in"}, []),
    ],
)
def test_the_reason_waits_for_its_day_and_walk_ins_are_no_business_days(hours, fields, shown):
    close("2026-12-02", "2026-12-02", "Retreat", **fields)

    assert ahead() == [THANKSGIVING, *shown]


def test_a_gap_between_two_schedules_takes_days_away_too(hours):
    HoursException.objects.all().delete()
    fall = HoursSchedule.objects.get(kind="office")
    spring = HoursSchedule.objects.create(
        kind="office", name="Spring", valid_from=dt.date(2026, 12, 9)
    )
    spring.slots.create(weekday=2, opens="09:00", closes="16:00")
    HoursSchedule.objects.filter(pk=fall.pk).update(valid_until=dt.date(2026, 12, 4))

    # From then on the office works on Wednesdays alone: other days are none of its week.
    assert ahead() == [("Monday, December 7 – Tuesday, December 8", 2, "")]


def test_where_nobody_entered_hours_nothing_is_taken_away(db):
    close("2026-11-26", "2026-11-27", "Thanksgiving")

    assert ahead() == []


def told(client):
    """The text below the heading."""
    html = client.get("/times/").text.split("Closures ahead</h2>")[1].split("</main>")[0]
    lines = re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", html, re.S)
    return [re.sub(r"<[^>]+>", "", line) for line in lines]


def test_the_page_lists_them(page, hours, tuesday, client):
    close("2026-12-02", "2026-12-02", "Staff <retreat>")
    close("2026-12-03", "2026-12-03", "Secret", show_from="2026-12-01")

    assert told(client)[:4] == [
        "On these days our office is closed. They do not count, so what is under way takes that "
        "much longer.",
        "Thursday, November 26 – Friday, November 27 (2 business days): Thanksgiving",
        "Wednesday, December 2 (1 business day): Staff &lt;retreat&gt;",
        "Thursday, December 3 (1 business day)",
    ]


def test_without_one_the_page_says_so(page, hours, time_machine, client):
    time_machine.move_to(dt.datetime.fromisoformat("2026-11-30T10:30:00-05:00"), tick=False)

    assert told(client)[0] == "No closures are planned for the next 8 weeks."


@pytest.mark.parametrize("rows", [1, 30])
def test_they_cost_no_query_of_their_own(
    page, hours, tuesday, client, rows, django_assert_num_queries
):
    for number in range(rows):
        day = dt.date(2026, 12, 1) + dt.timedelta(days=number)
        close(day, day, f"Closed {number}")
    client.get("/")

    with django_assert_num_queries(6):
        assert client.get("/times/").status_code == 200

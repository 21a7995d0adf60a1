"""The week as visitors see it, from what editors entered."""

import datetime as dt
import re

import pytest

from isso.home.alerts import Place, alerts_for
from isso.home.hours import calendar_for, office_calendar
from isso.home.models import AboutPage, HoursException
from isso.home.week import week

pytestmark = pytest.mark.django_db


def test_the_calendar_is_read_in_one_query(hours, django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar = office_calendar()

    assert [
        f"{i.opens:%H:%M}-{i.closes:%H:%M}" for i in calendar.intervals(dt.date(2026, 11, 24))
    ] == [
        "09:00-10:00",
        "11:30-16:00",
    ]
    assert [
        f"{i.opens:%H:%M}-{i.closes:%H:%M}" for i in calendar.intervals(dt.date(2026, 11, 25))
    ] == ["09:00-12:00"]
    assert calendar.exception_on(dt.date(2026, 11, 26)).reason == "Thanksgiving"


def test_the_week_shows_gap_closures_and_canceled_walk_ins(hours, tuesday):
    shown = week(office_calendar())

    assert [(f"{day.date:%a}", day.lines, day.reason, day.is_today) for day in shown.days] == [
        ("Mon", [("9:00 am", "4:00 pm")], "", False),
        ("Tue", [("9:00 am", "10:00 am"), ("11:30 am", "4:00 pm")], "", True),
        ("Wed", [("9:00 am", "12:00 pm")], "Short day", False),
        ("Thu", [], "Thanksgiving", False),
        ("Fri", [], "Thanksgiving", False),
    ]
    [walk_ins] = shown.services
    assert [(line.text, line.is_canceled) for line in walk_ins.lines] == [
        ("Monday 1:00 pm – 3:00 pm", False),
        ("Thursday 10:00 am – 12:00 pm", True),
    ]
    assert shown.instants[:2] == [
        ("2026-11-24T14:00Z", "2026-11-24T15:00Z"),
        ("2026-11-24T16:30Z", "2026-11-24T21:00Z"),
    ]


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-11-20T15:59:00-05:00", "2026-11-16"),
        ("2026-11-20T16:00:00-05:00", "2026-11-23"),
        ("2026-11-22T12:00:00-05:00", "2026-11-23"),
        # Thanksgiving closed the rest of this week.
        ("2026-11-25T12:00:00-05:00", "2026-11-30"),
    ],
)
def test_a_week_that_is_over_gives_way_to_the_next(hours, now, monday):
    shown = week(office_calendar(), dt.datetime.fromisoformat(now))

    assert shown.days[0].date == dt.date.fromisoformat(monday)


def test_a_reason_is_announced_only_from_its_day_on(hours, tuesday):
    HoursException.objects.filter(reason="Thanksgiving").update(show_from=dt.date(2026, 11, 25))

    thursday = week(office_calendar()).days[3]

    assert (thursday.lines, thursday.reason) == ([], "")


def test_the_card_on_the_about_page(hours, home, tuesday, client):
    home.add_child(instance=AboutPage(title="About", slug="about"))

    response = client.get("/about/")

    card = re.search(r'<section class="card hours-card".*?</section>', response.text, re.S)[0]
    seen = re.sub(r"<span data-hours-open hidden>.*?</span>\s*</span>", "", card, flags=re.S)
    text = " ".join(re.sub(r"<[^>]+>", " ", seen).split())
    assert text == (
        "Office hours Closed Opens 11:30 am Tuesday, November 24 No walk-in advising today. "
        "Office hours in the week of November 23 Day Hours "
        "Monday 9:00 am – 4:00 pm "
        "Tuesday (today) 9:00 am – 10:00 am 11:30 am – 4:00 pm "
        "Wednesday 9:00 am – 12:00 pm Short day "
        "Thursday Closed Thanksgiving "
        "Friday Closed Thanksgiving "
        "Walk-in advising Monday 1:00 pm – 3:00 pm "
        "Thursday 10:00 am – 12:00 pm (not this week) "
        "Week of November 23. All times are Eastern time. Add to your calendar"
    )


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        ("2026-11-24T10:30:00-05:00", 300),
        ("2026-11-24T11:28:00-05:00", 120),
        ("2026-11-24T11:29:59-05:00", 1),
        ("2026-11-24T15:58:20-05:00", 100),
        # "Today" ends at midnight, in the night the clocks go back, too.
        ("2026-11-24T23:59:20-05:00", 40),
        ("2026-11-01T23:59:00-05:00", 60),
    ],
)
def test_a_page_is_kept_until_the_hours_change(hours, home, client, time_machine, now, seconds):
    time_machine.move_to(dt.datetime.fromisoformat(now), tick=False)

    assert client.get("/")["Cache-Control"] == f"max-age={seconds}"


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-11-22T23:59:59-05:00", []),
        ("2026-11-23T00:00:00-05:00", ["Office closed: Thanksgiving"]),
        ("2026-11-27T23:59:59-05:00", ["Office closed: Thanksgiving"]),
        ("2026-11-28T00:00:00-05:00", []),
    ],
)
def test_a_closure_is_an_alert_from_its_announcement_until_it_is_over(
    hours, home, client, time_machine, now, shown
):
    HoursException.objects.filter(reason="Thanksgiving").update(
        show_from=dt.date(2026, 11, 23), also_alert=True
    )
    time_machine.move_to(dt.datetime.fromisoformat(now), tick=False)

    strip = re.findall(r'<div class="alert-strip.*?</p>', client.get("/").text, re.S)

    assert [re.search("<strong[^>]*>(.*?)</strong>", alert)[1] for alert in strip] == shown


def test_a_closure_shown_as_an_alert_costs_no_query_of_its_own(
    hours, home, tuesday, rf, django_assert_num_queries
):
    HoursException.objects.filter(reason="Short day").update(also_alert=True)
    request = rf.get("/")

    # The calendar, and the alerts.
    with django_assert_num_queries(2):
        calendar_for(request)
        [alert] = alerts_for(request, Place.SITE)

    assert (alert.title, alert.text) == (
        "Office open 9:00 am – 12:00 pm: Short day",
        "Wednesday, November 25.",
    )

"""What is gone from the calendars: told as canceled, whichever way it went."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from isso.home.canceled_entries import compare_calendars
from isso.home.models import (
    AboutPage,
    EventPage,
    EventsPage,
    HoursException,
    KeyDate,
    ToldCalendarEntry,
)
from isso.requests.jobs import JOBS
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff
from isso.tests.home.calendars import (
    EVENTS,
    HOURS,
    KEY_DATES,
    at,
    at_noon,
    events,
    marks,
    summaries,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def seminar(home, time_machine):
    """A published seminar for F-1 students, which calendar programs hold since November 20."""
    at_noon(time_machine, "2026-11-20")
    page = home.add_child(instance=EventsPage(title="Events", slug="events"))
    page = page.add_child(
        instance=EventPage(
            title="Seminar",
            slug="seminar",
            audience="f1",
            place="Room 1",
            start=at("2027-02-01 16:00"),
            end=at("2027-02-01 17:00"),
        )
    )
    page.save_revision().publish()
    compare_calendars()
    at_noon(time_machine, "2026-11-21")
    return EventPage.objects.get(pk=page.pk)


def told(client, address=EVENTS):
    return [(event.summary.value, event.status.value) for event in events(client, address)]


def delete(page):
    page.delete()


def delete_what_is_above(page):
    page.get_parent().delete()


def unpublish(page):
    page.unpublish()


def let_it_expire(page):
    Page.objects.filter(pk=page.pk).update(expire_at=at("2026-11-21 11:00"))
    call_command("publish_scheduled")


def move_out_of_the_site(page):
    page.move(Page.get_first_root_node(), "last-child")


def hide(page):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def write_it_out_of_the_table(page):
    Page.objects.filter(pk=page.pk).update(live=False)


WAYS = [
    delete,
    delete_what_is_above,
    unpublish,
    let_it_expire,
    move_out_of_the_site,
    hide,
    write_it_out_of_the_table,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_an_event_is_canceled_whichever_way_it_went(seminar, client, way):
    [before] = events(client, EVENTS)
    way(seminar)
    compare_calendars()
    [after] = events(client, EVENTS)

    assert told(client) == [("Seminar", "CANCELLED")]
    assert (marks(after)[0], marks(after)[3]) == (marks(before)[0], marks(before)[3] + 86_400)
    assert (after.dtstart.value, after.dtend.value) == (before.dtstart.value, before.dtend.value)
    assert [summaries(client, f"{EVENTS}?audience={who}") for who in ("f1", "j1")] == [
        ["Seminar"],
        [],
    ]


def publish_again(page):
    page.get_latest_revision().publish()


def back_and_forth(page):
    """Hide and show, which leaves the page itself as it was."""
    PageViewRestriction.objects.all().delete()


@pytest.mark.parametrize(("way", "back"), [(unpublish, publish_again), (hide, back_and_forth)])
def test_an_event_that_comes_back_is_newer_than_its_cancellation(
    seminar, client, time_machine, way, back
):
    way(seminar)
    compare_calendars()
    [gone] = events(client, EVENTS)
    at_noon(time_machine, "2026-11-22")
    back(seminar)
    # Already before the worker looks again.
    told_at_once = told(client)
    compare_calendars()
    [returned] = events(client, EVENTS)
    [alone] = events(client, f"/calendar/events/{seminar.pk}.ics")

    assert told_at_once == told(client) == [("Seminar", "CONFIRMED")]
    assert marks(gone)[0] == marks(returned)[0]
    assert int(returned.sequence.value) > int(gone.sequence.value)
    assert marks(alone) == marks(returned)


def test_a_deadline_taken_out_of_a_page_is_canceled(home, client, time_machine):
    at_noon(time_machine, "2026-11-20")
    date = dt.date(2027, 2, 1)
    page = AboutPage(title="About", slug="about")
    page.body = [("deadline", {"title": "Apply", "rule": "Noon", "date": date})]
    home.add_child(instance=page)
    page.save_revision().publish()
    compare_calendars()
    [before] = events(client, KEY_DATES)
    at_noon(time_machine, "2026-11-21")
    page.body = []
    page.save_revision().publish()
    compare_calendars()
    [after] = events(client, KEY_DATES)

    assert (after.summary.value, after.status.value) == ("Apply", "CANCELLED")
    assert (marks(after)[0], marks(after)[3]) == (marks(before)[0], marks(before)[3] + 86_400)


def test_what_was_deleted_is_canceled_for_two_months(site, client, time_machine):
    at_noon(time_machine, "2026-11-20")
    closure = HoursException.objects.create(
        start=dt.date(2027, 3, 1), end=dt.date(2027, 3, 2), reason="Moving"
    )
    f1 = KeyDate.objects.create(title="Window opens", start=dt.date(2027, 2, 13), audience="f1")
    compare_calendars()
    before = [marks(each) for address in (HOURS, KEY_DATES) for each in events(client, address)]
    at_noon(time_machine, "2026-11-21")
    closure.delete()
    f1.delete()
    compare_calendars()

    gone = [*events(client), *events(client, KEY_DATES)]
    assert [
        (event.summary.value, event.dtstart.value, event.dtend.value, event.status.value)
        for event in gone
    ] == [
        ("Office closed: Moving", dt.date(2027, 3, 1), dt.date(2027, 3, 3), "CANCELLED"),
        ("Window opens", dt.date(2027, 2, 13), dt.date(2027, 2, 14), "CANCELLED"),
    ]
    assert [marks(event)[0] for event in gone] == [uid for uid, *_rest in before]
    assert [marks(event)[3] for event in gone] == [number + 86_400 for *_rest, number in before]
    assert [summaries(client, f"{KEY_DATES}?audience={who}") for who in ("f1", "j1")] == [
        ["Window opens"],
        [],
    ]
    at_noon(time_machine, "2027-01-21")
    assert [*events(client), *events(client, KEY_DATES)] == []


def test_an_unannounced_reason_does_not_get_out_with_the_cancellation(site, client, tuesday):
    closure = HoursException.objects.create(
        start=dt.date(2026, 12, 10),
        end=dt.date(2026, 12, 10),
        reason="Farewell of the director",
        show_from=dt.date(2026, 12, 1),
    )
    compare_calendars()
    closure.delete()
    compare_calendars()

    assert told(client, HOURS) == [("Office closed", "CANCELLED")]


def test_walk_ins_are_never_older_than_before_when_a_closure_is_deleted(
    site, hours, client, time_machine
):
    at_noon(time_machine, "2026-11-30")
    closure = HoursException.objects.create(
        start=dt.date(2026, 12, 7), end=dt.date(2026, 12, 7), reason="Moving"
    )
    compare_calendars()
    canceled = next(e for e in events(client) if e.dtstart.value == at("2026-12-07 13:00"))
    at_noon(time_machine, "2026-12-01")
    closure.delete()
    compare_calendars()
    held = next(e for e in events(client) if e.dtstart.value == at("2026-12-07 13:00"))

    assert (canceled.status.value, held.status.value) == ("CANCELLED", "CONFIRMED")
    assert int(held.sequence.value) == int(canceled.sequence.value) + 86_400


def test_what_is_over_for_long_leaves_without_a_word(seminar, client, time_machine):
    at_noon(time_machine, "2027-04-10")
    left = compare_calendars()
    seminar.delete()

    assert (left, compare_calendars(), told(client)) == (1, 0, [])


def test_a_changed_entry_is_canceled_under_its_last_name(seminar, client):
    seminar.title = "Workshop"
    seminar.save_revision().publish()
    compare_calendars()
    seminar.unpublish()
    compare_calendars()

    assert told(client) == [("Workshop", "CANCELLED")]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/{0.pk}/delete/",
        "/admin/pages/{0.pk}/unpublish/",
        "/admin/bulk/wagtailcore/page/delete/?id={0.pk}&next=/admin/",
        "/admin/bulk/wagtailcore/page/unpublish/?id={0.pk}&next=/admin/",
    ],
)
def test_an_editors_work_is_told_at_once(seminar, client, address):
    editor = Client()
    editor.force_login(make_staff(Role.EDITOR))

    editor.post(address.format(seminar))

    assert told(client) == [("Seminar", "CANCELLED")]


def test_the_worker_compares_every_five_minutes():
    [every] = [job.every for job in JOBS if job.run is compare_calendars]

    assert every == dt.timedelta(minutes=5)


@pytest.mark.parametrize("number", [1, 30])
def test_comparing_costs_eleven_queries_where_nothing_is_gone(
    seminar, hours, django_assert_num_queries, number
):
    for place in range(number):
        KeyDate.objects.create(title=f"Date {place}", start=dt.date(2027, 2, 13))
    compare_calendars()
    before = list(ToldCalendarEntry.objects.values_list("pk", "uid"))

    with django_assert_num_queries(11):
        compare_calendars()
    assert list(ToldCalendarEntry.objects.values_list("pk", "uid")) == before

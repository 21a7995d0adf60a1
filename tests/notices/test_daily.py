"""One mail a day by choice: what waits for it, when it leaves, and that nothing is lost."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine as clock
from django.utils import timezone

from isso.requests.connections import connect
from isso.requests.notices.daily import choose, write_daily
from isso.requests.notices.models import DailyReader, Notice, NoticeState
from isso.requests.notices.outbox import cancel_waiting, deliver_due
from isso.requests.people.roles import Role
from isso.tests import factories
from isso.tests.core.threads import at_once

OFFICE = ZoneInfo("America/Chicago")


def at(hour, minute=0, day=5, month=10):
    """Return a moment of the office's time."""
    return datetime(2026, month, day, hour, minute, tzinfo=OFFICE)


@pytest.fixture
def sofia(db):
    return factories.make_user("sofia@demo.example", "Sofia Ng")


def work():
    """Write the daily mails as the worker does: by the clock of the office."""
    with timezone.override(OFFICE):
        return write_daily()


def states():
    """Return how many mails stand where."""
    found = {}
    for state in Notice.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


# key, audience, is held for somebody who chose one mail a day
HELD = [
    ("message_from_office", "student", True),
    ("general_from_office", "student", True),
    ("approved", "student", True),
    ("status_changed", "student", True),
    ("office_new_in_queue", "staff", True),
    ("assigned", "staff", True),
    ("message_from_student", "staff", True),
    ("clarification_requested", "student", False),
    ("denied", "student", False),
    ("approver_not_me", "student", False),
    ("file_refused", "student", False),
    ("expiring_soon", "student", False),
    ("sign_in_code", "student", False),
    ("approver_request", "approver", False),
    ("contact_copy", "visitor", False),
]


@pytest.mark.parametrize(("key", "audience", "is_held"), HELD)
def test_what_has_to_be_acted_on_never_waits(key, audience, is_held, sofia, write):
    before = write(key=key, audience=audience)
    choose(sofia, daily=True)
    after = write(key=key, audience=audience)
    elsewhere = write(to="other@demo.example", key=key, audience=audience)

    assert [each.state for each in (before, after, elsewhere)] == [
        "waiting",
        "held" if is_held else "waiting",
        "waiting",
    ]


# (written, the worker looks, whether it leaves then)
TIMES = [
    (at(7, 59), at(7, 59), False),
    (at(7, 59), at(8), True),
    (at(8), at(8), False),
    (at(8), at(23, 59), False),
    (at(8), at(8, day=6), True),
    # The worker was away at eight.
    (at(7, 0), at(7, 30, day=6), True),
    # Summer time ends on November 1: eight o'clock is eight o'clock.
    (at(8, 30, 31), at(7, 59, 1, 11), False),
    (at(8, 30, 31), at(8, 0, 1, 11), True),
    # Eight in the office, not in Greenwich.
    (at(2, 0), at(3, 0), False),
]


@pytest.mark.parametrize(("written", "looked", "leaves"), TIMES)
def test_it_leaves_at_eight_by_the_offices_clock(written, looked, leaves, sofia, write):
    choose(sofia, daily=True)
    with clock.travel(written, tick=False):
        write()
    with clock.travel(looked, tick=False):
        done = work()

    assert done == leaves
    assert states() == ({"bundled": 1, "waiting": 1} if leaves else {"held": 1})


def test_the_mail_tells_everything_that_waited_with_a_link_to_each(
    sofia, write, smtp, mailbox, office
):
    connect()
    smtp.start()
    choose(sofia, daily=True)
    with clock.travel(at(7), tick=False):
        write(
            context={"request_title": "CPT"}, about="7KQM-3XAP", links={"link": ["test-secret", 1]}
        )
    with clock.travel(at(7, 30), tick=False):
        write(key="approved", context={"request_title": "OPT"}, links={"link": ["test-secret", 2]})
        write(key="denied", context={"request_title": "STEM"})
        deliver_due()
    with clock.travel(at(8), tick=False):
        first = work(), deliver_due(), work(), deliver_due()

    (_sofia, at_once_sent), (recipient, daily) = mailbox.messages
    body = daily.get_body(("plain",)).get_content()
    assert first == (1, 1, 0, 0)
    assert at_once_sent["Subject"] == "Please read: We could not approve: STEM"
    assert (recipient, daily["Subject"]) == (
        "sofia@demo.example",
        f"For your information: 2 pieces of news from {office.short_name}",
    )
    assert [line.strip() for line in body.splitlines() if line[:2] in ("- ", "  ")] == [
        "- Please read: A message from the office: CPT (7KQM-3XAP)",
        "http://testserver/secret/1/",
        "- For your information: Approved: OPT",
        "http://testserver/secret/2/",
    ]
    assert "http://testserver/portal/mails/" in body
    assert states() == {"bundled": 2, "sent": 2}


def test_a_new_choice_releases_what_is_held(sofia, write):
    choose(sofia, daily=True)
    choose(sofia, daily=True)
    write()
    choose(sofia, daily=False)

    assert (states(), DailyReader.objects.count()) == ({"waiting": 1}, 0)


def test_what_is_held_without_a_choice_is_not_lost(sofia, write):
    choose(sofia, daily=True)
    with clock.travel(at(7), tick=False):
        write()
    DailyReader.objects.all().delete()
    with clock.travel(at(8), tick=False):
        work()

    assert states() == {"bundled": 1, "waiting": 1}


def test_a_mail_that_is_taken_back_is_taken_back_while_it_is_held(sofia, write):
    choose(sofia, daily=True)
    write(about="7KQM-3XAP")

    assert cancel_waiting("7KQM-3XAP") == 1
    assert states() == {"canceled": 1}


def test_everybody_with_an_account_chooses_for_himself(client, sofia):
    client.force_login(sofia)
    page = client.get("/portal/mails/")
    saved = client.post("/portal/mails/", {"how_often": "daily"})
    chosen = client.get("/portal/mails/").context["form"].initial
    nonsense = client.post("/portal/mails/", {"how_often": "hourly"})

    assert (page.status_code, saved.status_code, nonsense.status_code) == (200, 302, 422)
    assert (page.context["form"].initial, chosen) == (
        {"how_often": "at_once"},
        {"how_often": "daily"},
    )
    assert "always comes at once" in page.content.decode()
    assert [each.user for each in DailyReader.objects.all()] == [sofia]


def test_the_office_chooses_on_its_account_page(client, db):
    advisor = factories.make_staff(Role.ADVISOR)
    client.force_login(advisor)

    page = client.get("/admin/account/").content.decode()

    assert "Mails about messages and new statuses" in page
    assert 'name="mail_choice-how_often"' in page


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_several_workers_one_writes_the_daily_mail(write):
    readers = [factories.make_user(f"{number}@demo.example") for number in range(5)]
    for each in readers:
        choose(each, daily=True)
        for _number in range(3):
            write(to=each.email)
    Notice.objects.update(created_at=at(7) - timedelta(days=400))

    done = at_once(4, lambda number: work())

    assert sum(done) == 5
    assert states() == {"bundled": 15, "waiting": 5}
    daily = Notice.objects.filter(key="daily_mail")
    assert sorted((each.recipient, each.bundled.count()) for each in daily) == [
        (each.email, 3) for each in readers
    ]
    assert {each.state for each in daily} == {NoticeState.WAITING}

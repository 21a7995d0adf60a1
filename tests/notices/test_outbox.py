"""The outbox: a mail leaves once, late rather than never, and never after a rollback."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction

from isso.requests.notices.models import Delivery, Notice
from isso.requests.notices.outbox import LEASE, cancel_waiting, deliver_due, send_again

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


def states():
    return dict(Notice.objects.values_list("recipient", "state"))


def test_a_rollback_sends_nothing(write):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert deliver_due() == 0
    assert mail.outbox == []


def test_the_same_event_writes_one_mail(write):
    first = write(dedupe="ISSO-1:7:approved:sofia@demo.example")
    second = write(dedupe="ISSO-1:7:approved:sofia@demo.example", to="other@demo.example")

    assert second == first
    assert deliver_due() == 1
    assert [message.to for message in mail.outbox] == [["sofia@demo.example"]]


def test_a_sent_mail_is_not_sent_again(write):
    write()

    assert [deliver_due(), deliver_due()] == [1, 0]
    assert len(mail.outbox) == 1


def test_limit_bounds_one_round(write):
    for number in range(3):
        write(to=f"p{number}@demo.example")

    assert [deliver_due(limit=2), deliver_due(limit=2)] == [2, 1]


def test_canceled_mails_stay(write):
    write(about="ISSO-1", to="a@demo.example", key="approver_request")
    write(about="ISSO-1", to="b@demo.example", key="withdrawn")
    write(about="ISSO-2", to="c@demo.example", key="approver_request")

    assert cancel_waiting("ISSO-1", keys=["approver_request"]) == 1
    assert deliver_due() == 2
    assert states() == {
        "a@demo.example": "canceled",
        "b@demo.example": "sent",
        "c@demo.example": "sent",
    }


def test_back_off_doubles_up_to_two_hours(write, smtp, time_machine):
    time_machine.move_to(NOON, tick=False)
    notice = write()
    waits = []
    for _attempt in range(9):
        deliver_due()
        notice.refresh_from_db()
        waits.append((notice.next_attempt_at - datetime.now(UTC)).total_seconds() / 60)
        time_machine.move_to(notice.next_attempt_at, tick=False)

    assert waits == [1, 2, 4, 8, 16, 32, 64, 120, 120]
    assert (notice.state, notice.attempts) == ("waiting", 9)
    assert notice.last_error.startswith("ConnectionRefusedError")


def test_mail_server_down_then_up_delivers_everything_once(write, smtp, mailbox, time_machine):
    time_machine.move_to(NOON, tick=False)
    for number in range(5):
        write(to=f"p{number}@demo.example")

    assert deliver_due() == 0
    # One try tells that the server is away; the other four did not queue up behind it.
    assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]

    smtp.start()
    time_machine.move_to(NOON + timedelta(minutes=2), tick=False)

    assert deliver_due() == 5
    assert sorted(mailbox.recipients) == [f"p{number}@demo.example" for number in range(5)]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 5.1.1 No such user", "failed"),
        ("450 4.2.0 Greylisted, try again", "waiting"),
    ],
)
def test_one_refused_address_never_blocks_the_others(write, smtp, mailbox, answer, state):
    smtp.start()
    mailbox.refusals["gone@demo.example"] = answer
    for name in ("first", "gone", "last"):
        write(to=f"{name}@demo.example")

    assert deliver_due() == 2
    assert states() == {
        "first@demo.example": "sent",
        "gone@demo.example": state,
        "last@demo.example": "sent",
    }


def test_gives_up_after_three_days(write, smtp, time_machine):
    time_machine.move_to(NOON, tick=False)
    notice = write()
    Notice.objects.update(attempts=39)
    deliver_due()
    notice.refresh_from_db()

    assert notice.state == "failed"


def test_staff_send_a_failed_mail_again(write):
    notice = write()
    Notice.objects.update(state="failed", attempts=40, delivery=Delivery.REJECTED)

    send_again(notice)

    assert deliver_due() == 1
    assert [message.to for message in mail.outbox] == [[notice.recipient]]


def test_a_worker_that_died_holding_a_mail_loses_nothing(write, time_machine):
    time_machine.move_to(NOON, tick=False)
    write()
    Notice.objects.update(state="sending", lease_until=NOON + LEASE)

    assert deliver_due() == 0
    time_machine.move_to(NOON + LEASE, tick=False)
    assert deliver_due() == 1


def test_no_second_copy_when_the_provider_reported_it_before_the_worker_died(write):
    write()
    Notice.objects.update(state="sending", lease_until=NOON, delivery=Delivery.DELIVERED)

    deliver_due()

    assert mail.outbox == []
    assert states() == {"sofia@demo.example": "sent"}


@pytest.mark.parametrize(
    "address", ["a@demo.example\nBcc: everybody@demo.example", "no address", "a@b@c d", ""]
)
def test_an_impossible_address_fails_alone(write, address):
    write(to=address, name="Sofia")
    write(to="good@demo.example")

    assert deliver_due() == 1
    assert states() == {address: "failed", "good@demo.example": "sent"}
    assert [message.to for message in mail.outbox] == [["good@demo.example"]]


def test_a_link_that_died_before_sending_cancels_the_mail(write):
    write(links={"link": ["test-dead"]})

    assert deliver_due() == 0
    assert states() == {"sofia@demo.example": "canceled"}
    assert mail.outbox == []

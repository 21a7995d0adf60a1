"""What the mail provider reports: taken in once, and the worst news stays on top."""

from datetime import UTC, datetime

import pytest
from anymail.signals import AnymailTrackingEvent, tracking

from isso.requests.notices.models import DeliveryEvent, Notice

pytestmark = pytest.mark.django_db


def report(notice_id, kind, event_id="e1"):
    event = AnymailTrackingEvent(
        event_type=kind,
        timestamp=datetime(2026, 11, 21, tzinfo=UTC),
        event_id=event_id,
        metadata={"notice": str(notice_id)},
        description="5.1.1",
    )
    tracking.send(sender=None, event=event, esp_name="Test")


@pytest.mark.parametrize(
    ("reports", "delivery"),
    [
        (["queued"], "queued"),
        (["delivered", "queued"], "delivered"),
        (["deferred", "delivered"], "delivered"),
        (["delivered", "bounced"], "bounced"),
        (["bounced", "delivered"], "bounced"),
        (["failed"], "rejected"),
        (["opened", "clicked"], ""),
    ],
)
def test_reports_in_any_order(write, reports, delivery):
    notice = write()
    for number, kind in enumerate(reports):
        report(notice.pk, kind, event_id=f"e{number}")
    notice.refresh_from_db()

    assert notice.delivery == delivery


def test_a_repeated_report_counts_once(write):
    notice = write()
    for _repeat in range(3):
        report(notice.pk, "bounced")

    assert DeliveryEvent.objects.count() == 1


@pytest.mark.parametrize("notice_id", ["", "no-uuid", "00000000-0000-0000-0000-000000000000"])
def test_a_report_on_a_foreign_mail_changes_nothing(write, notice_id):
    write()
    report(notice_id, "bounced")

    assert DeliveryEvent.objects.count() == 0
    assert Notice.objects.get().delivery == ""

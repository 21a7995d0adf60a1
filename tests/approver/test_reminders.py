"""Reminders to approvers: on business days 3, 7 and 14, once each, told to the student."""

from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.approvals import make_token, open_token
from isso.requests.models import Approval, HistoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.notices.tokens import LinkProblem
from isso.requests.perform import SomebodyWasFaster, perform
from isso.requests.reminding import remind_approvers
from isso.tests import factories
from isso.tests.approver.links import decide

REMINDER = ["approver_reminder", "approver_reminded"]


def run_daily(clock, days):
    """Let the worker run twice on each of the next days; return the dates on which it reminded."""
    found = []
    for _day in range(days):
        found += [timezone.localdate().isoformat()] * remind_approvers()
        found += ["a second time"] * remind_approvers()
        clock.shift(timedelta(days=1))
    return found


def mails():
    """Return (mail, reader) of every reminder in the outbox, the oldest first."""
    sent = Notice.objects.filter(key__in=REMINDER).order_by("created_at", "key")
    return list(sent.values_list("key", "recipient"))


def test_business_days_3_7_and_14_and_then_no_more(waiting, monday):
    # Asked on Monday, October 5, 2026; the office is closed on weekends only.
    assert run_daily(monday, 45) == ["2026-10-08", "2026-10-14", "2026-10-23"]
    assert (
        mails()
        == [
            ("approver_reminded", "student@school.example"),
            ("approver_reminder", "rivera@demo.example"),
        ]
        * 3
    )
    assert Approval.objects.get().reminders_sent == 3


def test_the_history_shows_it_and_the_mails_say_when_and_whom(waiting, monday, client):
    monday.shift(timedelta(days=3))
    remind_approvers()

    entry = HistoryEntry.objects.get(action="remind_on_time")
    told = Notice.objects.get(key="approver_reminded").redacted().text
    asked = Notice.objects.get(key="approver_reminder").redacted().text
    client.force_login(waiting.student.user)
    stops = client.get(waiting.get_absolute_url()).context["stops"]
    assert (entry.actor_kind, entry.from_state, entry.to_state) == (
        "system",
        "approver_review",
        "approver_review",
    )
    assert "We have reminded Paula Rivera" in told
    assert "We asked on October 5, 2026" in told
    assert "We first wrote to you on October 5, 2026." in asked
    assert "We reminded your academic/program advisor" in [str(stop.title) for stop in stops]


def test_a_reminder_brings_a_new_link_and_the_earlier_one_dies(waiting, monday):
    earlier = make_token(waiting.current_approval)
    monday.shift(timedelta(days=3))
    remind_approvers()

    approval = Approval.objects.get()
    assert open_token(make_token(approval)) == approval
    with pytest.raises(LinkProblem, match="replaced"):
        open_token(earlier)


def test_a_reminder_of_the_student_breaks_nothing_and_makes_no_two_on_one_day(waiting, monday):
    monday.shift(timedelta(days=3))
    perform(waiting, "remind", Actor.for_user(waiting.student.user))

    assert run_daily(monday, 20) == ["2026-10-09", "2026-10-14", "2026-10-23"]


def test_a_worker_that_stood_still_sends_one_and_not_all_it_missed(waiting, monday):
    monday.shift(timedelta(days=10))

    assert run_daily(monday, 30) == ["2026-10-15", "2026-10-23"]


def test_none_leaves_on_a_day_off(waiting, monday):
    monday.shift(timedelta(days=5))

    assert (timezone.localdate().strftime("%A"), remind_approvers()) == ("Saturday", 0)


@pytest.mark.parametrize("decision", ["endorse", "return_to_student", "not_me"])
def test_none_after_a_decision(client, waiting, link, monday, decision):
    decide(client, link, decision=decision, comment="See me.")

    assert run_daily(monday, 30) == []


def test_the_next_person_is_reminded_from_his_own_day_on(waiting, monday):
    monday.shift(timedelta(days=2))
    perform(
        waiting,
        "replace_approver",
        Actor.for_user(waiting.student.user),
        name="Tom Hale",
        email="hale@demo.example",
    )

    assert run_daily(monday, 20) == ["2026-10-12", "2026-10-16"]
    assert {to for key, to in mails() if key == "approver_reminder"} == {"hale@demo.example"}


def test_of_two_workers_one_sends(waiting, monday):
    monday.shift(timedelta(days=3))
    stale = StudentRequest.objects.get(pk=waiting.pk)
    remind_approvers()

    with pytest.raises(SomebodyWasFaster):
        perform(stale, "remind_on_time", Actor.system(), expected_version=stale.version)
    assert len(mails()) == 2


def test_a_broken_request_keeps_no_other_from_its_reminder(waiting, monday, caplog):
    record = factories.make_student("second@school.example")
    factories.make_request(record, "cpt", "approver_review")
    StudentRequest.objects.filter(pk=waiting.pk).update(type_key="gone")
    monday.shift(timedelta(days=3))

    assert remind_approvers() == 1
    assert "was not reminded" in caplog.text

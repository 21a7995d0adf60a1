"""What is a trace of use loses its words by days of its own; of whoever is held it stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.models import IssuedLetter, RetentionEntry
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import notify
from isso.requests.people.models import Invitation, SignInTrouble
from isso.requests.records.access import log_read
from isso.requests.records.models import AccessLog, InvitationRun
from isso.requests.retention.holding import hold
from isso.requests.retention.purging import purge_unneeded
from isso.tests import factories


def mails(made):
    Notice.objects.update(state="sent")
    return lambda: sum(each.context != {} for each in Notice.objects.about(made.reference))


def readings(made):
    AccessLog.objects.all().delete()
    log_read(None, "case", made.reference, record=made.student_id)
    # As an earlier version wrote it.
    log_read(None, "case", made.reference)
    return AccessLog.objects.count


def invitations(made):
    Invitation.objects.create(
        user=made.student.user,
        purpose="student",
        email="student@school.example",
        dedupe_key="one",
        created_at=timezone.now() - timedelta(days=30),
        expires_at=timezone.now(),
    )
    return Invitation.objects.exclude(email="").count


def sign_in_mails(made):
    notify(
        "sign_in_code",
        to=made.student.user.email,
        dedupe="code",
        context={},
        links={"code": ["sign_in_code", "sealed", timezone.now().isoformat()]},
        audience="visitor",
    )
    Notice.objects.update(state="sent")
    return Notice.objects.filter(key="sign_in_code").count


def sign_in_troubles(made):
    SignInTrouble.objects.create(email="one@home.example", user=made.student.user)
    SignInTrouble.objects.create(email="two@home.example", record_key=made.student_id)
    return SignInTrouble.objects.count


def letter_facts(made):
    IssuedLetter.objects.update(valid_until=timezone.localdate())
    return IssuedLetter.objects.exclude(facts=[]).count


CASES = {"mails": (mails, 1096), "access_log": (readings, 1096)} | {
    "invitations": (invitations, 365),
    "sign_in_mails": (sign_in_mails, 30),
    "sign_in_troubles": (sign_in_troubles, 180),
    "letter_facts": (letter_facts, 365),
}


@pytest.mark.parametrize("key", sorted(CASES))
@pytest.mark.parametrize(
    ("off", "is_held", "stays"), [(0, False, True), (1, False, False), (1, True, True)]
)
def test_it_goes_the_day_after_its_days(supervisor, monday, key, off, is_held, stays):
    made = factories.make_request(type_key="letter", state="completed")
    prepare, days = CASES[key]
    left = prepare(made)
    before = left()
    assert before > 0
    if is_held:
        hold(made.student, "Audit", supervisor)
    monday.shift(timedelta(days=days + off))

    purge_unneeded()
    purge_unneeded()

    assert left() == (before if stays else 0)
    told = RetentionEntry.objects.done().filter(kind=key).values_list("removed", flat=True)
    assert list(told) == ([] if stays else [{"rows": before}])


@pytest.mark.parametrize(("days", "left"), [(30, 1), (31, 0)])
def test_a_list_of_invitations_goes_after_thirty_days_and_one_under_way_never(
    supervisor, monday, days, left
):
    ended = InvitationRun.objects.create(by=supervisor, ended_at=timezone.now())
    ended.rows.create(record=factories.make_student(), outcome="invited")
    under_way = InvitationRun.objects.create(by=supervisor)
    monday.shift(timedelta(days=days))

    purge_unneeded()

    found = InvitationRun.objects.values_list("pk", flat=True)
    assert set(found) == {under_way.pk, *([ended.pk] * left)}

"""What is a trace of use loses its words by days of its own; of whoever is held it stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.models import IssuedLetter, RetentionEntry
from isso.requests.notices.models import Notice
from isso.requests.people.models import Invitation
from isso.requests.records.access import log_read
from isso.requests.records.models import AccessLog
from isso.requests.retention.holding import hold
from isso.requests.retention.purging import purge_unneeded
from isso.tests import factories


def mails(made):
    Notice.objects.update(state="sent")
    return lambda: sum(each.context != {} for each in Notice.objects.about(made.reference))


def readings(made):
    AccessLog.objects.all().delete()
    log_read(None, "case", made.pk)
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


def letter_facts(made):
    IssuedLetter.objects.update(valid_until=timezone.localdate())
    return IssuedLetter.objects.exclude(facts=[]).count


CASES = {"mails": (mails, 1096), "access_log": (readings, 1096)} | {
    "invitations": (invitations, 365),
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

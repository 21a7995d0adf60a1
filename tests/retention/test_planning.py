"""Announced first, then done at its moment, if it still holds."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from isso.requests.models import (
    Document,
    RetentionEntry,
    Snapshot,
    StudentRequest,
)
from isso.requests.notices.models import Notice
from isso.requests.records.models import StudentRecord
from isso.requests.retention.acting import act
from isso.requests.retention.days import change_days, days_in_force, days_of
from isso.requests.retention.holding import hold, lift
from isso.requests.retention.planning import plan
from isso.requests.retention.registry import all_kinds, planned_kinds
from isso.tests import factories
from isso.tests.retention.person import leave

KIND = planned_kinds()["files_withdrawn"]


@pytest.fixture
def withdrawn(supervisor):
    return factories.make_request(state="withdrawn")


def remaining(student_request):
    """Return (files, answers of submissions, the request's own answers) as yes or no."""
    student_request.refresh_from_db()
    return (
        Document.objects.filter(student_request=student_request).exists(),
        Snapshot.objects.filter(student_request=student_request).exclude(answers={}).exists(),
        student_request.answers != {},
    )


def entries(kind=KIND.key):
    return list(RetentionEntry.objects.filter(kind=kind).values_list("state", flat=True))


def test_it_is_announced_fourteen_days_ahead_and_supervisors_get_one_mail(withdrawn, monday):
    closed = timezone.localdate()
    monday.shift(timedelta(days=days_of(KIND) + 1 - 15))
    assert (plan(), plan()) == (0, 0)

    monday.shift(timedelta(days=1))

    # Files and answers of the one request.
    assert (plan(), plan()) == (2, 0)
    (entry,) = RetentionEntry.objects.filter(kind=KIND.key)
    assert entry.acts_on == closed + timedelta(days=days_of(KIND) + 1)
    assert entry.reference == withdrawn.reference
    mails = Notice.objects.filter(key="retention_plan")
    assert [(each.recipient, each.context["number"]) for each in mails] == [
        ("supervisor@staff.example", 2)
    ]
    assert "Okoye" not in str(mails[0].context)


@pytest.mark.parametrize(("days", "kept"), [(364, True), (365, True), (366, False)])
def test_it_is_done_the_day_after_its_days_and_not_before(withdrawn, nights, days, kept):
    nights(300, step=100)
    nights(days - 300)

    assert remaining(withdrawn) == ((True,) * 3 if kept else (False,) * 3)


def test_the_worker_that_stood_still_for_a_year_gives_the_same_notice(withdrawn, monday):
    monday.shift(timedelta(days=900))
    plan()

    done = []
    for _day in range(15):
        done.append(act())
        monday.shift(timedelta(days=1))

    assert done == [0] * 14 + [2]


def test_nothing_is_done_that_nobody_was_told_of(office, monday):
    made = factories.make_request(state="withdrawn")
    monday.shift(timedelta(days=900))
    plan()
    monday.shift(timedelta(days=30))

    assert act() == 0
    assert remaining(made) == (True,) * 3


def test_an_open_request_is_never_planned(supervisor, monday):
    for number, state in enumerate(
        ("draft", "submitted", "in_review", "clarification", "approved")
    ):
        factories.make_request(factories.make_student(f"s{number}@school.example"), state=state)
    StudentRecord.objects.update(program_end=timezone.localdate() + timedelta(days=1))
    monday.shift(timedelta(days=12000))

    assert plan() == 0


def test_a_new_program_end_date_rescues_what_was_planned(supervisor, monday):
    made = factories.make_request(state="completed")
    monday.shift(timedelta(days=300 + 1826))
    assert plan() == 2
    monday.shift(timedelta(days=20))
    StudentRecord.objects.update(program_end=timezone.localdate() + timedelta(days=5))

    assert act() == 0
    assert remaining(made) == (True,) * 3
    assert entries("files_completed") == ["rescued"]
    assert (plan(), act()) == (0, 0)


def test_longer_days_rescue_what_was_planned(withdrawn, supervisor, monday):
    monday.shift(timedelta(days=365))
    plan()
    change_days(KIND, 1000, "The provost said so.", supervisor)
    monday.shift(timedelta(days=20))

    act()

    assert entries() == ["rescued"]
    assert remaining(withdrawn) == (True, False, False)


def test_a_held_request_stays_until_the_hold_is_lifted_and_announced_again(
    withdrawn, supervisor, monday, nights
):
    monday.shift(timedelta(days=365))
    plan()
    held = hold(withdrawn.student, "Lawsuit", supervisor, withdrawn)

    assert nights(60, step=10) == 0
    assert remaining(withdrawn) == (True,) * 3
    assert (lift(held, supervisor), lift(held, supervisor)) == (True, False)
    assert nights(14) == 0
    assert nights(2) == 2
    assert remaining(withdrawn) == (False,) * 3


def test_a_hold_on_the_person_keeps_every_request(withdrawn, supervisor, nights):
    hold(withdrawn.student, "Audit", supervisor)

    assert nights(400, step=20) == 0
    assert entries() == []


def test_a_hold_needs_a_reason(withdrawn, supervisor):
    with pytest.raises(ValidationError) as refused:
        hold(withdrawn.student, "  ", supervisor)

    assert refused.value.message_dict == {"why": ["Write the reason."]}


def test_a_broken_object_stops_no_other_and_is_told(supervisor, monday):
    records = [factories.make_student(f"s{number}@school.example") for number in range(3)]
    made = [factories.make_request(each, state="withdrawn") for each in records]
    monday.shift(timedelta(days=365))
    plan()
    broken = RetentionEntry.objects.get(kind=KIND.key, object_id=made[1].pk)
    RetentionEntry.objects.filter(pk=broken.pk).update(object_id=987654)

    monday.shift(timedelta(days=14))

    # Files of two, answers of three.
    assert act() == 5
    assert [remaining(each)[0] for each in made] == [False, True, False]
    broken.refresh_from_db()
    assert (broken.state, broken.problem) == ("planned", "DoesNotExist")


@pytest.mark.parametrize(
    ("days", "why", "field"),
    [(1095, "Because", "days"), (10958, "Because", "days"), (2000, " ", "why")],
)
def test_days_stay_within_the_bounds_and_have_a_reason(supervisor, days, why, field):
    with pytest.raises(ValidationError) as refused:
        change_days(all_kinds()["people"], days, why, supervisor)

    assert list(refused.value.message_dict) == [field]
    assert days_in_force()["people"] == 2557


def test_the_newest_change_counts_and_all_are_logged(supervisor):
    kind = all_kinds()["people"]
    assert [
        change_days(kind, days, "Decided.", supervisor) is not None for days in (1096, 1096, 10957)
    ] == [True, False, True]

    assert days_of(kind) == 10957
    assert list(
        type(change_days(kind, 2000, "Once more.", supervisor))
        .objects.order_by("pk")
        .values_list("days_before", "days")
    ) == [(2557, 1096), (1096, 10957), (10957, 2000)]


ACTIVE = {
    "program goes on": {"program_end": timezone.datetime(2126, 1, 1).date()},
    "no program end": {"program_end": None},
    "another program is granted": {"next_program_end": timezone.datetime(2126, 1, 1).date()},
    "continuing": {"stage": "continuing"},
    "in check-in": {"stage": "check_in"},
    "active in SEVIS": {"sevis_status": "active"},
    "to return": {"returns_on": timezone.datetime(2126, 1, 1).date()},
}


@pytest.mark.parametrize("why", sorted(ACTIVE))
def test_an_active_person_is_never_planned(supervisor, monday, why):
    record = factories.make_student()
    leave(record)
    StudentRecord.objects.filter(pk=record.pk).update(**ACTIVE[why])
    monday.shift(timedelta(days=9000))

    plan()

    assert entries("people") == []


def test_whoever_signs_in_or_works_for_the_office_is_never_planned(supervisor, monday):
    visitor, worker, gone = (
        factories.make_student(f"s{number}@school.example") for number in range(3)
    )
    for each in (visitor, worker, gone):
        leave(each)
    monday.shift(timedelta(days=9000))
    type(visitor.user).objects.filter(pk=visitor.user_id).update(last_login=timezone.now())
    worker.user.groups.add(supervisor.groups.get())

    plan()

    assert list(
        RetentionEntry.objects.filter(kind="people").values_list("object_id", flat=True)
    ) == [gone.pk]


def test_every_outcome_has_its_kinds(supervisor, monday):
    outcomes = {"completed": "completed", "denied": "denied", "withdrawn": "withdrawn"}
    for number, state in enumerate(outcomes):
        factories.make_request(factories.make_student(f"s{number}@school.example"), state=state)
    StudentRequest.objects.create(
        student=factories.make_student("s8@school.example"),
        type_key="reprint",
        started_by=supervisor,
        state="withdrawn",
        close_reason="duplicate",
        answers={"a": "b"},
    )
    StudentRequest.objects.create(
        student=factories.make_student("s9@school.example"),
        type_key="reprint",
        started_by=supervisor,
        state="expired",
        answers={"a": "b"},
    )
    monday.shift(timedelta(days=4000))
    StudentRecord.objects.update(program_end=timezone.localdate() - timedelta(days=3000))

    plan()

    found = RetentionEntry.objects.filter(kind__startswith="answers")
    assert sorted(found.values_list("kind", flat=True)) == [
        "answers_completed",
        "answers_denied",
        "answers_dismissed",
        "answers_expired",
        "answers_withdrawn",
    ]

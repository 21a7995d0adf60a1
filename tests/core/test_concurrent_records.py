"""Records and files, by many at once, on PostgreSQL: nothing is lost, doubled or stuck."""

from datetime import timedelta
from io import BytesIO
from threading import Barrier, Event
from time import sleep

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Sum

from isso.requests.actor import Actor
from isso.requests.intake.checking import check_intake
from isso.requests.intake.settling import release_intake
from isso.requests.models import Approval, Document
from isso.requests.notices.models import Notice
from isso.requests.receiving import receive_document
from isso.requests.records.changing import change_record, lift_hold
from isso.requests.records.correcting import Correction, correct, mark_of
from isso.requests.records.importing.runs import work_on_waiting
from isso.requests.records.importing.writing import carry_out
from isso.requests.records.models import (
    Hold,
    ImportRun,
    RecordChange,
    StudentRecord,
)
from isso.requests.reminding import remind_approvers
from isso.tests import factories
from isso.tests.core.threads import at_once
from isso.tests.records.files_to_import import HEADER, unlike

TODAY = factories.MONDAY.date()
BORN = TODAY - timedelta(days=9000)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def open_office(monday):
    factories.make_office()


def waiting_run(lines, stage="to_import"):
    content = "\n".join((HEADER, *lines)).encode()
    return ImportRun.objects.create(
        file_name="a.csv", stage=stage, file=SimpleUploadedFile("a.csv", content)
    )


def test_eight_workers_import_a_waiting_file_once(open_office):
    run = waiting_run(unlike(1200))

    assert sum(at_once(8, lambda _number: work_on_waiting())) == 1

    run.refresh_from_db()
    assert (run.stage, run.new, run.rows.count()) == ("imported", 1200, 1200)
    assert StudentRecord.objects.count() == 1200


def test_a_worker_whose_lease_ran_out_doubles_nothing(open_office):
    """Two work on one run at once, as after a worker that hung and woke up again."""
    content = "\n".join((HEADER, *unlike(1200))).encode()
    run = ImportRun.objects.create(file_name="a.csv", stage="to_import")
    start = Barrier(2)

    def work(_number):
        own = ImportRun.objects.get(pk=run.pk)
        start.wait()
        try:
            carry_out(own, BytesIO(content))
        except Exception as error:
            return type(error).__name__
        return "done"

    assert "done" in at_once(2, work)

    run.refresh_from_db()
    assert (run.stage, run.new, run.rows.count()) == ("imported", 1200, 1200)
    assert StudentRecord.objects.count() == 1200
    assert RecordChange.objects.count() == 1200


def test_two_files_with_the_same_new_people_add_each_person_once(open_office):
    waiting_run(unlike(600))
    waiting_run(unlike(600))

    assert sum(at_once(2, lambda _number: work_on_waiting())) == 2

    assert StudentRecord.objects.count() == 600
    # Which of the two is first to a batch is left to chance; that each person is new once is not.
    told = ImportRun.objects.aggregate(new=Sum("new"), unchanged=Sum("unchanged"))
    assert told == {"new": 600, "unchanged": 600}


def test_an_edit_and_an_import_at_once_keep_both_and_their_history(open_office):
    record = factories.make_student(birth_date=BORN)
    line = f"{record.family_name},{record.given_name},{record.birth_date},{record.sevis_id},,,Law,"

    def act(number):
        if number % 2:
            waiting_run([line])
            return work_on_waiting()
        return change_record(record, {"minor": f"Minor {number}"}, by=None, source="Desk")

    at_once(8, act)

    record.refresh_from_db()
    assert (record.major, record.minor[:5]) == ("Law", "Minor")
    minors = list(RecordChange.objects.filter(field="minor").order_by("pk"))
    assert [each.new for each in minors][-1] == record.minor
    assert [each.old for each in minors][1:] == [each.new for each in minors][:-1]
    assert RecordChange.objects.filter(field="major").count() == 1


def test_lifting_a_hold_and_correcting_it_at_once_wait_for_each_other_in_turn(open_office):
    record, advisor = factories.make_student(), factories.make_staff()
    hold = Hold.objects.create(
        record=record, kind="check_in", reason="-", placed_on=factories.MONDAY.date()
    )
    held, shown = Event(), {"reason": mark_of(hold, "reason", "-")}

    def correct_it():
        with transaction.atomic():
            StudentRecord.objects.select_for_update().get(pk=record.pk)
            held.set()
            sleep(1)
            correction = Correction("hold", hold, {"reason": "Come in."}, shown)
            return len(correct(record, [correction], by=advisor, source="Desk"))

    def lift_it():
        held.wait()
        with transaction.atomic():
            lifted = lift_hold(record, "check_in", TODAY, by=None, source="Check-In")
            change_record(record, {"major": "Law"}, by=None, source="Check-In")
            return lifted

    assert at_once(2, lambda number: (correct_it, lift_it)[number]()) == [1, True]


def test_eight_workers_remind_an_approver_once(open_office, monday):
    factories.make_request(type_key="cpt", state="approver_review")
    monday.shift(timedelta(days=3))

    assert sum(at_once(8, lambda _number: remind_approvers())) == 1
    assert Notice.objects.filter(key="approver_reminder").count() == 1
    assert Approval.objects.get().link_number == 2


def test_a_document_sent_eight_times_at_once_is_kept_once(open_office):
    record = factories.make_student()

    kept = at_once(8, lambda _number: receive_document(record, factories.pdf_file(), kind="ead").pk)

    assert len(set(kept)) == Document.objects.count() == 1


def test_an_intake_released_by_eight_at_once_goes_out_once(open_office):
    record = factories.make_student(birth_date=BORN)
    advisor = Actor.for_user(factories.make_staff())
    header = b"file,sevis_id,family_name,given_name,birth_date,kind\n"
    row = f"a.pdf,{record.sevis_id},{record.family_name},{record.given_name},{BORN},I-20"
    manifest = SimpleUploadedFile("list.csv", header + row.encode())
    intake = check_intake(manifest, [factories.pdf_file("a.pdf")], advisor)

    assert sum(at_once(8, lambda _number: release_intake(intake, advisor))) == 1
    assert Document.objects.count() == 1
    assert Notice.objects.filter(key="document_released").count() == 1

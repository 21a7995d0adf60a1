"""The worker's rounds: what is due runs once, a failure stops nothing, a crash loses nothing."""

import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from isso.requests.jobs import AFTER_A_FAILURE, JOBS, LEASE, Job, run_due
from isso.requests.models import Reminder, WorkerRun
from isso.tests.factories import MONDAY

HOUR = timedelta(hours=1)


def counting(name="count", every=HOUR):
    """Return a job and the list of times it ran."""
    runs = []
    return Job(name, lambda: runs.append(timezone.now()) or len(runs), every), runs


def failing(error):
    """Return a job that always fails."""

    def fail():
        raise error

    return Job("fail", fail, HOUR)


def noted(name):
    """Return what people see of a job."""
    run = WorkerRun.objects.get(job=name)
    return run.ran_at, run.due_at, run.done, run.error


def test_a_job_runs_when_it_is_due_and_not_before(db, monday):
    job, runs = counting()
    for minutes in (0, 30, 59, 60, 61, 119, 121):
        monday.move_to(monday_at(minutes))
        run_due([job])

    assert [round((each - monday_at(0)).total_seconds() / 60) for each in runs] == [0, 60, 121]
    assert noted("count") == (monday_at(121), monday_at(181), 3, "")


def monday_at(minutes):
    """Return so many minutes after the fixed Monday morning."""
    return MONDAY + timedelta(minutes=minutes)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("error", [ValueError("Amara Okoye"), OperationalError("Amara Okoye")])
def test_a_failing_job_stops_no_other_and_its_note_names_nobody(monday, caplog, error):
    job, runs = counting()

    run_due([failing(error), job])

    assert len(runs) == 1
    now = timezone.now()
    assert noted("fail") == (now, now + AFTER_A_FAILURE, 0, type(error).__name__)
    assert [record.getMessage() for record in caplog.records] == ["The job “fail” failed."]


def test_a_worker_that_died_leaves_the_job_due_after_its_lease(db, monday):
    job, runs = counting()
    WorkerRun.objects.create(job="count", ran_at=timezone.now(), due_at=timezone.now() + LEASE)

    run_due([job])
    monday.shift(LEASE)
    run_due([job])

    assert len(runs) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_eight_workers_at_once_one_runs_a_job():
    job, runs = counting()
    start = threading.Barrier(8)

    def work():
        start.wait()
        run_due([job])
        connection.close()

    threads = [threading.Thread(target=work) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(runs) == 1


def test_one_round_of_the_real_jobs_notes_every_one_of_them(office):
    call_command("worker", once=True)

    assert dict(WorkerRun.objects.values_list("job", "error")) == {job.name: "" for job in JOBS}


def test_a_second_round_changes_nothing(office):
    call_command("worker", once=True)
    WorkerRun.objects.update(due_at=timezone.now())
    before = list(WorkerRun.objects.values())

    call_command("worker", once=True)

    after = list(WorkerRun.objects.values())
    assert [each["done"] for each in after] == [0] * len(JOBS)
    assert [each["job"] for each in after] == [each["job"] for each in before]


def test_a_scheduled_page_is_published_by_the_worker(office, monday):
    reminder = Reminder(title="Later", text="Text.", live=False)
    reminder.go_live_at = timezone.now() + HOUR
    reminder.save()
    reminder.save_revision(approved_go_live_at=reminder.go_live_at)

    run_due()
    reminder.refresh_from_db()
    early = reminder.live
    monday.shift(HOUR + timedelta(minutes=2))
    run_due()
    reminder.refresh_from_db()

    assert (early, reminder.live) == (False, True)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_the_worker_stops_cleanly(tmp_path, name):
    environment = {"DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "migrate", "-v0"], cwd=settings.BASE_DIR, env=environment, check=True)
    worker = subprocess.Popen(
        [*command, "worker"], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE
    )
    assert worker.stdout.readline() == b"The worker is running.\n"

    worker.send_signal(getattr(signal, name))

    assert worker.wait(timeout=30) == 0
    worker.stdout.close()

"""What the worker does by itself, how often, and how one run is claimed.

Every job may run twice, at the same time or after a crash, and then does nothing more. A claim
moves the job's due time one lease ahead in one statement, so of any number of workers one runs
it; a worker that dies leaves a job that is due again when its lease is over.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from isso.home.canceled_entries import compare_calendars
from isso.home.office import the_office, working_for
from isso.requests.notices.daily import write_daily
from isso.requests.notices.outbox import deliver_due
from isso.requests.people.role_terms import end_run_out, warn_of_ends
from isso.requests.people.sign_in_help import answer_waiting
from isso.requests.records.campus_end import end_campus_accounts
from isso.requests.records.importing.runs import work_on_waiting
from isso.requests.records.inviting_many import work_on_waiting as invite_waiting

from .absences import keep_with_somebody
from .alerts.keeping import keep_alerts
from .alerts.mailing import mail_alerts
from .copy_making.making import make_waiting as make_copies
from .desk.bulk_work import work_on_waiting as do_in_bulk
from .due_dates import refresh_due_dates
from .durations import measure_durations
from .expiry import expire_and_warn
from .failures.telling import send_digests, tell_of_unassigned
from .index_statistics import renew_index_statistics
from .letters.issuing import issue_waiting
from .models import WorkerRun
from .models.worker_run import PUBLISHING
from .personal_emails import remind_of_personal_email
from .reminding import remind_approvers
from .retention.acting import act
from .retention.planning import plan
from .retention.purging import purge_unneeded
from .scanning import scan_waiting
from .trying import work_on_waiting as try_waiting
from .unreached import tell_of_unreached

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
AFTER_A_FAILURE = timedelta(minutes=1)


@dataclass(frozen=True)
class Job:
    """One thing to do again and again; ``run`` returns how many things it did."""

    name: str
    run: Callable[[], int | None]
    every: timedelta
    lease: timedelta = LEASE


def publish_scheduled():
    """Publish and take down what editors gave a time."""
    call_command("publish_scheduled", verbosity=0)


JOBS = (
    # Each mail has a lease of its own, so workers may deliver side by side.
    Job("deliver mails", deliver_due, timedelta(seconds=2), lease=timedelta(seconds=2)),
    Job("write daily mails", write_daily, timedelta(minutes=5)),
    # Each trouble is taken by one worker alone, too.
    Job("answer who cannot sign in", answer_waiting, timedelta(seconds=5)),
    Job("scan uploads", scan_waiting, timedelta(seconds=5)),
    # Each file has a lease of its own, too, and a long one takes its minutes.
    Job("import records", work_on_waiting, timedelta(seconds=3), lease=timedelta(seconds=3)),
    # So has each list of people to invite, and each trial of a policy.
    Job("invite people", invite_waiting, timedelta(seconds=3), lease=timedelta(seconds=3)),
    Job("try policies", try_waiting, timedelta(seconds=3), lease=timedelta(seconds=3)),
    # And each action on many requests.
    Job("do in bulk", do_in_bulk, timedelta(seconds=2), lease=timedelta(seconds=2)),
    Job("make letters", issue_waiting, timedelta(seconds=5)),
    # Each copy has a lease of its own, too.
    Job("make copies of records", make_copies, timedelta(seconds=5), lease=timedelta(seconds=5)),
    Job(PUBLISHING, publish_scheduled, timedelta(minutes=1)),
    Job("compare the calendars", compare_calendars, timedelta(minutes=5)),
    Job("measure durations", measure_durations, timedelta(hours=1)),
    Job("renew index statistics", renew_index_statistics, timedelta(days=1)),
    Job("refresh due dates", refresh_due_dates, timedelta(minutes=10)),
    Job("expire and warn", expire_and_warn, timedelta(hours=1)),
    # Looks at what has changed; on a new date at everybody. Two at once write nothing twice.
    Job("keep alerts", keep_alerts, timedelta(seconds=15)),
    Job("mail alerts", mail_alerts, timedelta(minutes=15)),
    Job("remind approvers", remind_approvers, timedelta(hours=1)),
    Job("keep requests with somebody", keep_with_somebody, timedelta(minutes=1)),
    Job("tell of what nobody answers for", tell_of_unassigned, timedelta(minutes=5)),
    Job("tell what is stuck", send_digests, timedelta(minutes=10)),
    Job("tell of approvers not reached", tell_of_unreached, timedelta(minutes=1)),
    Job("end roles", end_run_out, timedelta(minutes=1)),
    Job("warn of roles that end", warn_of_ends, timedelta(hours=1)),
    Job("end campus accounts", end_campus_accounts, timedelta(minutes=10)),
    Job("ask for personal addresses", remind_of_personal_email, timedelta(hours=1)),
    Job("purge what is not needed", purge_unneeded, timedelta(days=1)),
    Job("plan the retention", plan, timedelta(days=1)),
    # Each entry is locked by itself, so workers may do this side by side.
    Job("carry out the retention", act, timedelta(hours=1)),
)


def run_due(jobs=JOBS):
    """Run each job that is due; one that fails is noted and stops no other."""
    for job in jobs:
        try:
            if _claim(job):
                _run(job)
        except (OperationalError, InterfaceError) as error:
            # The database is away: a dead connection is dropped, and the next round gets a new one.
            logger.warning("The database did not answer (%s).", type(error).__name__)
            close_old_connections()
            return


def _claim(job):
    now = timezone.now()
    if WorkerRun.objects.filter(job=job.name, due_at__lte=now).update(due_at=now + job.lease):
        return True
    _first_run, is_new = WorkerRun.objects.get_or_create(
        job=job.name, defaults={"ran_at": now, "due_at": now + job.lease}
    )
    return is_new


def _run(job):
    """Run a claimed job and note what became of it: of an error its kind, as texts quote people."""
    try:
        with working_for(the_office()):
            done = job.run() or 0
    except Exception as error:
        if isinstance(error, DatabaseError):
            close_old_connections()
        logger.exception("The job “%s” failed.", job.name)
        _note(job, 0, type(error).__name__, AFTER_A_FAILURE)
    else:
        _note(job, done, "", job.every)


def _note(job, done, error, pause):
    now = timezone.now()
    WorkerRun.objects.filter(job=job.name).update(
        ran_at=now, due_at=now + pause, done=done, error=error
    )

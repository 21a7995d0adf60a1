"""The worker: sends mails and does what is due, until it is told to stop."""

import signal
import threading

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from isso.requests.jobs import run_due

PAUSE_SECONDS = 1


class Command(BaseCommand):
    """Run the jobs of requests/jobs.py; any number of workers may run at a time."""

    help = "Sends mails and does what is due; ends on SIGTERM or Ctrl-C after the job under way."

    def add_arguments(self, parser):
        """Offer one single round, for tests and cron."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args, **options):
        """Do what is due, again and again."""
        # Checks of the database run only where one is named (site/checks.py).
        self.check(tags=[Tags.database], databases=["default"])
        if options["once"]:
            run_due()
            return
        told_to_stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_received: told_to_stop.set())
        self.stdout.write("The worker is running.")
        self.stdout.flush()
        while not told_to_stop.is_set():
            # A database that was restarted gets a new connection here.
            close_old_connections()
            run_due()
            told_to_stop.wait(PAUSE_SECONDS)

"""``make run``: the demonstration office on this computer, web server and worker together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

HOST = "127.0.0.1"
WEB_SERVER = (
    *(sys.executable, "-m", "gunicorn", "isso.site.wsgi"),
    *("--worker-class", "gthread", "--threads", "8"),
    *("--log-level", "warning", "--no-control-socket"),
)
WORKER = (sys.executable, "manage.py", "worker")
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


class Command(BaseCommand):
    """Prepare the database, start both programs, stop both."""

    help = "Runs the demonstration office (development settings only)."

    def handle(self, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This command runs with the development settings only.")
        self._refuse_used_port()
        self._prepare()
        # Whoever ends us, Ctrl-C, make or a process manager, both programs are stopped; a shell
        # that started us in the background has even switched Ctrl-C off.
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.default_int_handler)
        programs = []
        try:
            programs += [_start(*WEB_SERVER, "--bind", f"{HOST}:{settings.PORT}"), _start(*WORKER)]
            self._wait_for_answer(programs)
            self._welcome()
            _wait_for_end(programs)
            raise CommandError("One of the two programs ended by itself; its reason stands above.")
        except KeyboardInterrupt:
            self.stdout.write("\nStopping ...")
        finally:
            _stop(programs)
        self.stdout.write("Stopped. All data is kept.")

    def _refuse_used_port(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, settings.PORT))
            except OSError as error:
                raise CommandError(
                    f"Port {settings.PORT} cannot be used ({error.strerror}); "
                    "choose another one: PORT=8123 make run"
                ) from error

    def _prepare(self):
        self.stdout.write(f"Preparing the office in {settings.DATA_DIR} ...")
        self.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("setup_office", verbosity=0)
        if not get_user_model().objects.exists():
            self.stdout.write("Loading the demonstration (once) ...")
            call_command("demo", verbosity=0)

    def _wait_for_answer(self, programs):
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end and all(program.poll() is None for program in programs):
            with contextlib.suppress(URLError, OSError):
                urlopen(f"http://{HOST}:{settings.PORT}/healthz", timeout=5).close()
                return
            time.sleep(0.1)
        raise CommandError("The web server did not start; its reason stands above.")

    def _welcome(self):
        users = get_user_model().objects.filter(email__endswith="@demo.example").order_by("pk")
        accounts = [user for user in users if user.has_usable_password()]
        self.stdout.write(f"\nThe office is open: {self.style.SUCCESS(settings.SITE_URL + '/')}")
        self.stdout.write(f"Portal: {settings.SITE_URL}/portal/   Desk: {settings.SITE_URL}/admin/")
        self.stdout.write('\nDemonstration accounts, password "demo" for each:')
        for account in accounts:
            self.stdout.write(f"  {account.email:<26} {account.full_name}")
        self.stdout.write("\nCtrl-C stops web server and worker.\n")
        # Read at once also where the output goes into a file.
        self.stdout.flush()


def _start(*command):
    """Start a program that leaves Ctrl-C to us, so that each is stopped once and in order."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603
    finally:
        signal.signal(signal.SIGINT, before)


def _wait_for_end(programs):
    starter = os.getppid()
    while all(program.poll() is None for program in programs):
        if os.getppid() != starter:
            raise KeyboardInterrupt  # make was killed; nobody is left to stop us
        time.sleep(0.2)


def _stop(programs):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second Ctrl-C changes nothing
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()

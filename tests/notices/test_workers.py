"""Several workers, and one that is killed: real processes, threads and connections."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone

from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import LEASE, deliver_due

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WORKER = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[2])
import django
django.setup()
from isso.requests.notices.outbox import deliver_due
deliver_due()
"""


@pytest.fixture
def silent_server():
    """A mail server that takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


def test_a_killed_worker_loses_nothing(write, silent_server, smtp, mailbox, time_machine):
    notice = write()
    worker = subprocess.Popen(
        [
            sys.executable,
            "-c",
            WORKER,
            str(connection.settings_dict["NAME"]),
            str(silent_server.getsockname()[1]),
        ],
        cwd=django_settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "isso.site.settings.test"},
    )
    call, _address = silent_server.accept()
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    call.close()
    notice.refresh_from_db()
    assert notice.state == "sending"

    smtp.start()
    assert deliver_due() == 0
    time_machine.move_to(timezone.now() + LEASE + timedelta(seconds=1))
    assert deliver_due() == 1

    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("sent", 2)
    ((recipient, message),) = mailbox.messages
    assert recipient == "sofia@demo.example"
    assert message["Message-ID"] == f"<{notice.pk}@testserver>"


def test_many_workers_send_each_mail_once(write, smtp, mailbox):
    smtp.start()
    for number in range(20):
        write(to=f"p{number}@demo.example")
    sent = []
    start = threading.Barrier(4)

    def work():
        start.wait()
        try:
            sent.append(deliver_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == 20
    assert Counter(mailbox.recipients) == {f"p{number}@demo.example": 1 for number in range(20)}
    assert set(Notice.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.postgres
def test_a_row_held_by_another_worker_is_passed_over(write):
    """PostgreSQL: a worker in the middle of a claim keeps nobody waiting."""
    write(to="held@demo.example")
    write(to="free@demo.example")
    held, claimed = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Notice.objects.select_for_update().get(recipient="held@demo.example")
            held.set()
            claimed.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(20)
    sent = deliver_due()
    claimed.set()
    thread.join()

    assert sent == 1
    assert dict(Notice.objects.values_list("recipient", "state")) == {
        "held@demo.example": "waiting",
        "free@demo.example": "sent",
    }

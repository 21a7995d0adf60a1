"""What ``make bench`` measures of the alerts: passes over everybody, and the list at the desk."""

import statistics
import time
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from isso.requests.alerts.keeping import look_at_all
from isso.requests.alerts.mailing import mail_alerts
from isso.requests.models import Alert
from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord

PAGES = ("?advisor=", "?advisor=&page=100", "?advisor=&standing=to_do&severity=3", "?advisor=&q=a")


def rows():
    """Look at everybody twice, mail, and open the list; yield a line for each."""
    # Where so much was written at once, PostgreSQL does not know yet how much there is.
    connection.cursor().execute("ANALYZE")
    today, people = timezone.localdate(), StudentRecord.objects.count()
    for name, do in (
        (f"the first pass over {people} records", lambda: look_at_all(today)),
        ("a pass that finds nothing changed", lambda: look_at_all(today)),
        ("the mails of the first pass", mail_alerts),
    ):
        # Django keeps the last 9,000 queries only.
        queries = count()
        with connection.execute_wrapper(
            lambda execute, *given, counted=queries: (next(counted), execute(*given))[1]
        ):
            began = time.monotonic()
            number = do()
            seconds = time.monotonic() - began
        yield f"| {name} | {number} | {next(queries)} | {seconds:.1f} s |"
    client = Client()
    client.force_login(User.objects.get(email="supervisor@demo.example"))
    for page in PAGES:
        yield _page(client, f"/admin/desk/alerts/{page}")


def _page(client, address):
    for _warm_up in range(2):
        client.get(address)
    times = []
    for _try in range(7):
        with CaptureQueriesContext(connection) as queries:
            began = time.monotonic()
            client.get(address)
            times.append(time.monotonic() - began)
    median = statistics.median(times) * 1000
    number = Alert.objects.open().count()
    return f"| {address} | {number} | {len(queries)} | {median:.0f} ms |"


def table(lines):
    """Return the lines of the report."""
    return [
        "Alerts: the worker's passes, and the list among so many:",
        "",
        "| what | alerts | queries | time |",
        "| --- | ---: | ---: | ---: |",
        *lines,
        "",
    ]

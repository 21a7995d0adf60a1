"""What ``make bench`` measures of bulk actions: the page that confirms 500 rows, and the worker."""

import time
from functools import partial
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.urls import reverse

from isso.requests.desk.bulk_work import ask, work_on_waiting
from isso.requests.models import BulkRun, StudentRequest
from isso.requests.people.models import User
from isso.tests.bench_queue import Cost, signed_in, visit

ROWS = 500
TEXT = "Our office is closed on Friday. Your request is not delayed by it."


def measured():
    """Yield (name, function that returns a Cost)."""
    user = User.objects.get(email="advisor@demo.example")
    # Requests of both offices, which even the small one has as many of.
    newest = StudentRequest.objects.visible_to(user).filter(queue="closed")
    rows = list(newest.order_by("-submitted_at", "-pk").values_list("pk", "version")[:ROWS])
    query = {"action": "message", "view": "closed", "query": "", "rows": [pk for pk, _seen in rows]}
    address = f"{reverse('desk_bulk')}?{urlencode(query, doseq=True)}"
    yield f"bulk of {ROWS}, before it is confirmed", partial(visit, signed_in(user), address)
    yield f"bulk of {ROWS}, done by the worker", partial(_work, user, rows)


def _work(user, rows):
    """Send a message about each of these requests."""
    ask(
        rows,
        by=user,
        action=BulkRun.Action.MESSAGE,
        key=uuid4(),
        view_key="closed",
        query="",
        text=TEXT,
    )
    asked = 0

    def count(execute, *args):
        nonlocal asked
        asked += 1
        return execute(*args)

    began = time.perf_counter()
    # Django's own list of queries ends at 9,000.
    with connection.execute_wrapper(count):
        work_on_waiting()
    milliseconds = (time.perf_counter() - began) * 1000
    run = BulkRun.objects.latest("pk")
    if run.rows.filter(outcome="done").count() != len(rows):
        raise RuntimeError(
            f"Not all were done: {run.rows.exclude(outcome='done').first().sentence}"
        )
    return Cost(asked, milliseconds)

"""What ``make bench`` measures of the queue: pages, saved views, searches, filters, a case."""

import statistics
import sys
import time
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from isso.requests.models import StudentRequest
from isso.requests.people.models import User
from isso.requests.saved_views import listed_views

REFERENCE = "list of 60"
# Of each kind of list one that is full in every office.
FULL = {"view": "view all", "search,": "search, employer", "filter,": "filter, type"}
WARM_UPS, ROUNDS = 2, 15
ROWS = 30


class Cost(NamedTuple):
    """What one page or job costs; the rows of its list, where there is one."""

    queries: int
    milliseconds: float
    kilobytes: float | None = None
    rows: int | None = None


def measured():
    """Yield (name, function that returns a Cost)."""
    user = User.objects.get(email="advisor@demo.example")
    client = signed_in(user)
    for name, address in _pages(user):
        yield name, partial(visit_list, client, address)
    yield "case page", partial(visit, client, reverse("desk_case", args=[_one(user).pk]))


def signed_in(user):
    """Return a browser in which this user is signed in, at the site's own address."""
    site = Site.objects.get(is_default_site=True)
    client = Client(SERVER_NAME=site.hostname, SERVER_PORT=str(site.port))
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def visit(client, address):
    """Return what one page costs, warm: the median of its times."""
    for _warm_up in range(WARM_UPS):
        client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    asked = len(queries)  # now: the next request empties the list
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code} instead of 200.")
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return Cost(asked, statistics.median(times), len(answer.content) / 1024)


def visit_list(client, address):
    """Return the same of a list, and how many rows its page has."""
    rows = client.get(address).content.count(b"<tr>")
    return visit(client, address)._replace(rows=rows)


def _pages(user):
    every = {key: reverse("desk_queue_view", args=[key]) for key in listed_views()}
    yield REFERENCE, f"{every['closed']}?rows=60"
    for key in ("all", "closed"):
        yield f"{key}, page 1,000 or the last", f"{every[key]}?page={_last_page(user, key)}"
    for key, address in every.items():
        yield f"view {key}", address
    one = _one(user)
    words = {
        "reference": one.reference,
        "name": one.student.family_name,
        "two names": f"{one.student.given_name} {one.student.family_name}",
        "SEVIS ID": one.student.sevis_id,
        # The one that most people work for, so that both offices have a page of them.
        "employer": "Acorn Analytics",
        "nothing found": "Xyzzyx",
    }
    for name, text in words.items():
        yield f"search, {name}", f"{every['closed']}?q={text}"
    narrowed = {
        "type": "type_key=cpt",
        "department": f"department={one.student.department}",
        "visa class": "visa_class=J-1",
        "stage": "stage=graduated",
        "type and department": f"type_key=cpt&department={one.student.department}",
    }
    for name, query in narrowed.items():
        yield f"filter, {name}", f"{every['closed']}?{query}"


def _one(user):
    """Return a closed request of an employer, which each of the searches finds."""
    sent = StudentRequest.objects.visible_to(user).select_related("student")
    return sent.filter(queue="closed", type_key="cpt", employer_words__gt="").latest("submitted_at")


def _last_page(user, key):
    rows = StudentRequest.objects.visible_to(user).filter(queue="open" if key == "all" else key)
    return max(1, min(1000, rows.count() // ROWS))

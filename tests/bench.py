"""``make bench``: queries, times and weights of the pages people meet most.

Runs on a database of its own with the demonstration office in it (SQLite, or PostgreSQL with
TEST_DATABASE_URL), prints a table and writes docs/benchmarks.md. Times compare versions on one
computer; queries and weights are the same everywhere.
"""

import argparse
import gzip
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import starmap

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isso.site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402 (needs the set-up above)
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    override_settings,
    setup_test_environment,
)
from django.urls import reverse  # noqa: E402
from wagtail.models import Site  # noqa: E402

from isso.requests.models import StudentRequest  # noqa: E402
from isso.requests.people.models import User  # noqa: E402
from isso.requests.records.importing.writing import carry_out  # noqa: E402
from isso.requests.records.models import ImportRun  # noqa: E402
from isso.tests import bench_alerts, bench_trials, bench_warm  # noqa: E402

RECORDS = 20_000
REPORT = settings.BASE_DIR / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Measure:
    """What one page costs."""

    name: str
    budget: int
    queries: int
    median: float
    slow: float
    kilobytes: float

    def row(self):
        """Return a line of the table."""
        return (
            f"| {self.name} | {self.queries} | {self.budget} | {self.median:.0f} | "
            f"{self.slow:.0f} | {self.kilobytes:.1f} |"
        )


def pages():
    """Yield (name, address, e-mail or nothing, most queries allowed)."""
    for path in ("/", "/about/", "/students/", "/key-dates/", "/search/?query=travel"):
        yield path, path, "", 10
    student = User.objects.get(email="student@demo.example")
    advisor = User.objects.get(email="advisor@demo.example")
    # The student's longest story that the office may read.
    own = (
        StudentRequest.objects.visible_to(advisor)
        .filter(student__user=student)
        .annotate(length=Count("history"))
        .latest("length")
    )
    yield "Welcome", reverse("portal_welcome"), student.email, 12
    yield "Personal & Program", reverse("portal_profile"), student.email, 15
    yield "Requests & Documents", reverse("portal_requests"), student.email, 12
    yield "Why can’t I see …", reverse("portal_why"), student.email, 12
    yield "one request", reverse("portal_request", args=[own.reference]), student.email, 12
    yield "desk: start", "/admin/", advisor.email, 20
    yield "desk: queue", reverse("desk_queue"), advisor.email, 14
    yield "desk: case", reverse("desk_case", args=[own.pk]), advisor.email, 20
    yield "desk: student", reverse("desk_student", args=[own.student_id]), advisor.email, 20
    yield "desk: find a student", reverse("desk_students"), advisor.email, 12
    yield "desk: to do in SEVIS", reverse("desk_sevis"), advisor.email, 14


def measure(name, path, email, budget, *, rounds=30):
    """Ask for one page cold, counting queries, then again and again, timing."""
    # As visitors ask: at the site's own address.
    site = Site.objects.get(is_default_site=True)
    client = Client(SERVER_NAME=site.hostname, SERVER_PORT=str(site.port))
    if email:
        client.force_login(User.objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
    client.get(path)  # loads code and templates, which no visitor waits for
    cache.clear()
    # Wagtail keeps these for an hour, and anew with every change of a site.
    Site.get_site_root_paths()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
    asked = len(queries)  # now: the next request empties the list
    if response.status_code != 200:
        sys.exit(f"{name}: {path} answered {response.status_code} instead of 200.")
    times = sorted(_milliseconds(client, path) for _round in range(rounds))
    return Measure(
        name=name,
        budget=budget,
        queries=asked,
        median=statistics.median(times),
        slow=times[int(rounds * 0.95)],
        kilobytes=len(gzip.compress(response.content)) / 1024,
    )


def imports(count):
    """Import so many new people, then the same file again; yield a line for each run."""
    names = ["".join(chr(97 + int(digit)) for digit in str(number)) for number in range(count)]
    with tempfile.TemporaryFile() as file:
        header = "family_name,given_name,birth_date,sevis_id,institution_id,visa_class,stage,major"
        file.write(
            f"{header},education_level,citizenship_country,program_start,program_end\n".encode()
        )
        for number, name in enumerate(names):
            born = date(1990, 1, 1) + timedelta(days=number % 5000)
            person = f"Bench,{name},{born}"
            numbers = f"N9{number:09d},B{number}"
            file.write(
                f"{person},{numbers},F-1,continuing,Physics,05,France,2025-08-25,2027-05-15\n".encode()
            )
        for name in ("first run", "second run"):
            run = ImportRun.objects.create(file_name="bench.csv", stage=ImportRun.Stage.TO_IMPORT)
            memory, began = _most_memory(), time.monotonic()
            carry_out(run, file)
            seconds, grown = time.monotonic() - began, _most_memory() - memory
            yield (
                f"| {name} | {run.new} | {run.changed} | {run.unchanged} | {run.refused} | "
                f"{seconds:.0f} | {grown:.0f} |"
            )


def _most_memory():
    """Return the most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(measures, kept, imported, tried, filling):
    """Return the page docs/benchmarks.md."""
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`: each page asked for through the whole of Django, without the",
        "network. Queries are counted with an empty cache; times are those of 30 further visits.",
        "",
        f"{database}, Python {platform.python_version()}, {os.cpu_count()} cores, {filling}.",
        "",
        "| page | queries | at most | median ms | 95 % below ms | KB compressed |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(measure.row() for measure in measures),
        "",
        "Public pages from memory ([decision 11](decisions/0011-page-cache.md)), in turns, in one",
        "run with a bare Django view that returns the same bytes; medians, without the network:",
        "",
        *bench_warm.table(kept),
        "",
        f"Importing a file of {RECORDS} records, and the same file again:",
        "",
        "| import | new | changed | unchanged | refused | seconds | more memory at most, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *imported,
        "",
        *bench_trials.table(tried),
    ]
    return "\n".join(lines)


def main():
    """Fill a database, measure, print, write; fail when a page asks too often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=0)
    parser.add_argument("--requests", type=int, default=0)
    wanted = {key: value for key, value in vars(parser.parse_args()).items() if value}
    setup_test_environment(debug=False)
    name = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        with override_settings(DEMONSTRATION=True):
            began = time.monotonic()
            call_command("demo", verbosity=0, **wanted)
            filling = (
                f"{User.objects.count()} people and {StudentRequest.objects.count()} requests "
                f"(loaded in {time.monotonic() - began:.0f} s)"
            )
        measures = list(starmap(measure, pages()))
        kept = list(bench_warm.warm_and_cold())
        text = report(measures, kept, list(imports(RECORDS)), list(bench_trials.trials()), filling)
        # After the trials, which give the imported people ends on different days.
        text += "\n".join(bench_alerts.table(bench_alerts.rows()))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(text)
    REPORT.write_text(text)
    over = [measure.name for measure in measures if measure.queries > measure.budget]
    if over:
        sys.exit(f"Too many queries: {', '.join(over)}.")
    if slow := bench_warm.too_slow(kept):
        sys.exit(f"Less than {bench_warm.LEAST} times a bare view: {', '.join(slow)}.")


def _milliseconds(client, path):
    began = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()

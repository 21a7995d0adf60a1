"""``make bench``: whether the desk costs the same in a small office and in a very large one.

Each size is loaded by a process of its own; then both take turns, so that a busy computer slows
both, and the ratio of their times is what counts. Runs on SQLite, and on PostgreSQL with
TEST_DATABASE_URL.
"""

import gc
import json
import os
import platform
import subprocess
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isso.site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402 (needs the set-up above)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from isso.requests.index_statistics import renew_index_statistics  # noqa: E402
from isso.tests import bench_bulk, bench_queue  # noqa: E402
from isso.tests.bench_queue import Cost  # noqa: E402

# People and requests of a small office, and of one larger than any.
SIZES = ((200, 2_000), (20_000, 200_000))
# Each yields (name, function without arguments that returns a Cost); both sizes give equal names.
MEASURED = [bench_queue.measured, bench_bulk.measured]
MOST_TIMES_SLOWER = 1.5
# A well-known submission system needs 140 queries, 443 kB and about 460 ms for such a list.
MOST_QUERIES, MOST_KILOBYTES, MOST_MILLISECONDS = 11, 120, 46
REPORT = settings.BASE_DIR / "docs" / "benchmarks-desk.md"


def serve(students, requests):
    """Load an office of this size, then measure whatever the lines of standard input name.

    Everything runs as it would for people: no template is watched as in tests.
    """
    name = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        began = time.monotonic()
        with override_settings(DEMONSTRATION=True):
            call_command("demo", verbosity=0, students=students, requests=requests)
        loaded = time.monotonic() - began
        # As the worker, or the database's own housekeeping, does before long.
        renew_index_statistics()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        # What loading left behind is no concern of a web server.
        gc.collect()
        gc.freeze()
        measures = dict(pair for each in MEASURED for pair in each())
        _say({"loaded": loaded, "names": list(measures)})
        for line in sys.stdin:
            _say(measures[line.strip()]())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _say(what):
    print(json.dumps(what), flush=True)


# As a module, not as a program: the same pages take a third longer in Python's "__main__".
SERVE = "import sys; from isso.tests import bench_desk; bench_desk.serve(*map(int, sys.argv[1:]))"


class Office:
    """One size, loaded and waiting in its process."""

    def __init__(self, size, database):
        command = [sys.executable, "-c", SERVE, *map(str, size)]
        environment = {k: v for k, v in os.environ.items() if k != "TEST_DATABASE_URL"}
        if database:
            environment["TEST_DATABASE_URL"] = database
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def hear(self):
        """Return what it says next; it ends with this process when it says nothing."""
        line = self.process.stdout.readline()
        if not line:
            sys.exit("An office stopped; what it said stands above.")
        return json.loads(line)

    def measure(self, name):
        """Return what it costs."""
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        return Cost(*self.hear())

    def close(self):
        """Let it take its database away."""
        self.process.stdin.close()
        self.process.wait(timeout=120)


def compare(database):
    """Return (seconds of loading the large one, {name: (small, large)}) on one database."""
    offices = [Office(size, database) for size in SIZES]
    try:
        small, large = (each.hear() for each in offices)
        names = [name for name in small["names"] if name in large["names"]]
        found = {name: [each.measure(name) for each in offices] for name in names}
    finally:
        for each in offices:
            each.close()
    return large["loaded"], found


def compared(found):
    """Yield (name, small, large, how many times slower).

    A list that is full in the large office alone is compared with one of its kind that is full in
    both.
    """
    for name, (small, large) in found.items():
        alike = bench_queue.FULL[name.partition(" ")[0]] if _is_short(small, large) else name
        full = found[alike][0]
        yield name, small, large, large.milliseconds / full.milliseconds


def _is_short(small, large):
    return None not in (small.rows, large.rows) and small.rows < large.rows


def table(title, loaded, found):
    """Yield the lines of one database."""
    (_few, small_size), (_many, large_size) = SIZES
    yield from (f"## {title}", "", f"The large office was loaded in {loaded:.0f} s.", "")
    yield f"| what | queries | kB | ms at {small_size:,} requests | ms at {large_size:,} | ratio |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, small, large, ratio in compared(found):
        size = f"{large.kilobytes:.0f}" if large.kilobytes else "–"
        full = " (full)" if _is_short(small, large) else ""
        yield (
            f"| {name} | {large.queries} | {size} | {small.milliseconds:.0f} | "
            f"{large.milliseconds:.0f} | {ratio:.2f}{full} |"
        )
    yield ""


def too_slow(title, found):
    """Yield what is slower in the large office than it may be, and what misses the reference."""
    for name, _small, _large, ratio in compared(found):
        if ratio > MOST_TIMES_SLOWER:
            yield f"{title}: {name} is {ratio:.2f} times slower in the large office"
    cost = found[bench_queue.REFERENCE][0]
    if (
        cost.queries > MOST_QUERIES
        or cost.kilobytes > MOST_KILOBYTES
        or cost.milliseconds > MOST_MILLISECONDS
    ):
        yield (
            f"{title}: the reference list: {cost.queries} queries, {cost.kilobytes:.0f} kB, "
            f"{cost.milliseconds:.0f} ms"
        )


def main():
    """Compare both sizes and write the page."""
    lines = [
        "# The desk at full load",
        "",
        f"Written by `make bench`: medians of {bench_queue.ROUNDS} visits after "
        f"{bench_queue.WARM_UPS} warm-ups, through the whole",
        "of Django, without the network. A small office and a very large one take turns, and the",
        "ratio is what counts. “Full”: the small office has fewer rows than a page of that list,",
        "so it is compared with a full list of its kind there.",
        f"Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
    ]
    failed, databases = [], {"SQLite": "", "PostgreSQL": os.environ.get("TEST_DATABASE_URL")}
    for title, database in databases.items():
        if database is None:
            continue
        loaded, found = compare(database)
        lines += (told := list(table(title, loaded, found)))
        print("\n".join(told), flush=True)
        failed += too_slow(title, found)
    REPORT.write_text("\n".join(lines))
    if failed:
        sys.exit("Over the budget:\n" + "\n".join(failed))


if __name__ == "__main__":
    main()

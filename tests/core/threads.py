"""Work done by several threads at once, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(count, work):
    """Run ``work(number)`` in ``count`` threads and return what each returned."""

    def run(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))

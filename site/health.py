"""Answers for load balancers and monitoring, before anything else looks at the request.

They come by address rather than by name and over plain HTTP, so neither ALLOWED_HOSTS nor the
redirect to HTTPS may stand in their way; the answers tell nothing about the machine.
"""

import functools

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone

from isso.requests.models import WorkerRun


class HealthChecks:
    """Answer /healthz (alive) and /readyz (ready for visitors)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = {"/healthz": alive, "/readyz": ready}.get(request.path_info)
        if answer is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        return answer()


def alive():
    """Say whether this process and its database answer."""
    return _answer({"database": _holds(_database_answers)})


def ready():
    """Say whether visitors can be served; a worker that stands still is told but fails nothing."""
    facts = {"database": _holds(_database_answers), "cache": _holds(_cache_answers)}
    facts["migrations"] = facts["database"] and _holds(_migrations_are_applied)
    worker = _seconds_since_worker() if facts["migrations"] else None
    return _answer(facts, worker_last_ran_seconds_ago=worker)


def _answer(facts, **remarks):
    well = all(facts.values())
    content = {"status": "ok" if well else "failing", **facts, **remarks}
    return JsonResponse(content, status=200 if well else 503, headers={"Cache-Control": "no-store"})


def _holds(question):
    try:
        return question()
    except Exception:  # whatever is wrong with a dependency, the answer is "no"
        return False


def _database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache_answers():
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


@functools.cache
def _migrations_are_applied():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # A "no" must not be remembered: the migration may be under way.
        raise LookupError
    return True


def _seconds_since_worker():
    last = WorkerRun.objects.order_by("-ran_at").values_list("ran_at", flat=True).first()
    return round((timezone.now() - last).total_seconds()) if last else None

"""What machines ask, and what people see while the database is away."""

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from isso.requests.models import WorkerRun


def refuse(execute, sql, params, many, context):
    raise OperationalError("the database is away")


@pytest.fixture
def database_away(db):
    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
def test_alive(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": True})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("database_away")
def test_not_alive_without_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "failing", "database": False},
    )


@pytest.mark.django_db
def test_ready_tells_when_the_worker_last_ran(client, time_machine):
    time_machine.move_to("2026-11-23 10:00:00-05:00", tick=False)
    WorkerRun.objects.create(job="mail", ran_at=timezone.now())
    time_machine.shift(90)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {
            "status": "ok",
            "database": True,
            "cache": True,
            "migrations": True,
            "worker_last_ran_seconds_ago": 90,
        },
    )


@pytest.mark.django_db
def test_ready_although_the_worker_never_ran(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()["worker_last_ran_seconds_ago"]) == (200, None)


@pytest.mark.usefixtures("database_away")
def test_not_ready_without_database(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {
            "status": "failing",
            "database": False,
            "cache": True,
            "migrations": False,
            "worker_last_ran_seconds_ago": None,
        },
    )


@pytest.mark.django_db
def test_not_ready_without_cache(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    response = client.get("/readyz")
    assert (response.status_code, response.json()["cache"]) == (503, False)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_load_balancer_comes_by_address_and_without_https(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path, headers={"host": "10.0.0.7"}).status_code == 200


@pytest.mark.django_db
def test_anybody_else_must_use_our_name(client):
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.usefixtures("database_away")
def test_visitors_see_a_plain_page_while_the_database_is_away(client):
    client.raise_request_exception = False
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Nothing you saved is lost. Wait a minute and try again." in response.text
